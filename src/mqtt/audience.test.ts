import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Audience } from './audience.ts';

const minute = 60_000;

/** An hour after the clock began. */
class Listening {
  elapsedMs = 60 * minute;
  readonly audience: Audience;

  constructor(isConnectionMeant = false) {
    this.audience = new Audience({ ...this.#parts, isConnectionMeant });
  }

  readonly #parts = {
    clock: { now: () => 0, elapsed: () => this.elapsedMs, sleep: () => Promise.reject(new Error('nobody sleeps here')) },
    random: { next: () => 0.5 },
  };

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
    home.audience.hear('farewell', false);
    assert.deepEqual(home.after(2 * minute), [true, false]);
    home.audience.hear('birth', false);
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
    home.audience.hear('birth', false);
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
    home.audience.hear('birth', false);
    home.audience.hear('farewell', false);
    assert.deepEqual(home.after(5_000), [true, false]);
  });

  it('is waited for ten minutes', () => {
    const home = new Listening();
    home.audience.hear('farewell', false);
    assert.deepEqual(
      [home.after(10 * minute - 1), home.after(1)],
      [
        [true, false],
        [false, false],
      ],
    );
  });

  it('is there when the broker has kept its birth message, and gone when it has kept its farewell', () => {
    const home = new Listening();
    home.audience.hear('farewell', true);
    assert.deepEqual(home.after(0), [true, false]);
    home.audience.hear('birth', true);
    assert.deepEqual(home.after(5_000), [false, false]);
  });

  it('is waited for by the next life, too', () => {
    const home = new Listening();
    home.audience.recallFarewell(9 * minute);
    assert.deepEqual(
      [home.after(minute - 1), home.after(1)],
      [
        [true, false],
        [false, false],
      ],
    );
    home.audience.recallFarewell(60 * minute);
    assert.deepEqual(home.after(0), [false, false]);
  });

  describe('that Homeroll is connected with', () => {
    it('listens once it has started, and not for a moment while it starts', () => {
      const home = new Listening(true);
      assert.deepEqual(home.after(minute), [true, false]);
      home.audience.noteConnection(true);
      assert.deepEqual(
        [home.after(4_999), home.after(1)],
        [
          [true, false],
          [false, false],
        ],
      );
    });

    it('listens no more from the moment it stops, long before the broker tells', () => {
      const home = new Listening(true);
      home.audience.noteConnection(true);
      home.after(minute);
      home.audience.noteConnection(false);
      assert.deepEqual(
        [home.after(0), home.after(10 * minute - 1), home.after(1)],
        [
          [true, false],
          [true, false],
          [false, false],
        ],
      );
    });

    it('is told all again when it is back, though its birth message stands elsewhere', () => {
      const home = new Listening(true);
      home.audience.noteConnection(true);
      home.after(minute);
      home.audience.noteConnection(false);
      home.audience.hear('farewell', false);
      home.after(minute);
      home.audience.noteConnection(true);
      assert.deepEqual(
        [home.after(29_999), home.after(1), home.after(0)],
        [
          [true, false],
          [true, true],
          [false, false],
        ],
      );
    });
  });
});
