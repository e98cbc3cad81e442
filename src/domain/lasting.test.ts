/** What counts of comings and goings, as tables, and what must never happen. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { look, type Sight, type Use, unwatched } from './lasting.ts';

const minute = 60_000;

const meanings = { so: true, not: false, '?': undefined } as const;

/** @param seen minute by minute, `0 not, 1 so, 6 ?` @returns the minutes in which it began, and what counts in the end */
function watch(seen: string, { use, forMinutes = 5, settled }: { use: Use; forMinutes?: number; settled?: boolean }) {
  let watched = unwatched(settled);
  const began: number[] = [];
  for (const [atMinute = '', word = '?'] of seen.split(', ').map((one) => one.split(' '))) {
    const sight = { isSo: meanings[word as keyof typeof meanings], atMs: Number(atMinute) * minute };
    const looked = look(watched, sight, { use, forMs: forMinutes * minute });
    if (looked.hasBegun) began.push(Number(atMinute));
    watched = looked.watched;
  }
  return { began, settled: watched.settled };
}

describe('a trigger', () => {
  for (const { name, seen, settled, forMinutes, began, ends } of [
    {
      name: 'does not count what is so at the very first look',
      seen: '0 so, 9 so',
      began: [],
      ends: true,
    },
    {
      name: 'counts what came to be so and lasted',
      seen: '0 not, 1 so, 6 so',
      began: [6],
      ends: true,
    },
    {
      name: 'does not count it a moment before',
      seen: '0 not, 1 so, 5.99 so',
      began: [],
      ends: false,
    },
    {
      name: 'counts from the beginning again when it was otherwise in between',
      seen: '0 not, 1 so, 4 not, 5 so, 9 so',
      began: [],
      ends: false,
    },
    {
      name: 'counts again only after an end that lasted',
      seen: '0 so, 1 not, 3 so, 9 so',
      settled: true,
      began: [],
      ends: true,
    },
    {
      name: 'counts again after an end that lasted',
      seen: '0 so, 1 not, 6 not, 7 so, 12 so',
      settled: true,
      began: [12],
      ends: true,
    },
    {
      name: 'does not mind hearing the same several times',
      seen: '0 not, 1 so, 1 so, 2 so, 6 so, 6 so',
      began: [6],
      ends: true,
    },
    {
      name: 'is left as it is by what nobody knows',
      seen: '0 not, 1 ?, 9 ?',
      began: [],
      ends: false,
    },
    {
      name: 'takes the time in which nobody knew for none',
      seen: '0 not, 1 so, 3 ?, 20 so, 22 so, 23 so',
      began: [23],
      ends: true,
    },
    {
      name: 'does not take place again after a restart of Home Assistant',
      seen: '0 so, 1 ?, 3 so, 60 so',
      settled: true,
      began: [],
      ends: true,
    },
    {
      name: 'counts what became so while Home Assistant was away',
      seen: '0 ?, 3 so, 8 so',
      settled: false,
      began: [8],
      ends: true,
    },
    {
      name: 'counts at once where it need not last',
      seen: '0 not, 1 so',
      forMinutes: 0,
      began: [1],
      ends: true,
    },
    {
      name: 'knows after a restart of ours what was so before',
      seen: '0 so, 9 so',
      settled: true,
      began: [],
      ends: true,
    },
    {
      name: 'makes up for what became so while we were not there',
      seen: '0 so, 5 so',
      settled: false,
      began: [5],
      ends: true,
    },
    {
      name: 'is unknown until somebody knows',
      seen: '0 ?, 9 ?',
      began: [],
      ends: undefined,
    },
  ] satisfies readonly {
    name: string;
    seen: string;
    settled?: boolean;
    forMinutes?: number;
    began: number[];
    ends: boolean | undefined;
  }[])
    it(name, () => {
      const wish = { use: 'trigger' as const, ...(settled !== undefined && { settled }), ...(forMinutes !== undefined && { forMinutes }) };
      assert.deepEqual(watch(seen, wish), { began, settled: ends });
    });
});

