/** What a life has the broker keep, and the next one has no use for. On a real broker in this process. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Broker } from '../../test/kit/broker.ts';
import { type DeviceWish, TestDevice } from '../../test/kit/device.ts';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { notePublished, publishedBefore } from './published.ts';

/** What is retained of one Homeroll, its devices among it. */
const kept = (broker: Broker, topic = 'homeroll'): readonly string[] =>
  [...broker.retained.keys()]
    .filter((one) => one.startsWith(`${topic}/`) || new RegExp(`/device/${topic}([-_][a-z]+)?/config$`).test(one))
    .toSorted();

/** A life on this journal, until it has introduced itself. @returns what its log said */
async function live(home: TestJournal, broker: Broker, wish: DeviceWish = {}): Promise<readonly string[]> {
  const { topic = 'homeroll' } = wish;
  const before = broker.published.length;
  await using device = await TestDevice.open({ home, broker, ...wish });
  const said = (what: string): boolean => broker.published.slice(before).some((one) => one.topic === `${topic}/${what}`);
  await device.until(() => said('owner') && said('source/phone/state'));
  return device.said;
}

describe('what a Homeroll had the broker keep', () => {
  it('leaves with its topic, though that was changed while it was stopped', async () => {
    using home = new TestJournal();
    await using broker = await Broker.open();
    await live(home, broker);
    assert.ok(kept(broker).includes('homeassistant/device/homeroll-phone/config'));
    await live(home, broker, { topic: 'photos' });
    assert.deepEqual(kept(broker), []);
    assert.ok(kept(broker, 'photos').includes('homeassistant/device/photos-phone/config'));
  });

  it('leaves also where a life was killed before it had cleared it', async () => {
    using home = new TestJournal();
    await using broker = await Broker.open();
    await live(home, broker);
    const before = publishedBefore(home.journal);
    assert.ok(before);
    // As a life notes it that was given another topic, and died.
    notePublished(home.journal, { ...before, topics: [...before.topics, 'photos/state', 'homeassistant/device/photos/config'] });
    await broker.publish('photos/state', '{}', { isRetained: true });
    await live(home, broker);
    assert.deepEqual(kept(broker, 'photos'), []);
    assert.ok(kept(broker).length >= 6);
  });

  it('stays where another Homeroll was given that topic meanwhile', async () => {
    using home = new TestJournal();
    using other = new TestJournal();
    other.journal.facts.set('installation', 'another');
    await using broker = await Broker.open();
    await live(home, broker);
    await live(other, broker);
    const ofOther = kept(broker);
    await live(home, broker, { topic: 'photos' });
    assert.deepEqual(kept(broker), ofOther);
  });

  it('is told of once where it is out of reach, since another broker is used now', async () => {
    using home = new TestJournal();
    await using broker = await Broker.open();
    await using another = await Broker.open();
    await live(home, broker);
    const said = await live(home, another);
    assert.equal(said.filter((sentence) => /is at another MQTT broker now/.test(sentence)).length, 1);
    assert.equal((await live(home, another)).filter((sentence) => /is at another MQTT broker now/.test(sentence)).length, 0);
  });

  it('moves to ids that cannot collide, where 0.1.0 left it: no ghost stays, and entities keep their ids', async () => {
    using home = new TestJournal();
    home.journal.sources.update(home.sourceId, { sweptAtMs: 1 });
    await using broker = await Broker.open();
    const left = {
      device: { identifiers: ['homeroll_phone'], name: 'Phone', via_device: 'homeroll' },
      origin: { name: 'homeroll', sw_version: '0.1.0' },
      components: {
        safe: {
          platform: 'sensor',
          unique_id: 'homeroll_phone_safe',
          default_entity_id: 'sensor.homeroll_phone_safe',
          availability_topic: 'homeroll/availability',
          state_topic: 'homeroll/source/phone/state',
        },
      },
    };
    await broker.publish('homeassistant/device/homeroll_phone/config', JSON.stringify(left), { isRetained: true });
    await broker.publish('homeroll/source/phone/state', '{"safe":1}', { isRetained: true });
    await live(home, broker);
    assert.deepEqual(
      kept(broker).filter((topic) => topic.startsWith('homeassistant/')),
      ['homeassistant/device/homeroll-phone/config', 'homeassistant/device/homeroll/config'],
    );
    const { components } = broker.json('homeassistant/device/homeroll-phone/config');
    assert.deepEqual([components.safe.unique_id, components.safe.default_entity_id], ['homeroll-phone-safe', 'sensor.homeroll_phone_safe']);
  });

  it('goes when Home Assistant is to forget the household', async () => {
    using home = new TestJournal();
    await using broker = await Broker.open();
    const device = await TestDevice.open({ home, broker });
    await device.whenKnown();
    await device.stop('withdrawn');
    assert.deepEqual([kept(broker), publishedBefore(home.journal)], [[], undefined]);
  });
});
