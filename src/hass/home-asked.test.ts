/** What Home Assistant is asked for, and what it means when it does not do it. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Refusal } from '../../test/kit/fake-home-assistant.ts';
import { HomeSocketScene } from '../../test/kit/home-socket-scene.ts';
import type { HomeEvent } from './index.ts';

const never = new AbortController().signal;

describe('what Home Assistant is asked for', () => {
  let scene: HomeSocketScene;
  let fake: HomeSocketScene['fake'];
  let home: HomeSocketScene['home'];
  let lines: HomeSocketScene['lines'];
  beforeEach(async () => {
    scene = await HomeSocketScene.open();
    ({ fake, home, lines } = scene);
  });
  afterEach(() => scene[Symbol.asyncDispose]());

  const act = (): Promise<unknown> => home.act({ domain: 'media_player', action: 'play_media' }, never);

  it('hears events of the types that are waited for, with who caused them, and again after a restart', async () => {
    const events: HomeEvent[] = [];
    home.onEvent('mobile_app_notification_action', (event) => events.push(event));
    await scene.up();
    fake.fire('mobile_app_notification_action', { action: 'WHY' }, 'anna');
    fake.fire('other', { action: 'NO' });
    await scene.until(() => events.length === 1);
    fake.cut();
    await scene.until(() => fake.timesHeard('subscribe_events') === 2 && home.isUp);
    fake.fire('mobile_app_notification_action', { action: 'RETRY' });
    await scene.until(() => events.length === 2);
    assert.deepEqual(events, [{ data: { action: 'WHY' }, userId: 'anna' }, { data: { action: 'RETRY' } }]);
  });

  it('does without events that it may not hear, and says so once', async () => {
    fake.isAdmin = false;
    home.onEvent('mobile_app_notification_action', () => undefined);
    await scene.up();
    fake.cut();
    await scene.until(() => fake.timesHeard('subscribe_events') === 2 && home.isUp);
    assert.deepEqual(lines, [
      'Home Assistant does not let Homeroll ask for events of mobile_app_notification_action. Use a token of an administrator.',
    ]);
  });

  it('does actions as they are asked for, with their answer where one is wanted', async () => {
    await scene.up();
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
      await scene.up();
      fake.answers.set('call_service', () => {
        throw new Refusal(code, 'Oh no');
      });
      await assert.rejects(act(), { name: 'HomeAssistantError', code: becomes, message: says });
    });

  it('says of an action that is under way when the connection ends that it is away', async () => {
    await scene.up();
    fake.answers.set('call_service', () => fake.cut());
    await assert.rejects(act(), { code: 'away' });
    await scene.until(() => home.isUp);
  });

  it('waits for an answer as long as its patience lasts, or until it is told to stop', async () => {
    await scene.up();
    fake.isSilent = true;
    const waiting = act();
    scene.clock.leap(11_000);
    await assert.rejects(waiting, { code: 'away', message: /does not answer \(media_player\.play_media\)/ });
    const stopping = new AbortController();
    const acting = home.act({ domain: 'a', action: 'b' }, stopping.signal);
    stopping.abort();
    await assert.rejects(acting, { name: 'AbortError' });
    fake.isSilent = false;
  });
});
