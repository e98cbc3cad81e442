import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { instantOf } from '../kernel/index.ts';
import { isProblem } from './news-topics.ts';
import { planSpeaking, type SpeakableNews, type SpeakQuestion } from './speaking.ts';

const zone = 'Europe/Berlin';
const at = (time: string, day = '2026-06-14'): number => instantOf(`${day}T${time}:00`, zone);
const minute = 60_000;
const pictures = (madeAtMs: number): SpeakableNews => ({
  kind: 'batch safe',
  text: 'x',
  facts: { source: 'Phone', safe: { photos: 2, videos: 0 } },
  madeAtMs,
});
const trouble = (madeAtMs: number): SpeakableNews => ({ kind: 'source away', text: 'x', facts: { source: 'Scanner' }, madeAtMs });

const usual = {
  timeZone: zone,
  quietHours: { from: '21:30', to: '07:30' },
  gapMs: 10 * minute,
  lastAtMs: undefined,
  isSomebodyHome: true,
  hitch: undefined,
};
const noon = at('12:00');
const ask = (of: Partial<SpeakQuestion>) => planSpeaking({ ...usual, waiting: [pictures(noon)], nowMs: noon, ...of });

describe('a speaker', () => {
  it('says all that waits, in one', () => {
    const waiting = [pictures(noon), trouble(noon), pictures(noon)];
    assert.deepEqual(ask({ waiting }), {
      say: { news: waiting, text: '4 photos from Phone are safe. Scanner is away. Nothing counts as deleted.' },
      instead: [],
      letGo: [],
    });
  });

  for (const { name, of, until } of [
    {
      name: 'in its quiet hours, until they end',
      of: { nowMs: at('22:00'), waiting: [trouble(at('22:00'))] },
      until: at('07:30', '2026-06-15'),
    },
    { name: 'after midnight as well', of: { nowMs: at('02:00'), waiting: [trouble(at('01:59'))] }, until: at('07:30') },
    {
      name: 'in its quiet hours, nor on the phones',
      of: { nowMs: at('02:00'), waiting: [trouble(at('01:59'))], hitch: 'off' },
      until: at('07:30'),
    },
    { name: 'while nobody is at home, until it is too old', of: { isSomebodyHome: false }, until: noon + 60 * minute },
    { name: 'soon after the announcement before', of: { lastAtMs: noon - 4 * minute }, until: noon + 6 * minute },
  ])
    it(`waits ${name}`, () => assert.deepEqual(ask(of), { instead: [], letGo: [], waitUntilMs: until }));

  for (const { name, of } of [
    { name: 'the very moment its quiet hours end', of: { nowMs: at('07:30'), waiting: [trouble(at('01:59'))] } },
    { name: 'a moment before they begin', of: { nowMs: at('21:30') - 1, waiting: [trouble(at('21:00'))] } },
    { name: 'as soon as the gap is over', of: { lastAtMs: noon - 10 * minute } },
    { name: 'though the clock was set back since the last time', of: { lastAtMs: noon + 365 * 24 * 60 * minute } },
    { name: 'what was made in the future, by a clock that was set back', of: { waiting: [pictures(noon + 365 * 24 * 60 * minute)] } },
  ])
    it(`speaks ${name}`, () => assert.equal(ask(of).say?.news.length, 1));

  it('is too late for pictures after an hour, and for problems after a day', () => {
    const [old, late] = [pictures(noon - 60 * minute), trouble(noon - 24 * 60 * minute)];
    const { say, letGo } = ask({ waiting: [old, late, trouble(noon - 23 * 60 * minute)] });
    assert.deepEqual([say?.news.length, letGo], [1, [old, late]]);
  });

  it('that cannot be heard leaves it to the phones, gap or no gap', () => {
    const waiting = [pictures(noon), trouble(noon)];
    assert.deepEqual(ask({ waiting, hitch: 'it is unavailable', lastAtMs: noon - 1 }), { instead: waiting, letGo: [] });
  });

  it('never speaks at night, to an empty home, or too soon; and forgets nothing', () => {
    const news = fc.record({ isTrouble: fc.boolean(), agoMs: fc.integer({ min: -1e7, max: 1e8 }) });
    const situation = fc.record({
      nowMs: fc.integer({ min: noon, max: noon + 3e7 * 10 }),
      lastAgoMs: fc.option(fc.integer({ min: 0, max: 2e6 })),
      isSomebodyHome: fc.boolean(),
      hitch: fc.option(fc.constant('off'), { nil: undefined }),
      many: fc.array(news, { maxLength: 6 }),
    });
    fc.assert(
      fc.property(situation, ({ nowMs, lastAgoMs, isSomebodyHome, hitch, many }) => {
        const waiting = many.map(({ isTrouble, agoMs }) => (isTrouble ? trouble : pictures)(nowMs - agoMs));
        const lastAtMs = lastAgoMs === null ? undefined : nowMs - lastAgoMs;
        const plan = ask({ waiting, nowMs, isSomebodyHome, hitch, lastAtMs });
        const { say, instead, letGo, waitUntilMs } = plan;
        const told = [...(say?.news ?? []), ...instead, ...letGo];
        assert.equal(new Set(told).size, told.length, 'nothing is told twice');
        if (told.length < waiting.length) assert.ok((waitUntilMs ?? 0) > nowMs, 'what is left waits for a moment to come');
        if (!say && instead.length === 0) return;
        const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' }).format(nowMs);
        assert.ok(isSomebodyHome && time >= '07:30' && time < '21:30', time);
        if (say) assert.ok(hitch === undefined && (lastAgoMs === null || lastAgoMs >= usual.gapMs));
        for (const one of letGo) assert.ok(nowMs - one.madeAtMs >= (isProblem(one) ? 24 : 1) * 60 * minute);
      }),
    );
  });
});
