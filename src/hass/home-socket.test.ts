/** Home Assistant over its socket: it comes and goes, starts, refuses, babbles, and nothing of that ends the process or is told twice. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { FakeHomeAssistant, Refusal } from '../../test/kit/fake-home-assistant.ts';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { type Log, Secret } from '../kernel/index.ts';
import { type HomeEvent, HomeSocket } from './index.ts';

const never = new AbortController().signal;

describe('Home Assistant over its socket', () => {
  let fake: FakeHomeAssistant;
  let home: HomeSocket;
  let clock: LeapClock;
  let lines: string[];
  let ending: AbortController;
  let running: Promise<void>;
  let escaped: unknown[];
  const note = (error: unknown): void => void escaped.push(error);

  beforeEach(async () => {
    escaped = [];
    process.on('unhandledRejection', note);
    fake = await FakeHomeAssistant.open();
    clock = new LeapClock();
    lines = [];
    ending = new AbortController();
    running = Promise.resolve();
    const say = (line: string): void => void lines.push(line.replace(fake.url.origin, 'http://home'));
    const log: Log = { debug: () => undefined, info: say, warn: say, error: (line, facts) => say(`${line}: ${facts?.error}`) };
    home = new HomeSocket({ url: fake.url, token: new Secret('good'), clock, log });
  });

  afterEach(async () => {
    ending.abort();
    await running;
    await fake.stop();
    process.off('unhandledRejection', note);
    assert.deepEqual(escaped, []);
  });

  const run = (): void => {
    running = home.run(ending.signal);
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    const giveUpMs = performance.now() + 8_000;
    while (!isSo()) {
      if (performance.now() > giveUpMs) throw new Error(`it never became so: ${isSo}; ${lines.join(' | ')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const up = async (): Promise<void> => {
    run();
    await until(() => home.isUp);
  };
  const act = (action = 'play_media'): Promise<unknown> => home.act({ domain: 'media_player', action }, never);

  it('says what it was told of the entities that are followed, and when it changes', async () => {
    const seen: (string | undefined)[] = [];
    fake.say('zone.home', '2', { persons: ['a', 'b'], icon: 'mdi:home' });
    fake.say('person.other', 'home');
    home.follow(['zone.home'], () => seen.push(home.entity('zone.home')?.state));
    await up();
    fake.say('person.other', 'not_home');
    fake.say('zone.home', '1', { persons: ['a'] });
    await until(() => seen.length === 2);
    assert.deepEqual(seen, ['2', '1']);
    assert.deepEqual(home.entity('zone.home')?.attributes, { persons: ['a'] });
    assert.equal(home.entity('person.other'), undefined);
    fake.forget('zone.home');
    await until(() => seen.length === 3);
    assert.equal(home.entity('zone.home'), undefined);
  });

  it('follows what is asked for later beside the rest, and tells only whom it concerns', async () => {
    const told: string[] = [];
    fake.say('zone.home', '0');
    fake.say('person.anna', 'home');
    home.follow(['zone.home'], () => told.push('zone'));
    await up();
    home.follow(['person.anna', 'person.nobody'], () => told.push('anna'));
    await until(() => told.includes('anna'));
    told.length = 0;
    fake.say('person.anna', 'not_home');
    fake.say('zone.home', '1');
    await until(() => told.length >= 2);
    assert.deepEqual(told, ['anna', 'zone']);
    assert.equal(home.entity('person.nobody'), undefined);
    await until(() => fake.timesHeard('unsubscribe_events') === 1);
  });

  it('tells nobody any more who stopped following', async () => {
    let calls = 0;
    fake.say('zone.home', '0');
    const stop = home.follow(['zone.home'], () => calls++);
    home.follow(['zone.home'], () => undefined);
    await up();
    stop();
    const before = calls;
    fake.say('zone.home', '1');
    await until(() => home.entity('zone.home')?.state === '1');
    assert.equal(calls, before);
  });

  it('is up only when it has started, and passes nothing on before', async () => {
    const ups: boolean[] = [];
    const seen: (string | undefined)[] = [];
    fake.state = 'STARTING';
    fake.say('zone.home', '0');
    home.onUp((isUp) => ups.push(isUp));
    home.follow(['zone.home'], () => seen.push(home.entity('zone.home')?.state));
    run();
    await until(() => fake.timesHeard('get_config') >= 2);
    assert.equal(home.isUp, false);
    await assert.rejects(act(), { code: 'away', message: 'Home Assistant is starting.' });
    fake.say('zone.home', '2');
    fake.state = 'RUNNING';
    await until(() => home.isUp);
    assert.deepEqual(seen, ['2']);
    assert.deepEqual(ups, [false, true]);
    assert.deepEqual(lines, []);
  });

  it('takes an old server that does not say how far it is for one that runs', async () => {
    fake.state = undefined;
    await up();
  });

  it('is away in one line and back in one, and keeps what it knew meanwhile', async () => {
    const seen: (string | undefined)[] = [];
    fake.say('zone.home', '2');
    home.follow(['zone.home'], () => seen.push(home.entity('zone.home')?.state));
    await up();
    await fake.stop();
    await until(() => lines.length === 1);
    clock.leap(120_000);
    await until(() => !home.isUp);
    assert.equal(home.entity('zone.home')?.state, '2');
    fake.say('zone.home', '0');
    await fake.start();
    await until(() => home.isUp);
    assert.deepEqual(seen, ['2', '0']);
    assert.match(
      lines.join('\n'),
      /^Home Assistant is away \(http:\/\/home refuses connections\)\.\nHome Assistant is back after [23] minutes$/,
    );
  });

  it('says nothing of a connection that broke and is there again at once', async () => {
    const ups: boolean[] = [];
    home.onUp((isUp) => ups.push(isUp));
    await up();
    fake.cut();
    await until(() => ups.length === 3);
    assert.deepEqual(ups, [true, false, true]);
    assert.deepEqual(lines, []);
  });

  it('notices by its ping that nobody is there any more', async () => {
    await up();
    fake.isSilent = true;
    clock.leap(31_000);
    await until(() => fake.connections > 0 && !home.isUp);
    fake.isSilent = false;
    fake.cut();
    await until(() => home.isUp);
  });

  it('goes on asking whether it is there', async () => {
    await up();
    for (const times of [1, 2]) {
      clock.leap(31_000);
      await until(() => fake.timesHeard('ping') === times);
    }
    assert.equal(home.isUp, true);
  });

  it('waits no longer than its patience for a greeting, and tries again', async () => {
    fake.isSilent = true;
    run();
    await until(() => lines.length === 1);
    assert.deepEqual(lines, ['Home Assistant is away (http://home does not answer).']);
    fake.isSilent = false;
    await until(() => home.isUp);
  });

  it('tries a token that is refused only every few minutes, and says so once', async () => {
    fake.token = 'another';
    run();
    await until(() => lines.length === 1);
    await assert.rejects(act(), { code: 'unauthorised' });
    clock.leap(200_000);
    assert.equal(fake.logins, 1);
    clock.leap(200_000);
    await until(() => fake.logins === 2);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^Home Assistant refuses the token\. Make a new one/);
    fake.token = 'good';
    clock.leap(301_000);
    await until(() => home.isUp);
    assert.match(lines[1] ?? '', /^Home Assistant is back after/);
  });

  it('does not mind what is no message', async () => {
    fake.say('zone.home', '1');
    home.follow(['zone.home'], () => undefined);
    await up();
    const id = fake.heard.find(({ type }) => type === 'subscribe_entities')?.id;
    for (const text of ['', 'garbage', 'null', '[null, 7]', '{"type":"result"}', `{"id":${id},"type":"event","event":{"a":7}}`]) {
      fake.babble(text);
    }
    fake.babble(`{"id":${id},"type":"event"}`);
    fake.babble(`{"id":${id},"type":"event","event":{"c":{"light.unknown":{"+":{"s":"on"}}}}}`);
    fake.say('zone.home', '2');
    await until(() => home.entity('zone.home')?.state === '2');
    assert.equal(home.entity('light.unknown'), undefined);
  });

  it('hears events of the types that are waited for, with who caused them, and again after a restart', async () => {
    const events: HomeEvent[] = [];
    home.onEvent('mobile_app_notification_action', (event) => events.push(event));
    await up();
    fake.fire('mobile_app_notification_action', { action: 'WHY' }, 'anna');
    fake.fire('other', { action: 'NO' });
    await until(() => events.length === 1);
    fake.cut();
    await until(() => fake.timesHeard('subscribe_events') === 2 && home.isUp);
    fake.fire('mobile_app_notification_action', { action: 'RETRY' });
    await until(() => events.length === 2);
    assert.deepEqual(events, [{ data: { action: 'WHY' }, userId: 'anna' }, { data: { action: 'RETRY' } }]);
  });

  it('does without events that it may not hear, and says so once', async () => {
    fake.isAdmin = false;
    home.onEvent('mobile_app_notification_action', () => undefined);
    await up();
    fake.cut();
    await until(() => fake.timesHeard('subscribe_events') === 2 && home.isUp);
    assert.deepEqual(lines, [
      'Home Assistant does not let Homeroll ask for events of mobile_app_notification_action. Use a token of an administrator.',
    ]);
  });

  it('does actions as they are asked for, with their answer where one is wanted', async () => {
    await up();
    fake.answers.set('call_service', ({ return_response: isWanted }) => ({ context: {}, response: isWanted ? { events: [] } : null }));
    await home.act({ domain: 'notify', action: 'mobile_app_anna', data: { message: 'Hi' }, entities: ['a.b'] }, never);
    const { id: _, ...sent } = fake.heard.findLast(({ type }) => type === 'call_service') ?? {};
    assert.deepEqual(sent, {
      type: 'call_service',
      domain: 'notify',
      service: 'mobile_app_anna',
      service_data: { message: 'Hi' },
      target: { entity_id: ['a.b'] },
    });
    const answer = await home.act({ domain: 'calendar', action: 'get_events', isAnswerWanted: true }, never);
    assert.deepEqual(answer, { events: [] });
  });

  for (const { name, code, becomes, says } of [
    {
      name: 'an action that there is not',
      code: 'not_found',
      becomes: 'unknown',
      says: /does not know media_player\.play_media: Oh no\.$/,
    },
    { name: 'what the token may not', code: 'unauthorized', becomes: 'unauthorised', says: /Use a token of an administrator\.$/ },
    { name: 'what failed', code: 'home_assistant_error', becomes: 'refused', says: /refuses media_player\.play_media: Oh no\.$/ },
    { name: 'what took Home Assistant too long', code: 'timeout', becomes: 'away', says: /did not come round to media_player\.play_media/ },
  ])
    it(`says of ${name} that it is ${becomes}`, async () => {
      await up();
      fake.answers.set('call_service', () => {
        throw new Refusal(code, 'Oh no');
      });
      await assert.rejects(act(), { name: 'HomeAssistantError', code: becomes, message: says });
    });

  it('says of an action that is under way when the connection ends that it is away', async () => {
    await up();
    fake.answers.set('call_service', () => fake.cut());
    await assert.rejects(act(), { code: 'away' });
    await until(() => home.isUp);
  });

  it('waits for an answer as long as its patience lasts, or until it is told to stop', async () => {
    await up();
    fake.isSilent = true;
    await assert.rejects(act(), { code: 'away', message: /does not answer \(media_player\.play_media\)/ });
    const stopping = new AbortController();
    const acting = home.act({ domain: 'a', action: 'b' }, stopping.signal);
    stopping.abort();
    await assert.rejects(acting, { name: 'AbortError' });
    fake.isSilent = false;
  });

  it('tries again when what it follows is refused', async () => {
    fake.say('zone.home', '1');
    fake.answers.set('subscribe_entities', () => {
      throw new Refusal('unknown_error', 'Boom');
    });
    home.follow(['zone.home'], () => undefined);
    run();
    await until(() => lines.length === 1);
    assert.match(lines[0] ?? '', /^Home Assistant refuses subscribe_entities: Boom\.$/);
    fake.answers.delete('subscribe_entities');
    await until(() => home.isUp);
  });

  it('goes on when one who listens fails', async () => {
    fake.say('zone.home', '1');
    home.follow(['zone.home'], () => {
      throw new Error('mine');
    });
    await up();
    fake.say('zone.home', '2');
    await until(() => home.entity('zone.home')?.state === '2');
    assert.match(lines[0] ?? '', /could not be taken: mine$/);
    assert.equal(home.isUp, true);
  });

  it('answers that it is away before it was ever reached', async () => {
    await assert.rejects(home.ask({ type: 'get_states' }, never), { code: 'away', message: 'Home Assistant was not reached yet.' });
  });

  it('lets go when it is told to stop, whatever it waits for', async () => {
    fake.isSilent = true;
    run();
    await until(() => fake.connections === 1);
    ending.abort();
    await running;
  });
});
