/** The device in Home Assistant as its users have it: the real program, a real broker, and numbers that agree with the command line. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectAsync } from 'mqtt';
import { Broker } from '../kit/broker.ts';
import { House } from './house.ts';
import { until } from './program.ts';

const config = 'homeassistant/device/homeroll/config';
const by = (broker: Broker, password?: string) => ({
  mqtt: { url: broker.url, picture: true, ...(password !== undefined && { user: 'homeroll', password }) },
});
const manual = { name: 'Phone', folder: 'Phone', account: 'anna', settle: '0 s', when: 'manual' };
const state = (broker: Broker) => broker.json('homeroll/state') ?? {};
const isSafe = (broker: Broker, count: number) => until(() => state(broker).safe === count, `the device says that ${count} are safe`);

describe('the device of a household', { concurrency: true }, () => {
  it('shows the same numbers as the command line', async () => {
    await using broker = await Broker.open();
    await using house = await House.open({ settings: by(broker) });
    house.start(['run']);
    await house.write('a.jpg', Buffer.from('ffd8ffe0', 'hex').toString('latin1'));
    await house.write('b.mp4');
    await house.write('notes.txt');
    await isSafe(broker, 2);
    const count = async () => {
      const status = JSON.parse((await house.say('status', '--json')).stdout);
      const { safe, waiting, blocked, stored } = status.files;
      return {
        status: {
          ...{ safe, waiting, blocked, stored, bytes_safe: status.bytes.safe },
          ...{ last_safe_at: status.lastSafeAt, oldest_waiting: status.oldestWaitingSince, proof: status.proof },
          ...{
            immich_version: status.immich.version,
            paused: status.paused ? 'ON' : 'OFF',
            problem: status.problems.length > 0 ? 'ON' : 'OFF',
          },
        },
        source: {
          ...{ safe, waiting, blocked, stored, unjudged: status.files.unjudged, safe_percent: 100 },
          ...{ waits_for: null, last_look: status.sources[0].lastSweptAt, next_run: null, present: 'ON', paused: 'OFF' },
        },
      };
    };
    const expected = await count();
    await until(
      () => {
        const shown = state(broker);
        return Object.entries(expected.status).every(([key, value]) => shown[key] === value);
      },
      `the device shows ${JSON.stringify(expected.status)}`,
    );
    assert.deepEqual(broker.json('homeroll/source/phone/state'), expected.source);
    await until(() => broker.at('homeroll/event').length > 0 || state(broker).working === 'OFF', 'it rests');
    assert.equal(broker.retained.has('homeroll/event'), false);
  });

  it('backs a file up when its button is pressed, and proves as its choice says', async () => {
    await using broker = await Broker.open();
    await using house = await House.open({ settings: by(broker), sources: [manual] });
    house.start(['run']);
    await until(() => state(broker).safe === 0, 'the device is there');
    await house.write('a.jpg');
    await broker.publish('homeroll/source/phone/back_up/set', 'PRESS');
    await isSafe(broker, 1);
    await broker.publish('homeroll/proof/set', 'checksum');
    await until(() => state(broker).proof === 'checksum', 'the other proof is in force');
    assert.deepEqual(JSON.parse((await house.say('proof', '--json')).stdout), { proof: 'checksum' });
    await house.write('b.jpg');
    await broker.publish('homeroll/back_up/set', 'PRESS');
    await until(() => state(broker).stored === 1, 'the next is stored and not read back');
    assert.equal((await house.immich.assets()).length, 2);
  });

  it('is paused by its switch, and goes on by it', async () => {
    await using broker = await Broker.open();
    await using house = await House.open({ settings: by(broker) });
    house.start(['run']);
    await until(() => state(broker).safe === 0, 'the device is there');
    await broker.publish('homeroll/paused/set', 'ON');
    await until(() => state(broker).paused === 'ON', 'it is paused');
    await house.write('a.jpg');
    assert.equal(JSON.parse((await house.say('status', '--json')).stdout).paused, true);
    await broker.publish('homeroll/paused/set', 'OFF');
    await isSafe(broker, 1);
    assert.equal(state(broker).paused, 'OFF');
  });
});

describe('with trouble at the broker', { concurrency: true }, () => {
  it('that restarts in the middle, all goes on and the device is back', async () => {
    await using broker = await Broker.open();
    await using house = await House.open({ settings: by(broker) });
    const homeroll = house.start(['run']);
    await house.write('a.jpg');
    await isSafe(broker, 1);
    await broker.goAway();
    broker.retained.clear();
    await house.write('b.jpg');
    await until(async () => (await house.immich.assets()).length === 2, 'pictures are stored meanwhile');
    await broker.comeBack();
    await isSafe(broker, 2);
    assert.ok(broker.retained.has(config));
    const { code, stderr } = await homeroll.kill('SIGTERM');
    assert.equal(code, 0, stderr);
    assert.equal(broker.retained.get('homeroll/availability'), 'offline');
  });

  it('that refuses the password, pictures are kept safe, and the doctor says what to correct', async () => {
    await using broker = await Broker.open({ password: 'right' });
    await using house = await House.open({ settings: by(broker, 'wrong') });
    const homeroll = house.start(['run']);
    await house.write('a.jpg');
    await homeroll.says('refuses the user and password');
    await until(async () => (await house.status()).files.safe === 1, 'the picture is safe');
    const { stdout } = await house.say('doctor', '--json');
    assert.match(stdout, /refuses the user and password\. Correct/);
    assert.doesNotMatch(homeroll.said + stdout, /wrong/);
    // Written right while it runs: the next life is let in.
    await house.configure(by(broker, 'right'));
    await isSafe(broker, 1);
  });

  it('at which another client bears our name, pictures are kept safe', async () => {
    await using broker = await Broker.open();
    await using house = await House.open({ settings: by(broker) });
    const homeroll = house.start(['run']);
    await until(() => broker.retained.get('homeroll/availability') === 'online', 'the device is there');
    const arrivals = (): number => broker.at('homeroll/availability').filter((said) => said === 'online').length;
    const isTold = (): boolean => homeroll.said.includes('Another program uses the name');
    while (!isTold()) {
      const before = arrivals();
      const thief = await connectAsync(broker.url, { clientId: 'homeroll-homeroll', protocolVersion: 4, reconnectPeriod: 0 });
      thief.end(true);
      await until(() => isTold() || arrivals() > before, 'it comes back, or says why not');
    }
    await house.write('a.jpg');
    await until(async () => (await house.status()).files.safe === 1, 'the picture is safe');
  });
});

describe('settings that change', () => {
  it('do not make the device go away; a source that is taken out takes its device along', async () => {
    await using broker = await Broker.open();
    const scanner = { ...manual, name: 'Scanner', folder: 'Scanner' };
    await using house = await House.open({ settings: by(broker), sources: [manual, scanner] });
    const homeroll = house.start(['run']);
    await until(() => broker.retained.has('homeassistant/device/homeroll-scanner/config'), 'both are there');
    await until(() => state(broker).safe === 0, 'the device is there');
    await house.configure({ sources: [manual] });
    await homeroll.says(/Scanner.* removed/);
    await until(() => !broker.retained.has('homeassistant/device/homeroll-scanner/config'), 'its device is gone');
    assert.ok(!broker.at('homeroll/availability').includes('offline'));
    await house.configure({ sources: [manual], mqtt: undefined });
    await until(() => broker.retained.size === 0, 'the device is taken back, and all that was said of it');
  });
});
