/** Home Assistant comes and goes, starts, refuses and babbles, and nothing of that ends the process or is told twice. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Refusal } from '../../test/kit/fake-home-assistant.ts';
import { HomeSocketScene } from '../../test/kit/home-socket-scene.ts';

const never = new AbortController().signal;

describe('the way to Home Assistant', () => {
  let scene: HomeSocketScene;
  let fake: HomeSocketScene['fake'];
  let home: HomeSocketScene['home'];
  let clock: HomeSocketScene['clock'];
  let lines: HomeSocketScene['lines'];
  beforeEach(async () => {
    scene = await HomeSocketScene.open();
    ({ fake, home, clock, lines } = scene);
  });
  afterEach(() => scene[Symbol.asyncDispose]());

  const act = (): Promise<unknown> => home.act({ domain: 'media_player', action: 'play_media' }, never);

  it('says what it was told of the entities that are followed, and when it changes', async () => {
    const seen: (string | undefined)[] = [];
    fake.say('zone.home', '2', { persons: ['a', 'b'], icon: 'mdi:home' });
    fake.say('person.other', 'home');
    home.follow(['zone.home'], () => seen.push(home.entity('zone.home')?.state));
    await scene.up();
    fake.say('person.other', 'not_home');
    fake.say('zone.home', '1', { persons: ['a'] });
    await scene.until(() => seen.length === 2);
    assert.deepEqual(seen, ['2', '1']);
    assert.deepEqual(home.entity('zone.home')?.attributes, { persons: ['a'] });
    assert.equal(home.entity('person.other'), undefined);
    fake.forget('zone.home');
    await scene.until(() => seen.length === 3);
    assert.equal(home.entity('zone.home'), undefined);
  });

  it('follows what is asked for later beside the rest, and tells only whom it concerns', async () => {
    const told: string[] = [];
    fake.say('zone.home', '0');
    fake.say('person.anna', 'home');
    home.follow(['zone.home'], () => told.push('zone'));
    await scene.up();
    home.follow(['person.anna', 'person.nobody'], () => told.push('anna'));
    await scene.until(() => told.includes('anna'));
    told.length = 0;
    fake.say('person.anna', 'not_home');
    fake.say('zone.home', '1');
    await scene.until(() => told.length >= 2);
    assert.deepEqual(told, ['anna', 'zone']);
    assert.equal(home.entity('person.nobody'), undefined);
    await scene.until(() => fake.timesHeard('unsubscribe_events') === 1);
  });

  it('tells nobody any more who stopped following', async () => {
    let calls = 0;
    fake.say('zone.home', '0');
    const stop = home.follow(['zone.home'], () => calls++);
    home.follow(['zone.home'], () => undefined);
    await scene.up();
    stop();
    const before = calls;
    fake.say('zone.home', '1');
    await scene.until(() => home.entity('zone.home')?.state === '1');
    assert.equal(calls, before);
  });

  it('is up only when it has started, and passes nothing on before', async () => {
    const ups: boolean[] = [];
    const seen: (string | undefined)[] = [];
    fake.state = 'STARTING';
    fake.say('zone.home', '0');
    home.onUp((isUp) => ups.push(isUp));
    home.follow(['zone.home'], () => seen.push(home.entity('zone.home')?.state));
    scene.run();
    await scene.until(() => fake.timesHeard('get_config') >= 2);
    assert.equal(home.isUp, false);
    await assert.rejects(act(), { code: 'away', message: 'Home Assistant is starting.' });
    fake.say('zone.home', '2');
    fake.state = 'RUNNING';
    await scene.until(() => home.isUp);
    assert.deepEqual(seen, ['2']);
    assert.deepEqual(ups, [false, true]);
    assert.deepEqual(lines, []);
  });

  it('takes an old server that does not say how far it is for one that runs', async () => {
    fake.state = undefined;
    await scene.up();
  });

  it('is away in one line and back in one, and keeps what it knew meanwhile', async () => {
    const seen: (string | undefined)[] = [];
    fake.say('zone.home', '2');
    home.follow(['zone.home'], () => seen.push(home.entity('zone.home')?.state));
    await scene.up();
    await fake.stop();
    await scene.until(() => lines.length === 1);
    clock.leap(120_000);
    await scene.until(() => !home.isUp);
    assert.equal(home.entity('zone.home')?.state, '2');
    fake.say('zone.home', '0');
    await fake.start();
    await scene.until(() => home.isUp);
    assert.deepEqual(seen, ['2', '0']);
    assert.match(
      lines.join('\n'),
      /^Home Assistant is away \(http:\/\/home refuses connections\)\.\nHome Assistant is back after [23] minutes$/,
    );
  });

  it('says nothing of a connection that broke and is there again at once', async () => {
    const ups: boolean[] = [];
    home.onUp((isUp) => ups.push(isUp));
    await scene.up();
    fake.cut();
    await scene.until(() => ups.length === 3);
    assert.deepEqual(ups, [true, false, true]);
    assert.deepEqual(lines, []);
  });

  it('notices by its ping that nobody is there any more', async () => {
    await scene.up();
    fake.isSilent = true;
    clock.leap(31_000);
    await scene.until(() => {
      clock.leap(1_000);
      return !home.isUp;
    });
    fake.isSilent = false;
    fake.cut();
    await scene.until(() => home.isUp);
  });

  it('goes on asking whether it is there', async () => {
    await scene.up();
    for (const times of [1, 2]) {
      clock.leap(31_000);
      await scene.until(() => fake.timesHeard('ping') === times);
    }
    assert.equal(home.isUp, true);
  });

  it('waits no longer than its patience for a greeting, and tries again', async () => {
    fake.isSilent = true;
    scene.run();
    await scene.until(() => fake.connections === 1);
    clock.leap(11_000);
    await scene.until(() => lines.length === 1);
    assert.deepEqual(lines, ['Home Assistant is away (http://home does not answer).']);
    fake.isSilent = false;
    await scene.until(() => home.isUp);
  });

  it('tries a token that is refused only every few minutes, and says so once', async () => {
    fake.token = 'another';
    scene.run();
    await scene.until(() => lines.length === 1);
    await assert.rejects(act(), { code: 'unauthorised' });
    clock.leap(200_000);
    assert.equal(fake.logins, 1);
    clock.leap(200_000);
    await scene.until(() => fake.logins === 2);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^Home Assistant refuses the token\. Make a new one/);
    assert.equal(scene.refusal, lines[0]);
    fake.token = 'good';
    clock.leap(301_000);
    await scene.until(() => home.isUp);
    assert.match(lines[1] ?? '', /^Home Assistant is back after/);
    assert.equal(scene.refusal, undefined);
  });

  it('does not mind what is no message', async () => {
    fake.say('zone.home', '1');
    home.follow(['zone.home'], () => undefined);
    await scene.up();
    const id = fake.heard.find(({ type }) => type === 'subscribe_entities')?.id;
    for (const text of ['', 'garbage', 'null', '[null, 7]', '{"type":"result"}', `{"id":${id},"type":"event","event":{"a":7}}`]) {
      fake.babble(text);
    }
    fake.babble(`{"id":${id},"type":"event"}`);
    fake.babble(`{"id":${id},"type":"event","event":{"c":{"light.unknown":{"+":{"s":"on"}}}}}`);
    fake.say('zone.home', '2');
    await scene.until(() => home.entity('zone.home')?.state === '2');
    assert.equal(home.entity('light.unknown'), undefined);
  });

  it('tries again when what it follows is refused', async () => {
    fake.say('zone.home', '1');
    fake.answers.set('subscribe_entities', () => {
      throw new Refusal('unknown_error', 'Boom');
    });
    home.follow(['zone.home'], () => undefined);
    scene.run();
    await scene.until(() => lines.length === 1);
    assert.match(lines[0] ?? '', /^Home Assistant refuses subscribe_entities: Boom\.$/);
    fake.answers.delete('subscribe_entities');
    await scene.until(() => home.isUp);
  });

  it('goes on when one who listens fails', async () => {
    fake.say('zone.home', '1');
    home.follow(['zone.home'], () => {
      throw new Error('mine');
    });
    await scene.up();
    fake.say('zone.home', '2');
    await scene.until(() => home.entity('zone.home')?.state === '2');
    assert.match(lines[0] ?? '', /could not be taken: mine$/);
    assert.equal(home.isUp, true);
  });

  it('answers that it is away before it was ever reached', async () => {
    await assert.rejects(home.ask({ type: 'get_states' }, never), { code: 'away', message: 'Home Assistant was not reached yet.' });
  });

  it('lets go when it is told to stop, whatever it waits for', async () => {
    fake.isSilent = true;
    scene.run();
    await scene.until(() => fake.connections === 1);
    await scene.stop();
  });
});
