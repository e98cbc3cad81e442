import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { ImmichError } from '../immich/index.ts';
import { type Log, silentLog, systemIds } from '../kernel/index.ts';
import { Hindrances } from './hindrances.ts';
import type { AccountInUse } from './step.ts';

const anna = { id: 1, name: 'anna' } as AccountInUse;
const ben = { id: 2, name: 'ben' } as AccountInUse;
const lacking = { cause: 'asset.upload', sentence: 'It lacks something.', news: 'Give it to the key.', waitMs: 3_600_000 };

function live({ journal }: TestJournal) {
  const lines: string[] = [];
  const say = (sentence: string): void => void lines.push(sentence);
  const log: Log = { ...silentLog, warn: say, info: say };
  const clock = new LeapClock();
  const hindrances = new Hindrances({
    journal,
    clock,
    log,
    news: { ids: systemIds, tellers: [{ name: 'log', wants: () => true }], onNews: () => undefined },
  });
  return { hindrances, clock, lines, news: () => journal.outbox.all().length };
}

describe('a hindrance', () => {
  it('is one line and one piece of news, whatever it is in the way of, and ends with another line', () => {
    using kept = new TestJournal();
    const { hindrances, lines, news } = live(kept);
    hindrances.note(anna, 'check', lacking);
    hindrances.note(anna, 'upload', lacking);
    hindrances.note(anna, 'check', lacking);
    assert.deepEqual([lines.length, news()], [1, 1]);
    assert.deepEqual([hindrances.stateOf(anna, 'check'), hindrances.stateOf(anna, 'prove')], ['off', 'on']);
    assert.equal(hindrances.stateOf(ben, 'check'), 'on', 'others go on');
    hindrances.lift(anna, 'check');
    assert.equal(lines.length, 1, 'half of it is still in the way');
    hindrances.lift(anna, 'upload');
    assert.deepEqual([lines.length, lines[1]], [2, 'it works again']);
  });

  it('is tried after its time, or at once when a person says so', () => {
    using kept = new TestJournal();
    const { hindrances, clock } = live(kept);
    hindrances.note(anna, 'prove', lacking);
    assert.equal(hindrances.reasonOf(anna, 'prove')?.reason, lacking.sentence);
    clock.leap(3_600_000);
    assert.equal(hindrances.stateOf(anna, 'prove'), 'trial');
    hindrances.note(anna, 'prove', lacking);
    assert.equal(hindrances.stateOf(anna, 'prove'), 'off');
    hindrances.tryNow();
    assert.deepEqual([hindrances.stateOf(anna, 'prove'), hindrances.nextAtMs()], ['trial', undefined]);
  });

  it('is not told again by the next life, unless it was gone meanwhile', () => {
    using kept = new TestJournal();
    live(kept).hindrances.note(anna, 'tags', lacking);
    const { hindrances, news } = live(kept);
    hindrances.note(anna, 'tags', lacking);
    assert.equal(news(), 1);
    live(kept).hindrances.lift(anna, 'tags');
    live(kept).hindrances.note(anna, 'tags', lacking);
    assert.equal(news(), 2);
  });
});

describe('a step that fails for one file after the other', () => {
  const error = new ImmichError('busy', 'Immich is busy.', { status: 500 });

  it('rests from the third on, ever longer while it goes on so', () => {
    using kept = new TestJournal();
    const { hindrances, clock, lines, news } = live(kept);
    hindrances.countFailure(anna, 'upload', error, 0);
    hindrances.countFailure(anna, 'upload', error, 0);
    assert.equal(hindrances.stateOf(anna, 'upload'), 'on');
    const waitsMs: number[] = [];
    for (let failure = 0; failure < 9; failure += 1) {
      hindrances.countFailure(anna, 'upload', error, 0);
      waitsMs.push(Math.round(((hindrances.nextAtMs() ?? 0) - clock.now()) / 5_000) * 5_000);
      clock.leap(300_000);
    }
    assert.deepEqual(waitsMs, [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
    assert.deepEqual([lines.length, news()], [1, 0]);
  });

  it('does not when some come through', () => {
    using kept = new TestJournal();
    const { hindrances } = live(kept);
    for (let round = 0; round < 5; round += 1) {
      hindrances.countFailure(anna, 'upload', error, 0);
      hindrances.countFailure(anna, 'upload', error, 0);
      hindrances.lift(anna, 'upload');
    }
    assert.equal(hindrances.stateOf(anna, 'upload'), 'on');
  });
});
