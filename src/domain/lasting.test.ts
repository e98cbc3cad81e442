/** What counts of comings and goings, as tables, and what must never happen. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { look, type Sight, type Use, unwatched } from './lasting.ts';

const minute = 60_000;
type Seen = readonly [atMinute: number, isSo: boolean | undefined];

/** @returns the minutes in which it began, and what counts in the end */
function watch(seen: readonly Seen[], { use, forMinutes = 5, settled }: { use: Use; forMinutes?: number; settled?: boolean }) {
  let watched = unwatched(settled);
  const began: number[] = [];
  for (const [atMinute, isSo] of seen) {
    const looked = look(watched, { isSo, atMs: atMinute * minute }, { use, forMs: forMinutes * minute });
    if (looked.hasBegun) began.push(atMinute);
    watched = looked.watched;
  }
  return { began, settled: watched.settled };
}

describe('a trigger', () => {
  for (const { name, seen, settled, forMinutes, began, ends } of [
    {
      name: 'does not count what is so at the very first look',
      seen: [
        [0, true],
        [9, true],
      ],
      began: [],
      ends: true,
    },
    {
      name: 'counts what came to be so and lasted',
      seen: [
        [0, false],
        [1, true],
        [6, true],
      ],
      began: [6],
      ends: true,
    },
    {
      name: 'does not count it a moment before',
      seen: [
        [0, false],
        [1, true],
        [5.99, true],
      ],
      began: [],
      ends: false,
    },
    {
      name: 'counts from the beginning again when it was otherwise in between',
      seen: [
        [0, false],
        [1, true],
        [4, false],
        [5, true],
        [9, true],
      ],
      began: [],
      ends: false,
    },
    {
      name: 'counts again only after an end that lasted',
      seen: [
        [0, true],
        [1, false],
        [3, true],
        [9, true],
      ],
      settled: true,
      began: [],
      ends: true,
    },
    {
      name: 'counts again after an end that lasted',
      seen: [
        [0, true],
        [1, false],
        [6, false],
        [7, true],
        [12, true],
      ],
      settled: true,
      began: [12],
      ends: true,
    },
    {
      name: 'does not mind hearing the same several times',
      seen: [
        [0, false],
        [1, true],
        [1, true],
        [2, true],
        [6, true],
        [6, true],
      ],
      began: [6],
      ends: true,
    },
    {
      name: 'is left as it is by what nobody knows',
      seen: [
        [0, false],
        [1, undefined],
        [9, undefined],
      ],
      began: [],
      ends: false,
    },
    {
      name: 'takes the time in which nobody knew for none',
      seen: [
        [0, false],
        [1, true],
        [3, undefined],
        [20, true],
        [22, true],
        [23, true],
      ],
      began: [23],
      ends: true,
    },
    {
      name: 'does not take place again after a restart of Home Assistant',
      seen: [
        [0, true],
        [1, undefined],
        [3, true],
        [60, true],
      ],
      settled: true,
      began: [],
      ends: true,
    },
    {
      name: 'counts what became so while Home Assistant was away',
      seen: [
        [0, undefined],
        [3, true],
        [8, true],
      ],
      settled: false,
      began: [8],
      ends: true,
    },
    {
      name: 'counts at once where it need not last',
      seen: [
        [0, false],
        [1, true],
      ],
      forMinutes: 0,
      began: [1],
      ends: true,
    },
    {
      name: 'knows after a restart of ours what was so before',
      seen: [
        [0, true],
        [9, true],
      ],
      settled: true,
      began: [],
      ends: true,
    },
    {
      name: 'makes up for what became so while we were not there',
      seen: [
        [0, true],
        [5, true],
      ],
      settled: false,
      began: [5],
      ends: true,
    },
    {
      name: 'is unknown until somebody knows',
      seen: [
        [0, undefined],
        [9, undefined],
      ],
      began: [],
      ends: undefined,
    },
  ] satisfies readonly {
    name: string;
    seen: readonly Seen[];
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
    { name: 'is not so until it is known', seen: [[0, undefined]], ends: undefined },
    {
      name: 'begins only when it has lasted, the first time too',
      seen: [
        [0, true],
        [4, true],
      ],
      ends: undefined,
    },
    {
      name: 'begins when it has lasted',
      seen: [
        [0, true],
        [5, true],
      ],
      ends: true,
    },
    {
      name: 'ends at once',
      seen: [
        [0, true],
        [1, false],
      ],
      settled: true,
      ends: false,
    },
    {
      name: 'holds while nobody knows',
      seen: [
        [0, undefined],
        [600, undefined],
      ],
      settled: true,
      ends: true,
    },
    {
      name: 'stays shut while nobody knows',
      seen: [
        [0, undefined],
        [600, undefined],
      ],
      settled: false,
      ends: false,
    },
    {
      name: 'begins anew after each end',
      seen: [
        [0, false],
        [1, true],
        [3, false],
        [4, true],
        [8, true],
      ],
      settled: true,
      ends: false,
    },
  ] satisfies readonly { name: string; seen: readonly Seen[]; settled?: boolean; ends: boolean | undefined }[])
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
