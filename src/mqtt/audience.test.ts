import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Audience } from './audience.ts';

const minute = 60_000;

/** An hour after the clock began. */
class Listening {
  elapsedMs = 60 * minute;
  readonly audience = new Audience({
    clock: { now: () => 0, elapsed: () => this.elapsedMs, sleep: () => Promise.reject(new Error('nobody sleeps here')) },
    random: { next: () => 0.5 },
  });

  /** @returns whether events wait, and whether all is to be said again, then */
  after(ms: number): readonly [isAwaited: boolean, hasStarted: boolean] {
    this.elapsedMs += ms;
    return [this.audience.isAwaited, this.audience.hasStarted()];
  }
}

describe('Home Assistant', () => {
  it('listens as long as it says nothing', () => {
    assert.deepEqual(new Listening().after(minute), [false, false]);
  });

  it('is waited for from its farewell until it was told all again after its start', () => {
    const home = new Listening();
    home.audience.hear('offline');
    assert.deepEqual(home.after(2 * minute), [true, false]);
    home.audience.hear('online');
    assert.deepEqual(
      [home.after(1_000), home.after(600), home.after(0)],
      [
        [true, false],
        [true, true],
        [false, false],
      ],
    );
  });

  it('that starts without a farewell does not know the devices either', () => {
    const home = new Listening();
    home.audience.hear('online');
    assert.deepEqual(
      [home.after(0), home.after(1_600)],
      [
        [true, false],
        [true, true],
      ],
    );
  });

  it('that leaves again right after its start is waited for', () => {
    const home = new Listening();
    home.audience.hear('online');
    home.audience.hear('offline');
    assert.deepEqual(home.after(5_000), [true, false]);
  });

  it('is waited for ten minutes, and for no word that nobody knows', () => {
    const home = new Listening();
    home.audience.hear('offline');
    assert.deepEqual(
      [home.after(10 * minute - 1), home.after(1)],
      [
        [true, false],
        [false, false],
      ],
    );
    home.audience.hear('restarting');
    assert.deepEqual(home.after(0), [false, false]);
  });
});
