/** Whatever the broker does, pictures go on, one line says so, and the device is back by itself. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { connectAsync } from 'mqtt';
import { Broker } from '../../test/kit/broker.ts';
import { TestDevice } from '../../test/kit/device.ts';
import { installationOf } from '../desk/index.ts';
import type { News } from '../journal/index.ts';
import { Secret, systemClock, systemIds } from '../kernel/index.ts';
import { troubleOf } from './broker-trouble.ts';
import { checkLogin } from './index.ts';

const never = new AbortController().signal;
const address = 'mqtt://broker:1883';

describe('a broker that is away', { concurrency: 4 }, () => {
  it('is told of once, and the device is back when it is', async () => {
    await using broker = await Broker.open();
    await broker.goAway();
    await using test = await TestDevice.open({ broker });
    await test.until(() => test.said.length === 1);
    for (let minute = 0; minute < 10; minute += 1) {
      test.clock.leap(60_000);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.match(
      test.said.join('\n'),
      /^The MQTT broker is away \(mqtt:\/\/127\.0\.0\.1:\d+ refuses connections\)\. Pictures are kept safe meanwhile/,
    );
    assert.equal(test.said.length, 1);
    await broker.comeBack();
    test.clock.leap(120_000);
    await test.whenKnown();
    await test.until(() => test.said.length === 2);
    assert.equal(test.said[1], 'The MQTT broker is back, and so is the device in Home Assistant.');
  });

  it('and restarts in the middle gets everything again, without a word', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    await test.broker.goAway();
    test.broker.retained.clear();
    await test.broker.comeBack();
    test.home.insert({ state: 'safe' });
    test.clock.leap(2_000);
    await test.until(() => test.broker.retained.get('homeroll/availability') === 'online' && test.state?.safe === 1);
    assert.ok(test.broker.retained.has('homeassistant/device/homeroll-phone/config'));
    assert.deepEqual(test.said, []);
  });

  it('says for us that we are gone when we are cut off', async () => {
    await using broker = await Broker.open();
    const test = await TestDevice.open({ broker });
    await test.whenKnown();
    // Another client of that name throws ours out, as the broker does with a dead one.
    const other = await connectAsync(broker.url, { clientId: 'homeroll-homeroll', protocolVersion: 4, reconnectPeriod: 0 });
    await test.until(() => broker.at('homeroll/availability').includes('offline'));
    other.end(true);
    await test[Symbol.asyncDispose]();
  });

  it('and takes what is sent without a word is hung up on', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    test.broker.isMute = true;
    test.home.insert({ state: 'safe' });
    test.clock.leap(1_000);
    const before = test.broker.comers.length;
    await test.until(() => test.broker.comers.length > before);
    test.broker.isMute = false;
    await test.until(() => test.state.safe === 1);
  });
});

describe('a broker that refuses the password', () => {
  it('is told of once, with the cure, and asked again at growing intervals', async () => {
    await using broker = await Broker.open({ password: 'right' });
    await using test = await TestDevice.open({ broker, password: 'wrong' });
    await test.until(() => broker.refusals >= 1 && test.said.length === 1);
    test.clock.leap(600_000);
    await test.until(() => broker.refusals >= 2);
    assert.match(
      test.said.join('\n'),
      /refuses the user and password\. Correct "user" and "password" under "mqtt"\. Pictures are kept safe/,
    );
    assert.doesNotMatch(test.said.join('\n'), /wrong/);
    assert.equal(test.said.length, 1);
    broker.password = 'wrong';
    test.clock.leap(600_000);
    await test.whenKnown();
  });
});

describe('a broker that lets nobody read', () => {
  it('has the device shown all the same, and is told of once', async () => {
    await using broker = await Broker.open({ isSecretive: true });
    await using test = await TestDevice.open({ broker });
    await test.whenKnown();
    await broker.goAway();
    await broker.comeBack();
    test.home.insert({ state: 'safe' });
    await test.until(() => test.state.safe === 1);
    assert.equal(test.said.length, 1);
    assert.match(test.said[0] ?? '', /^The MQTT broker does not let Homeroll read/);
  });
});

describe('another client on our name', () => {
  it('is noticed, told once, and given way to', async () => {
    await using test = await TestDevice.open();
    await test.whenKnown();
    const arrivals = (): number => test.broker.at('homeroll/availability').filter((said) => said === 'online').length;
    const steal = async (): Promise<void> => {
      const before = arrivals();
      const thief = await connectAsync(test.broker.url, { clientId: 'homeroll-homeroll', protocolVersion: 4, reconnectPeriod: 0 });
      thief.end(true);
      await test.until(() => test.said.length > 0 || arrivals() > before);
    };
    for (let theft = 0; theft < 3; theft += 1) await steal();
    await test.until(() => test.said.length === 1);
    const before = arrivals();
    test.clock.leap(300_000);
    await test.until(() => arrivals() > before, 'it comes back after a long while');
    await steal();
    assert.equal(test.said.length, 1);
    assert.match(
      test.said[0] ?? '',
      /^Another program uses the name "homeroll-homeroll" at the MQTT broker .* Give one of them another "topic"/,
    );
  });
});

describe('news as events', { concurrency: 4 }, () => {
  const news: News = {
    id: 'n',
    teller: 'mqtt',
    kind: 'lost before safe',
    text: '1 photo left Phone folder before it was safe.',
    facts: { source: 'Phone', count: 1 },
    madeAtMs: 0,
    tries: 0,
  };

  it('reach the broker, and nobody who comes later', async () => {
    await using test = await TestDevice.open();
    await test.device.tell({ ...news, madeAtMs: test.clock.now() }, never);
    const [event] = test.broker.published.filter(({ topic }) => topic === 'homeroll/event');
    assert.equal(event?.isRetained, false);
    const { at, ...said } = JSON.parse(event?.payload ?? '');
    assert.deepEqual(said, { event_type: 'lost_before_safe', sentence: news.text, source: 'Phone', count: 1 });
    assert.ok(Date.parse(at) > 0);
  });

  it('wait while the broker is away, and are sent when it is back', async () => {
    await using broker = await Broker.open();
    await broker.goAway();
    await using test = await TestDevice.open({ broker });
    let isTold = false;
    const telling = test.device.tell({ ...news, madeAtMs: test.clock.now() }, never).then(() => {
      isTold = true;
    });
    await test.until(() => test.said.length === 1);
    assert.equal(isTold, false);
    await broker.comeBack();
    test.clock.leap(60_000);
    await telling;
    assert.equal(broker.at('homeroll/event').length, 1);
  });

  it('are let go of when Homeroll stops', async () => {
    await using broker = await Broker.open();
    await broker.goAway();
    await using test = await TestDevice.open({ broker });
    const ending = new AbortController();
    const telling = test.device.tell({ ...news, madeAtMs: test.clock.now() }, ending.signal);
    ending.abort();
    await assert.rejects(telling);
  });
});

describe('the doctor’s question', { concurrency: 4 }, () => {
  const place = { topic: 'homeroll', discovery: 'homeassistant' };
  for (const { password, says } of [
    { password: 'right', says: undefined },
    { password: 'wrong', says: /refuses the user and password/ },
  ]) {
    it(`is answered with ${says ?? 'nothing'} for the ${password} password, and throws out nobody`, async () => {
      await using broker = await Broker.open({ password: 'right' });
      await using test = await TestDevice.open({ broker, password: 'right' });
      await test.until(() => broker.retained.has('homeroll/owner'));
      const mqtt = { ...place, url: new URL(broker.url), user: 'homeroll', password: new Secret(password) };
      const answer = await checkLogin({ mqtt, clock: systemClock, ids: systemIds }, never);
      if (says) assert.match(String(answer), says);
      else assert.deepEqual(answer, { owner: installationOf(test.home.journal), isOnline: true });
      assert.ok(!broker.at('homeroll/availability').includes('offline'));
    });
  }

  it('is answered for what is no broker, too', async () => {
    const server = createServer((socket) => void socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const answer = await checkLogin(
      { mqtt: { ...place, url: new URL(`mqtt://127.0.0.1:${port}`) }, clock: systemClock, ids: systemIds },
      never,
    );
    assert.match(String(answer), /^The MQTT broker is away/);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('what a failure means', () => {
  const coded = (code: string | number): Error => Object.assign(new Error('x'), { code });
  for (const { error, kind, says } of [
    { error: coded('ECONNREFUSED'), kind: 'away', says: /refuses connections/ },
    { error: new AggregateError([coded('ECONNREFUSED')]), kind: 'away', says: /refuses connections/ },
    { error: coded('ENOTFOUND'), kind: 'away', says: /no computer is known/ },
    { error: coded('EHOSTUNREACH'), kind: 'away', says: /cannot be reached/ },
    { error: coded(3), kind: 'away', says: /not available/ },
    { error: coded(4), kind: 'refused', says: /user and password/ },
    { error: coded(5), kind: 'refused', says: /user and password/ },
    { error: coded(2), kind: 'refused', says: /another "topic"/ },
    { error: coded('DEPTH_ZERO_SELF_SIGNED_CERT'), kind: 'certificate', says: /ca_file/ },
    { error: coded('ERR_SSL_WRONG_VERSION_NUMBER'), kind: 'away', says: /does not speak TLS/ },
    { error: new Error('connack timeout'), kind: 'away', says: /does not answer/ },
    { error: undefined, kind: 'away', says: /hangs up/ },
  ]) {
    it(`${says.source}`, () => {
      const trouble = troubleOf(error, address);
      assert.equal(trouble.kind, kind);
      assert.match(trouble.message, says);
    });
  }
});
