/** News are said aloud on a speaker, or told on the phones when it cannot be heard. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { announcing, bringDue, Telling } from '../../test/kit/telling.ts';
import type { PhoneTeller, SpeakerTeller, Teller } from '../config/index.ts';
import { HomeAssistantError } from '../hass/index.ts';
import { instantOf } from '../kernel/index.ts';

const kitchen: SpeakerTeller = {
  kind: 'speaker',
  entity: 'media_player.kitchen',
  about: ['pictures', 'problems'],
  quietHours: { from: '21:30', to: '07:30' },
  gapMs: 600_000,
};
const anna: PhoneTeller = { kind: 'phone', action: 'mobile_app_anna', about: ['problems'], digestAt: '20:00' };
const at = (time: string): number => instantOf(`2026-06-14T${time}:00`, 'Europe/Berlin');
const minute = 60_000;

const world = (tell: readonly Teller[] = [kitchen, anna], time = '12:00'): Telling => new Telling(tell, at(time));
const spoken = (telling: Telling): readonly string[] =>
  telling
    .sent('play_media')
    .map(({ media_content_id: id }) => new URL(String(id).replace('media-source:', 'http:')).searchParams.get('message') ?? '');

describe('a speaker', () => {
  it('announces what waits in one sentence, in the words and the language of its voice', async () => {
    using telling = world([{ ...kitchen, volume: 25 }]);
    telling.putBatch("Anna's phone & tablet", 214);
    telling.putBatch('Scanner', 12);
    await telling.bring();
    assert.deepEqual(telling.home.actions, [
      {
        domain: 'media_player',
        action: 'play_media',
        entities: ['media_player.kitchen'],
        data: {
          media_content_id:
            "media-source://tts/tts.piper?message=214%20photos%20from%20Anna's%20phone%20%26%20tablet%20and%2012%20photos%20from%20Scanner%20are%20safe.&language=en-GB",
          media_content_type: 'music',
          announce: true,
          extra: { volume: 25 },
        },
      },
    ]);
    assert.equal(telling.isAnythingWaiting(), false);
  });

  it('is as loud as it is, unless told, and has the voice that its owner chose', async () => {
    using telling = world([{ ...kitchen, voice: 'tts.cloud' }]);
    telling.home.answers.set('tts/engine/list', () => ({
      providers: [
        { engine_id: 'tts.piper', supported_languages: ['en-GB'] },
        { engine_id: 'tts.cloud', supported_languages: [] },
      ],
    }));
    telling.putBatch('Phone', 2);
    await telling.bring();
    const [sent] = telling.sent('play_media');
    assert.equal(sent?.extra, undefined);
    assert.equal(sent?.media_content_id, 'media-source://tts/tts.cloud?message=2%20photos%20from%20Phone%20are%20safe.');
  });

  it('keeps its gap across a restart, and gathers meanwhile', async () => {
    using telling = world([kitchen]);
    telling.putBatch('Phone', 1);
    await telling.bring();
    for (const minutes of [4, 5]) {
      telling.nowMs += minutes * minute;
      telling.putBatch('Phone', 10);
      await telling.bring();
    }
    assert.equal(spoken(telling).length, 1);
    telling.nowMs += minute;
    await telling.bring();
    assert.deepEqual(spoken(telling), ['1 photo from Phone is safe.', '20 photos from Phone are safe.']);
  });

  it('speaks when somebody comes home, and has forgotten the pictures of the morning', async () => {
    using telling = world([kitchen], '08:00');
    telling.home.say('zone.home', '0');
    telling.putBatch('Phone', 1);
    telling.put('source away', { source: 'Scanner' });
    const stop = new AbortController();
    const running = telling.deliveries().run(stop.signal);
    await settled();
    telling.nowMs = at('17:00');
    telling.home.say('zone.home', '1');
    while (telling.isAnythingWaiting()) await settled();
    stop.abort();
    await running;
    assert.deepEqual(spoken(telling), ['Scanner is away. Nothing counts as deleted.']);
    assert.match(telling.lines.join(), /too old to be said aloud: 1 photos from Phone/);
  });

  it('is silent where nobody knows who is at home', async () => {
    using telling = world();
    telling.home.say('zone.home', 'unknown');
    telling.putBatch('Phone', 1);
    await telling.bring();
    telling.home.forget('zone.home');
    await telling.bring();
    assert.equal(telling.home.actions.length, 0);
  });

  for (const { name, state, attributes, says } of [
    { name: 'is unavailable', state: 'unavailable', attributes: {}, says: /is unavailable in Home Assistant/ },
    { name: 'is unknown', state: 'unknown', attributes: announcing, says: /is unknown in Home Assistant/ },
    { name: 'is a group', state: 'idle', attributes: { ...announcing, entity_id: ['media_player.a'] }, says: /is a group/ },
    { name: 'cannot announce', state: 'idle', attributes: { supported_features: 64 }, says: /cannot announce/ },
  ])
    it(`that ${name} leaves it to the phones at once: also pictures, also before the evening`, async () => {
      using telling = world();
      telling.home.say('media_player.kitchen', state, attributes);
      telling.putBatch('Phone', 2);
      telling.put('source away', { source: 'Scanner' });
      await telling.bring();
      await telling.bring();
      assert.equal(spoken(telling).length, 0);
      assert.deepEqual(telling.messages('mobile_app_anna').toSorted(), ['2 photos from Phone are safe.', 'news of source away']);
      assert.equal(telling.lines.length, 1);
      assert.match(telling.lines[0] ?? '', says);
      assert.equal(telling.isAnythingWaiting(), false);
    });

  it('that does not exist does so too, and never tells a phone of sources that are none of its own', async () => {
    const ben: PhoneTeller = { ...anna, action: 'mobile_app_ben', sources: ['Scanner'] };
    using telling = world([kitchen, anna, ben]);
    telling.home.forget('media_player.kitchen');
    telling.putBatch('Phone', 2);
    await telling.bring();
    await telling.bring();
    assert.deepEqual([telling.messages('mobile_app_anna').length, telling.messages('mobile_app_ben').length], [1, 0]);
  });

  it('tells a phone what it may hear, though there is none for the rest', async () => {
    const ben: PhoneTeller = { ...anna, action: 'mobile_app_ben', sources: ['Scanner'] };
    using telling = world([kitchen, ben]);
    telling.home.say('media_player.kitchen', 'unavailable');
    telling.putBatch('Phone', 2);
    telling.putBatch('Scanner', 3);
    await telling.bring();
    assert.deepEqual(telling.messages('mobile_app_ben'), ['3 photos from Scanner are safe.']);
    assert.ok(telling.isAnythingWaiting(), 'the rest is tried again');
  });

  for (const { name, act, providers } of [
    {
      name: 'refuses to speak',
      act: () => {
        throw new HomeAssistantError('refused', 'The speaker says no.');
      },
      providers: [{ engine_id: 'tts.piper', supported_languages: ['en'] }],
    },
    {
      name: 'has no voice',
      act: () => assert.fail('nothing to say it with'),
      providers: [{ engine_id: 'tts.piper', supported_languages: [] }],
    },
  ])
    it(`that ${name} leaves it to the phones, is tried with the next news, and is heard again`, async () => {
      using telling = world();
      telling.home.onAction = ({ action }) => (action === 'play_media' ? act() : undefined);
      telling.home.answers.set('tts/engine/list', () => ({ providers }));
      const deliveries = telling.deliveries();
      const bring = () => bringDue(deliveries);
      telling.putBatch('Phone', 2);
      await bring();
      await bring();
      assert.equal(telling.messages('mobile_app_anna').length, 1);
      telling.home.onAction = () => undefined;
      telling.home.answers.set('tts/engine/list', () => ({ providers: [{ engine_id: 'tts.piper', supported_languages: ['en'] }] }));
      telling.nowMs += 20 * minute;
      telling.putBatch('Phone', 3);
      await bring();
      assert.equal(spoken(telling).at(-1), '3 photos from Phone are safe.');
      assert.equal(telling.lines.length, 2, telling.lines.join('\n'));
      assert.equal(telling.lines[1], 'Messages get through again.');
    });

  it('with no phone in the house is tried again within its patience, with one line', async () => {
    using telling = world([kitchen]);
    telling.home.say('media_player.kitchen', 'unavailable');
    telling.putBatch('Phone', 2);
    const deliveries = telling.deliveries();
    const bring = () => bringDue(deliveries);
    await bring();
    telling.nowMs += 5 * minute;
    await bring();
    assert.equal(telling.lines.length, 1);
    telling.home.say('media_player.kitchen', 'playing', announcing);
    telling.nowMs += 5 * minute;
    await bring();
    assert.equal(spoken(telling).length, 1);
  });

  it('says after a crash what it may have said already, but not before its gap is over', async () => {
    using telling = world([kitchen]);
    telling.crashPoints = {
      reach: (name) => {
        if (name === 'after a speaker spoke') throw new Error('killed');
      },
    };
    telling.put('source away', { source: 'Scanner' });
    await assert.rejects(telling.bring(), /killed/);
    telling.crashPoints = { reach: () => undefined };
    await telling.bring();
    assert.equal(spoken(telling).length, 1);
    telling.nowMs += 10 * minute;
    await telling.bring();
    assert.equal(spoken(telling).length, 2);
  });

  it('says what came while Home Assistant was away as soon as that is back, though nothing else is otherwise', async () => {
    using telling = world();
    const stop = new AbortController();
    const running = telling.deliveries().run(stop.signal);
    await settled();
    telling.home.goAway();
    telling.putBatch('Phone', 2);
    await settled();
    telling.nowMs += 20 * minute;
    telling.home.comeUp();
    while (telling.isAnythingWaiting() && spoken(telling).length === 0) await settled();
    stop.abort();
    await running;
    assert.deepEqual(spoken(telling), ['2 photos from Phone are safe.']);
  });

  it('that Home Assistant has not found again right after its start is given a minute, before the phones are told', async () => {
    using telling = world([kitchen]);
    const stop = new AbortController();
    const running = telling.deliveries().run(stop.signal);
    await settled();
    telling.home.goAway();
    telling.home.say('media_player.kitchen', 'unavailable', announcing);
    telling.putBatch('Phone', 2);
    telling.home.comeUp();
    for (let turn = 0; turn < 20; turn += 1) await settled();
    assert.deepEqual([spoken(telling), telling.lines], [[], []]);
    telling.home.say('media_player.kitchen', 'idle', announcing);
    while (telling.isAnythingWaiting()) await settled();
    stop.abort();
    await running;
    assert.deepEqual(spoken(telling), ['2 photos from Phone are safe.']);
  });

  it('waits for Home Assistant, and bothers no phone meanwhile', async () => {
    using telling = world();
    telling.home.goAway();
    telling.putBatch('Phone', 2);
    await telling.bring();
    assert.deepEqual([telling.home.actions.length, telling.lines.length, telling.isAnythingWaiting()], [0, 0, true]);
  });
});

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
