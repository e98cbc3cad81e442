/** The device at a real broker: what it says, what it takes, and that it leaves nothing behind. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Broker } from '../../test/kit/broker.ts';
import { TestDevice } from '../../test/kit/device.ts';
import { TestJournal } from '../../test/kit/test-journal.ts';
import type { AssetId, UserId } from '../domain/index.ts';

const config = 'homeassistant/device/homeroll/config';
const phoneConfig = 'homeassistant/device/homeroll-phone/config';

describe('the device', { concurrency: 8 }, () => {
  it('is introduced, says that it is there, and tells its numbers, all retained', async () => {
    await using test = await TestDevice.open();
    test.home.insert({ state: 'safe' });
    test.home.insert({ state: 'missing' });
    await test.whenKnown();
    assert.equal(test.broker.retained.get('homeroll/availability'), 'online');
    assert.equal(test.broker.json(config).origin.name, 'homeroll');
    assert.equal(test.broker.json(phoneConfig).device.via_device, 'homeroll');
    await test.until(() => test.state.safe === 1 && test.state.waiting === 1);
    assert.deepEqual(test.broker.json('homeroll/source/phone/state'), {
      ...{ safe: 1, waiting: 1, blocked: 0, stored: 0, unjudged: 0, safe_percent: 50 },
      ...{ waits_for: null, last_look: null, next_run: null },
      ...{ present: 'ON', paused: 'OFF' },
    });
  });

  it('says nothing while nothing happens, and a change in one message, however many files it is about', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    const before = test.broker.published.length;
    const looks = test.looks;
    await test.until(() => test.looks > looks + 5);
    assert.deepEqual(test.broker.published.slice(before), []);
    test.home.journal.transaction(() => {
      for (let file = 0; file < 500; file += 1) test.home.insert({ state: 'safe' });
    });
    await test.until(() => test.state.safe === 500);
    const messages = test.broker.published.slice(before).filter(({ topic }) => topic === 'homeroll/state');
    assert.equal(messages.length, 1);
  });

  it('tells its problems with their sentences', async () => {
    await using test = await TestDevice.open();
    test.home.insert({ state: 'blocked', reason: 'it is too large' });
    await test.until(() => test.state?.problem === 'ON' && test.broker.json('homeroll/problems')?.count > 0);
    assert.deepEqual(test.broker.json('homeroll/problems'), { count: 1, problems: ['1 file from Phone needs you: it is too large.'] });
    // An automation that starts when there is one finds its sentence.
    const told = test.broker.published.map(({ topic, payload }) => `${topic} ${payload}`);
    const first = (what: RegExp): number => told.findIndex((one) => what.test(one));
    assert.ok(first(/^homeroll\/problems .*needs you/) < first(/^homeroll\/state .*"problem":"ON"/));
  });

  it('tells how fast it works, and that it works', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    assert.deepEqual([test.state.working, test.state.speed], ['OFF', 0]);
    test.work.isWorking = true;
    test.work.movedBytes = 10_000_000;
    const states = () => test.broker.at('homeroll/state').map((text) => JSON.parse(text));
    await test.until(() => states().some(({ working, speed }) => working === 'ON' && speed > 0));
    test.work.isWorking = false;
    await test.until(() => test.state.working === 'OFF' && test.state.speed === 0);
  });

  for (const { topic, payload, order } of [
    { topic: 'back_up', payload: 'PRESS', order: 'sweep' },
    { topic: 'verify', payload: 'PRESS', order: 'verify' },
    { topic: 'retry', payload: 'PRESS', order: 'retry' },
    { topic: 'paused', payload: 'ON', order: 'pause' },
    { topic: 'proof', payload: 'sample 5%', order: 'proof sample 5%' },
    { topic: 'source/phone/back_up', payload: 'PRESS', order: 'sweep Phone' },
    { topic: 'source/phone/paused', payload: 'ON', order: 'pause Phone' },
  ]) {
    it(`takes "${payload}" at ${topic} as an order`, async () => {
      await using test = await TestDevice.open();
      await test.whenKnown();
      await test.broker.publish(`homeroll/${topic}/set`, payload);
      await test.until(() => test.order() !== undefined);
      assert.equal(test.order(), order);
    });
  }

  it('shows with its switch what is true, not what was asked', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    await test.broker.publish('homeroll/paused/set', 'ON');
    await test.until(() => test.order() === 'pause');
    assert.equal(test.state.paused, 'OFF');
    test.home.journal.facts.set('paused', '1');
    await test.until(() => test.state.paused === 'ON');
  });

  it('takes no resume of a source that asks a question for its answer', async () => {
    await using test = await TestDevice.open();
    test.home.journal.sources.update(test.home.sourceId, { state: 'asking', reason: 'half of it is missing' });
    await test.whenKnown();
    await test.broker.publish('homeroll/source/phone/paused/set', 'OFF');
    await test.broker.publish('homeroll/retry/set', 'PRESS');
    await test.until(() => test.order() !== undefined);
    assert.equal(test.order(), 'retry');
  });

  it('leaves alone what it does not understand, with one line each', async () => {
    await using test = await TestDevice.open();
    await test.broker.publish('homeroll/back_up/set', 'PRESS', { isRetained: true });
    await test.whenKnown();
    await test.broker.publish('homeroll/paused/set', '{"no": [');
    await test.broker.publish('homeroll/proof/set', 'x'.repeat(100_000));
    await test.broker.publish('homeroll/source/nobodys/paused/set', 'ON');
    await test.until(() => test.said.length >= 4);
    assert.deepEqual(test.said, [
      'A command by MQTT is left alone: it is retained: publish commands without that.',
      'A command by MQTT is left alone: it says "{\\"no\\": [".',
      'A command by MQTT is left alone: it is 100000 bytes long.',
      'A command by MQTT is left alone: nothing is ordered there.',
    ]);
    assert.equal(test.order(), undefined);
  });

  it('says everything again when Home Assistant starts', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    const told = () => [config, phoneConfig, 'homeroll/availability', 'homeroll/state'].map((topic) => test.broker.at(topic).length);
    await test.until(() => test.broker.at('homeroll/state').length >= 1);
    const before = told();
    await test.broker.publish('homeassistant/status', 'offline');
    await test.broker.publish('homeassistant/status', 'online');
    await test.until(() => told().every((count, index) => count > (before[index] ?? 0)));
  });

  it('says again that it is there when an old farewell comes late', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    await test.broker.publish('homeroll/availability', 'offline', { isRetained: true });
    await test.until(() => test.broker.retained.get('homeroll/availability') === 'online');
  });

  it('shows the last safe picture, small, and only where it is to', async () => {
    using home = new TestJournal();
    const account = home.journal.sources.ensureAccount('anna', 'anna' as UserId, 1);
    home.journal.sources.update(home.sourceId, { accountId: account.id });
    const becomeSafe = (assetId: string, kind: 'photo' | 'video' = 'photo'): void => {
      const id = home.insert({ state: 'safe', kind });
      home.journal.files.update(id, { assetId: assetId as AssetId });
      home.journal.history.add(id, { atMs: 1, from: 'stored', to: 'proven' });
    };
    becomeSafe('first');
    becomeSafe('film', 'video');
    await using broker = await Broker.open();
    const bytes = Buffer.from('ffd8ff00aa', 'hex');
    const picture = async () => ({ type: 'image/jpeg' as const, bytes });
    await using test = await TestDevice.open({ home, broker, isPictureShown: true, picture });
    await test.until(() => broker.retainedBytes.get('homeroll/picture')?.equals(bytes) === true, 'the picture is shown');
    assert.deepEqual(test.pictures, [{ assetId: 'first', account: 'anna' }]);
    assert.equal(broker.json(config).components.picture.content_type, 'image/jpeg');
    becomeSafe('second');
    becomeSafe('third');
    test.clock.leap(60_000);
    await test.until(() => test.pictures.length === 2);
    assert.equal(test.pictures[1]?.assetId, 'third');
  });

  it('shows an update where it is asked for', async () => {
    await using test = await TestDevice.open({ askNewest: async () => '0.2.0' });
    await test.until(() => test.broker.json('homeroll/update')?.latest_version === '0.2.0');
    assert.equal(test.broker.json('homeroll/update').installed_version, '0.1.0');
    assert.ok(test.broker.json(config).components.update);
  });

  it('leaves in good order: it is away', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    await test.stop();
    assert.equal(test.broker.retained.get('homeroll/availability'), 'offline');
  });

  it('does not go away between two lives', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    await test.stop('goes on');
    assert.ok(!test.broker.at('homeroll/availability').includes('offline'));
  });

  it('is taken back when it is not wanted any more', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    await test.stop('withdrawn');
    assert.deepEqual([...test.broker.retained], []);
  });
});

describe('what an earlier run left behind', () => {
  it('is cleaned up: sources that are no more, entities that are no more, and nothing of others', async () => {
    await using broker = await Broker.open();
    const foreign = JSON.stringify({ origin: { name: 'zigbee2mqtt' }, components: {} });
    await broker.publish('homeassistant/device/lamp/config', foreign, { isRetained: true });
    const before = await TestDevice.open({
      broker,
      isPictureShown: true,
      sources: ['Phone', 'Scanner'].map((name) => ({ name, account: 'anna' })),
    });
    await before.whenKnown();
    await before.stop();
    const neighbour = await TestDevice.open({ broker, topic: 'homeroll2' });
    await neighbour.until(() => broker.retained.has('homeassistant/device/homeroll2-phone/config'));
    await broker.publish('homeroll/picture', 'a picture', { isRetained: true });
    assert.ok(broker.retained.has('homeassistant/device/homeroll-scanner/config'));
    const configsBefore = broker.at(config).length;
    const after = await TestDevice.open({ broker });
    await after.until(
      () => !broker.retained.has('homeassistant/device/homeroll-scanner/config') && !broker.retained.has('homeroll/picture'),
    );
    await after.until(() => broker.at(config).length >= configsBefore + 2);
    const [leaving, without] = broker
      .at(config)
      .slice(configsBefore)
      .map((text) => JSON.parse(text).components.picture);
    assert.deepEqual([leaving, without], [{ platform: 'image' }, undefined]);
    assert.equal(broker.retained.get('homeassistant/device/lamp/config'), foreign);
    assert.ok(broker.retained.has('homeassistant/device/homeroll2-phone/config'));
    for (const one of [before, neighbour, after]) await one[Symbol.asyncDispose]();
  });
});
