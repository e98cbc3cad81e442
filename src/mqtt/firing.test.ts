/** Events for automations reach Home Assistant when it listens, and what it may have missed is sent once more. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Broker } from '../../test/kit/broker.ts';
import { TestDevice } from '../../test/kit/device.ts';
import { HomeByHand } from '../../test/kit/home-by-hand.ts';
import { TestJournal } from '../../test/kit/test-journal.ts';
import type { News } from '../journal/index.ts';

const config = 'homeassistant/device/homeroll/config';

/** Returns once Homeroll has heard it, which comes to it in order. */
async function homeAssistantLeaves(test: TestDevice): Promise<void> {
  await test.broker.publish('homeassistant/status', 'offline');
  await test.broker.publish('homeroll/retry/set', 'PRESS');
  await test.until(() => test.order() === 'retry');
}

describe('the device', { concurrency: 8 }, () => {
  const news: News = {
    ...{ id: 'a', teller: 'mqtt', kind: 'source away', text: 'Phone is away.', tries: 0 },
    ...{ facts: { source: 'Phone', reason: 'its folder is away' }, madeAtMs: Date.now() },
  };
  const never = new AbortController().signal;

  it('lets events wait while Home Assistant starts anew, until it was told everything', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    await homeAssistantLeaves(test);
    const telling = test.device.tell(news, never);
    const looks = test.looks;
    await test.until(() => test.looks > looks + 5);
    assert.deepEqual(test.broker.at('homeroll/event'), []);
    await test.broker.publish('homeassistant/status', 'online');
    await telling;
    const topics = test.broker.published.map(({ topic }) => topic);
    assert.ok(topics.lastIndexOf(config) > topics.lastIndexOf('homeassistant/status'));
    assert.ok(topics.indexOf('homeroll/event') > topics.lastIndexOf(config));
    assert.equal(test.broker.at('homeroll/event').length, 1);
  });

  it('lets events wait for Home Assistant for ten minutes, and then tells whoever listens', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    await homeAssistantLeaves(test);
    const telling = test.device.tell(news, never);
    test.clock.leap(600_000);
    await telling;
    assert.equal(test.broker.at('homeroll/event').length, 1);
  });

  it('lets events wait in its next life for a Home Assistant that an earlier one heard go, wherever it says so', async () => {
    using home = new TestJournal();
    await using broker = await Broker.open();
    const before = await TestDevice.open({ broker, home, birth: 'ha/lebt' });
    await before.whenKnown();
    await broker.publish('ha/lebt', 'offline');
    await broker.publish('homeroll/retry/set', 'PRESS');
    await before.until(() => before.order() === 'retry');
    await before.stop('goes on');
    await using test = await TestDevice.open({ broker, home, birth: 'ha/lebt' });
    await test.whenKnown();
    const telling = test.device.tell(news, never);
    const looks = test.looks;
    await test.until(() => test.looks > looks + 5);
    assert.deepEqual(broker.at('homeroll/event'), []);
    await broker.publish('ha/lebt', 'online');
    await telling;
    assert.equal(broker.at('homeroll/event').length, 1);
  });

  it('sends once more what Home Assistant may have missed: sent just before it left, or before it came', async () => {
    for (const words of [['offline', 'online'], ['online']]) {
      await using test = await TestDevice.open();
      await test.whenKnown();
      await test.device.tell({ ...news, madeAtMs: test.clock.now() }, never);
      for (const word of words) await test.broker.publish('homeassistant/status', word);
      await test.until(() => test.broker.at('homeroll/event').length === 2);
      const [first, second] = test.broker.at('homeroll/event');
      assert.equal(first, second);
      const looks = test.looks;
      await test.until(() => test.looks > looks + 20);
      assert.equal(test.broker.at('homeroll/event').length, 2);
    }
  });

  describe('that is connected with Home Assistant', () => {
    const entity = 'event.renamed_by_somebody';
    const connected = async (): Promise<{ readonly test: TestDevice; readonly hass: HomeByHand }> => {
      const hass = new HomeByHand();
      hass.answers.set('config/entity_registry/list', () => [{ entity_id: entity, unique_id: 'homeroll_event', platform: 'mqtt' }]);
      hass.say(entity, 'unknown');
      const test = await TestDevice.open({ hass });
      await test.whenKnown();
      return { test, hass };
    };
    const heard = (hass: HomeByHand, test: TestDevice): void => {
      const [event = '{}'] = test.broker.at('homeroll/event').slice(-1);
      hass.say(entity, 'now', JSON.parse(event));
    };

    it('lets events wait from the moment it stops until it has started, without a word at the broker', async () => {
      const { test, hass } = await connected();
      await using _ = test;
      hass.goAway();
      const telling = test.device.tell({ ...news, madeAtMs: test.clock.now() }, never);
      const looks = test.looks;
      await test.until(() => test.looks > looks + 20);
      assert.deepEqual(test.broker.at('homeroll/event'), []);
      hass.comeUp();
      await telling;
      assert.equal(test.broker.at('homeroll/event').length, 1);
    });

    it('sends again what was sent while it stopped, once it is back', async () => {
      const { test, hass } = await connected();
      await using _ = test;
      await test.device.tell({ ...news, madeAtMs: test.clock.now() }, never);
      hass.goAway();
      hass.comeUp();
      await test.until(() => test.broker.at('homeroll/event').length === 2);
    });

    it('sends nothing again that its entity has heard, though it leaves then', async () => {
      const { test, hass } = await connected();
      await using _ = test;
      await test.device.tell({ ...news, madeAtMs: test.clock.now() }, never);
      heard(hass, test);
      hass.goAway();
      await test.broker.publish('homeassistant/status', 'offline');
      hass.comeUp();
      await test.broker.publish('homeassistant/status', 'online');
      const looks = test.looks;
      await test.until(() => test.looks > looks + 40);
      assert.equal(test.broker.at('homeroll/event').length, 1);
    });

    it('sends three times at most what its entity never hears', async () => {
      const { test } = await connected();
      await using _ = test;
      await test.device.tell({ ...news, madeAtMs: test.clock.now() }, never);
      for (let more = 0; more < 6; more += 1) {
        const looks = test.looks;
        test.clock.leap(10_001);
        await test.until(() => test.looks > looks + 3);
      }
      assert.equal(test.broker.at('homeroll/event').length, 3);
    });
  });
});