describe('a limit', () => {
  for (const { name, seen, settled, ends } of [
    { name: 'is not so until it is known', seen: '0 ?', ends: undefined },
    {
      name: 'begins only when it has lasted, the first time too',
      seen: '0 so, 4 so',
      ends: undefined,
    },
    {
      name: 'begins when it has lasted',
      seen: '0 so, 5 so',
      ends: true,
    },
    {
      name: 'ends at once',
      seen: '0 so, 1 not',
      settled: true,
      ends: false,
    },
    {
      name: 'holds while nobody knows',
      seen: '0 ?, 600 ?',
      settled: true,
      ends: true,
    },
    {
      name: 'stays shut while nobody knows',
      seen: '0 ?, 600 ?',
      settled: false,
      ends: false,
    },
    {
      name: 'begins anew after each end',
      seen: '0 not, 1 so, 3 not, 4 so, 8 so',
      settled: true,
      ends: false,
    },
  ] satisfies readonly { name: string; seen: string; settled?: boolean; ends: boolean | undefined }[])
    it(name, () => assert.equal(watch(seen, { use: 'limit', ...(settled !== undefined && { settled }) }).settled, ends));
});

it('says when to look again: neither later than it counts, nor in vain', () => {
  const { watched } = look(unwatched(false), { isSo: true, atMs: 100 }, { use: 'trigger', forMs: 1_000 });
  const again = look(watched, { isSo: true, atMs: 400 }, { use: 'trigger', forMs: 1_000 });
  assert.equal(again.dueInMs, 700);
  assert.equal(look(again.watched, { isSo: true, atMs: 1_100 }, { use: 'trigger', forMs: 1_000 }).hasBegun, true);
});

describe('whatever is seen', () => {
  const sights = fc
    .array(fc.record({ gapMs: fc.nat(2_000), isSo: fc.constantFrom(true, false, undefined) }), { maxLength: 60 })
    .map((steps) => {
      let atMs = 0;
      return steps.map(({ gapMs, isSo }): Sight => {
        atMs += gapMs;
        return { isSo, atMs };
      });
    });

  it('a trigger takes place only after it was seen to be so, never otherwise, for its whole time', () =>
    fc.assert(
      fc.property(sights, fc.constantFrom(undefined, true, false), (seen, remembered) => {
        let watched = unwatched(remembered);
        for (const [index, sight] of seen.entries()) {
          const looked = look(watched, sight, { use: 'trigger', forMs: 1_000 });
          watched = looked.watched;
          if (!looked.hasBegun) continue;
          const soFrom = seen.slice(0, index).findLastIndex(({ isSo }) => isSo === false) + 1;
          const lastedMs = seen.slice(soFrom, index + 1).reduce((sum, { atMs }, at, run) => {
            const last = run[at - 1];
            return sum + (last?.isSo === true ? atMs - last.atMs : 0);
          }, 0);
          assert.ok(sight.isSo === true && lastedMs >= 1_000, `${lastedMs} ms`);
        }
      }),
    ));

  it('a trigger does not take place twice without having ended', () =>
    fc.assert(
      fc.property(sights, (seen) => {
        let watched = unwatched(undefined);
        let isOpen = false;
        for (const sight of seen) {
          const looked = look(watched, sight, { use: 'trigger', forMs: 500 });
          watched = looked.watched;
          assert.ok(!(looked.hasBegun && isOpen));
          isOpen = watched.settled === true;
        }
      }),
    ));

  it('a limit is never so right after it was seen not to be', () =>
    fc.assert(
      fc.property(sights, (seen) => {
        let watched = unwatched(true);
        for (const sight of seen) {
          watched = look(watched, sight, { use: 'limit', forMs: 300 }).watched;
          if (sight.isSo === false) assert.equal(watched.settled, false);
        }
      }),
    ));
});
