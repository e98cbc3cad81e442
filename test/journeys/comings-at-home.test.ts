/** Homeroll beside Home Assistant: started by an arrival, held back while somebody is there, and none the worse for its being away. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { FakeHomeAssistant } from '../kit/fake-home-assistant.ts';
import { House } from './house.ts';
import { until } from './program.ts';

describe('Homeroll beside Home Assistant', () => {
  let fake: FakeHomeAssistant;
  let house: House;
  const open = async (...sources: readonly Readonly<Record<string, unknown>>[]): Promise<void> => {
    house = await House.open({ sources, settings: { log: 'debug', 'home assistant': { url: fake.url.href, token: 'good' } } });
  };
  beforeEach(async () => {
    fake = await FakeHomeAssistant.open();
  });
  afterEach(async () => {
    await house[Symbol.asyncDispose]();
    await fake.stop();
  });

  it('looks through a source when somebody comes home, also if that was while Home Assistant restarted', async () => {
    await open({ when: { arrives: 'person.anna', for: '0 s' } }, { name: 'Card', when: { leaves: 'person.anna', for: '0 s' } });
    await house.write('a.jpg');
    fake.say('person.anna', 'not_home');
    const homeroll = house.start(['run']);
    // It has heard where she is; what comes now is a coming.
    await homeroll.says('Home Assistant answers');
    fake.say('person.anna', 'home');
    await until(async () => (await house.immich.assets()).length === 1, 'the picture is stored');
    fake.say('person.anna', 'not_home');
    await homeroll.says('Card is looked through: person.anna is away');
    await fake.stop();
    await homeroll.says(/Home Assistant is away \(http:\/\/127\.0\.0\.1:\d+ refuses connections\)\./);
    await house.write('b.jpg');
    fake.state = 'STARTING';
    fake.say('person.anna', 'unknown');
    await fake.start();
    await until(() => fake.timesHeard('get_config') > 2, 'Homeroll asks whether it has started');
    fake.say('person.anna', 'home');
    fake.state = 'RUNNING';
    await homeroll.says(/Home Assistant is back after/);
    await until(async () => (await house.immich.assets()).length === 2, 'the second picture is stored');
    const { code, stderr } = await homeroll.kill('SIGTERM');
    assert.deepEqual([code, stderr.match(/Home Assistant is (away|back)/g)], [0, ['Home Assistant is away', 'Home Assistant is back']]);
  });

  it('says what it waits for, ends in time though Home Assistant hangs, and goes on by hand', async () => {
    await open({ 'only while': { everyone: 'away' } });
    await house.write('a.jpg');
    fake.say('zone.home', '2');
    const homeroll = house.start(['run']);
    await until(async () => 'a.jpg' in (await house.places()), 'the picture is noticed');
    const { now } = await house.why('a.jpg');
    assert.ok(now.includes('It waits until everybody is away.'), now.join(' '));
    assert.match((await house.say('status')).stdout, /goes on when everybody is away/);
    fake.isSilent = true;
    assert.equal((await homeroll.kill('SIGTERM')).code, 0);
    assert.equal((await house.once()).code, 0);
    assert.equal((await house.places())['a.jpg'], 'safe');
  });

  it('lets the doctor say what is wrong with the way there', async () => {
    await open({ when: { leaves: 'person.ana' } });
    fake.say('person.anna', 'home');
    assert.match((await house.say('doctor')).stdout, /Home Assistant knows no person\.ana\. Did you mean\s+"person\.anna"\?/);
  });
});
