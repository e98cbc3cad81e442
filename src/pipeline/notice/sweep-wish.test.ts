import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { SweepWish } from './sweep-wish.ts';

const [secondMs, minuteMs, hourMs] = [1_000, 60_000, 3_600_000];

/** Sweeps that take no time. */
function sweep(wish: SweepWish, news = 0): void {
  wish.begin();
  wish.end(news);
}

describe('a sweep is asked for', () => {
  let elapsedMs = 0;
  const clock = { elapsed: () => elapsedMs };
  let wish = new SweepWish(clock);
  beforeEach(() => {
    elapsedMs = 0;
    wish = new SweepWish(clock);
  });
  const isDueIn = (ms: number): void => assert.equal(wish.dueInMs, ms);
  const pass = (ms: number): void => {
    elapsedMs += ms;
  };

  it('by nobody, and is never due', () => assert.equal(wish.dueInMs, Number.POSITIVE_INFINITY));

  it('by a person, and is due at once, however often', () => {
    for (let times = 0; times < 3; times += 1) {
      wish.ask();
      assert.ok(wish.isDue);
      sweep(wish);
      assert.ok(!wish.isDue);
    }
  });

  it('by what was heard, and is due at once, then every ten seconds', () => {
    wish.askSoon();
    assert.ok(wish.isDue);
    sweep(wish);
    wish.askSoon();
    isDueIn(10 * secondMs);
    pass(10 * secondMs);
    assert.ok(wish.isDue);
  });

  it('on suspicion once a minute at most, and more seldom while nothing is found', () => {
    assert.ok(wish.doubt());
    assert.ok(wish.isDue);
    assert.ok(!wish.doubt(), 'is said once');
    for (const pauseMs of [2 * minuteMs, 4 * minuteMs, 8 * minuteMs]) {
      sweep(wish);
      assert.ok(wish.doubt());
      isDueIn(pauseMs);
      pass(pauseMs);
    }
    sweep(wish, 1);
    wish.doubt();
    isDueIn(minuteMs);
  });

  it('on suspicion as soon as at first after a quiet hour', () => {
    for (let times = 0; times < 9; times += 1) {
      wish.doubt();
      pass(wish.dueInMs);
      sweep(wish);
    }
    pass(hourMs + secondMs);
    wish.doubt();
    assert.ok(wish.isDue);
  });

  it('anew for what is suspected while one goes on', () => {
    wish.doubt();
    wish.begin();
    assert.ok(wish.doubt());
    wish.end(3);
    isDueIn(minuteMs);
  });

  it('for another reason, which settles a suspicion as well', () => {
    wish.doubt();
    sweep(wish);
    wish.doubt();
    wish.ask();
    sweep(wish);
    assert.equal(wish.dueInMs, Number.POSITIVE_INFINITY);
  });
});
