import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../kernel/index.ts';
import { Reconnecting } from './reconnecting.ts';

const second = 1_000;
const minute = 60_000;

function after(...endings: readonly (number | undefined)[]): Reconnecting {
  const reconnecting = new Reconnecting(seededRandom(1));
  let atMs = 0;
  for (const lastedMs of endings) {
    atMs += (lastedMs ?? 0) + minute;
    reconnecting.note({ atMs, lastedMs });
  }
  return reconnecting;
}

describe('the next try after a link ended', () => {
  for (const { what, endings, atLeastMs, atMostMs } of [
    { what: 'comes soon after a long one', endings: [60 * minute], atLeastMs: 500, atMostMs: 1_000 },
    { what: 'comes soon after the first failure', endings: [undefined], atLeastMs: 500, atMostMs: 1_000 },
    { what: 'waits twice as long each time', endings: [undefined, undefined, undefined], atLeastMs: 2_000, atMostMs: 4_000 },
    { what: 'waits a minute at most', endings: Array.from({ length: 50 }, () => undefined), atLeastMs: 30_000, atMostMs: minute },
    { what: 'waits longer in a quarrel', endings: [second, second, second], atLeastMs: 150_000, atMostMs: 300_000 },
  ]) {
    it(what, () => {
      const waitMs = after(...endings).waitMs();
      assert.ok(waitMs >= atLeastMs && waitMs <= atMostMs, `${waitMs}`);
    });
  }

  it('is a quarrel only when links are made and thrown out again and again', () => {
    for (const [endings, isQuarrel] of [
      [[second, second], false],
      [[second, second, second], true],
      [[second, second, undefined, second], false],
      [[second, second, 60 * minute, second], false],
      [[undefined, undefined, undefined, undefined], false],
      [[second, second, second, second, second, second, second], true],
    ] as const) {
      assert.equal(after(...endings).isQuarrel, isQuarrel, JSON.stringify(endings));
    }
  });

  it('never waits longer than five minutes, nor hammers', () =>
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(2 * minute), { nil: undefined })), (endings) => {
        const waitMs = after(...endings).waitMs();
        assert.ok(waitMs >= 500 && waitMs <= 300_000);
      }),
    ));
});
