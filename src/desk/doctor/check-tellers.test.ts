/** The doctor asks whether phones and speakers can be told. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configOf } from '../../../test/kit/config.ts';
import { HomeByHand } from '../../../test/kit/home-by-hand.ts';
import type { PhoneTeller, SpeakerTeller, Teller } from '../../config/index.ts';
import type { HomeEntity } from '../../hass/index.ts';
import { checkTellers } from './check-tellers.ts';

const announces = { supported_features: 1_048_576 };
const idle = (attributes: HomeEntity['attributes'] = announces): HomeEntity => ({ state: 'idle', attributes });
const phone = (action: string): PhoneTeller => ({ kind: 'phone', action, about: ['problems'] });
const speaker = (more: Partial<SpeakerTeller> = {}): SpeakerTeller => ({
  kind: 'speaker',
  entity: 'media_player.kitchen',
  about: ['pictures'],
  quietHours: { from: '21:30', to: '07:30' },
  gapMs: 1,
  ...more,
});
const piper = { engine_id: 'tts.piper', supported_languages: ['en-GB'] };

async function says(
  tell: readonly Teller[],
  { kitchen = idle(), providers = [piper] }: { readonly kitchen?: HomeEntity; readonly providers?: readonly unknown[] } = {},
): Promise<readonly string[]> {
  const home = new HomeByHand();
  home.answers.set('get_services', () => ({ notify: { notify: {}, mobile_app_anna: {} }, light: { turn_on: {} } }));
  home.answers.set('tts/engine/list', () => ({ providers }));
  const config = { ...configOf({ url: 'http://x', keys: new Map(), sources: [], events: [], folder: '/', isRealDisk: false }), tell };
  const entities = new Map([['media_player.kitchen', kitchen]]);
  const findings = await checkTellers(
    { config, entities, nameNow: new Map(), ask: (message, signal) => home.ask(message, signal) },
    new AbortController().signal,
  );
  return findings.map(({ verdict, about, sentence, cure = '' }) => `${verdict} ${about}: ${sentence} ${cure}`.trim());
}

describe('the doctor about those who are told', () => {
  it('finds all well', async () => {
    assert.deepEqual(await says([{ kind: 'log' }, phone('mobile_app_anna'), speaker()]), [
      'ok notify.mobile_app_anna: Home Assistant can send messages to it.',
      'ok media_player.kitchen: Home Assistant can announce on it; it is idle now.',
      'ok media_player.kitchen: It is spoken on with tts.piper.',
    ]);
  });

  it('asks nothing of Home Assistant where nobody is told by it', async () => assert.deepEqual(await says([{ kind: 'log' }]), []));

  for (const { name, tell, of = {}, expected } of [
    {
      name: 'a phone with a slip in its name',
      tell: phone('mobile_app_ana'),
      expected: /^problem notify\.mobile_app_ana: Home Assistant has no such action\. Did you mean "mobile_app_anna"\? Sign in/,
    },
    {
      name: 'a speaker that there is not',
      tell: speaker({ entity: 'media_player.kitchn' }),
      expected: /^problem .*has no media_player\.kitchn\. Did you mean "media_player\.kitchen"\?/,
    },
    {
      name: 'one that is off',
      tell: speaker(),
      of: { kitchen: { state: 'unavailable', attributes: {} } },
      expected: /^warning .* is unavailable in Home Assistant\. Is it switched on/,
    },
    {
      name: 'a group',
      tell: speaker(),
      of: { kitchen: idle({ ...announces, entity_id: ['media_player.a'] }) },
      expected: /^problem .* is a group/,
    },
    {
      name: 'one that cannot announce',
      tell: speaker(),
      of: { kitchen: idle({ supported_features: 4 }) },
      expected: /^problem .* cannot announce/,
    },
    {
      name: 'no voice at all',
      tell: speaker(),
      of: { providers: [] },
      expected: /^problem .* no text-to-speech that speaks "en"\. Add one/,
    },
    {
      name: 'a voice that there is not',
      tell: speaker({ voice: 'tts.pipe' }),
      expected: /^problem .* no text-to-speech called tts\.pipe\. Did you mean "tts\.piper"\? Correct "voice"/,
    },
    {
      name: 'only an old voice',
      tell: speaker(),
      of: { providers: [{ ...piper, deprecated: true }, 'nonsense'] },
      expected: /no text-to-speech/,
    },
  ])
    it(`finds ${name}`, async () => {
      const lines = await says([tell], of);
      assert.ok(
        lines.some((line) => expected.test(line)),
        lines.join('\n'),
      );
    });
});
