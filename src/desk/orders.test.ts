/** Orders reach the journal, whether or not a Homeroll is at work. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { holdState, openJournal } from '../journal/index.ts';
import { type Clock, systemClock } from '../kernel/index.ts';
import { isPaused, takeOrders } from '../pipeline/index.ts';
import { giveOrder } from './orders.ts';

const never = new AbortController().signal;

describe('an order', () => {
  let stateDir: string;
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'homeroll-orders-'));
  });
  afterEach(() => rmSync(stateDir, { recursive: true }));

  it('is carried out at rest, and leaves the journal free', async () => {
    assert.match((await giveOrder({ kind: 'pause' }, { stateDir, clock: systemClock }, never)).answer ?? '', /^Paused/);
    holdState(stateDir).release();
    const journal = openJournal(stateDir);
    assert.ok(isPaused(journal));
    journal.close();
  });

  it('is left to the Homeroll that holds the journal, whose answer is waited for', async () => {
    const hold = holdState(stateDir);
    const journal = openJournal(stateDir);
    // The one at work takes it while the giver waits.
    const clock: Clock = {
      ...systemClock,
      sleep: async () => {
        takeOrders({ journal, nowMs: 5 });
      },
    };
    assert.match(
      (await giveOrder({ kind: 'pause', subject: 'Scanner' }, { stateDir, clock }, never)).answer ?? '',
      /No source is called "Scanner"/,
    );
    journal.close();
    hold.release();
  });

  it('stays when nobody answers in time', async () => {
    const hold = holdState(stateDir);
    let elapsedMs = 0;
    const clock: Clock = {
      ...systemClock,
      elapsed: () => elapsedMs,
      sleep: async (delayMs) => {
        elapsedMs += delayMs;
      },
    };
    assert.equal((await giveOrder({ kind: 'pause' }, { stateDir, clock }, never)).answer, undefined);
    const journal = openJournal(stateDir);
    assert.deepEqual(
      journal.orders.waiting().map(({ kind }) => kind),
      ['pause'],
    );
    journal.close();
    hold.release();
  });

  it('is not taken by a journal in trouble, and one sentence says so and why', async () => {
    writeFileSync(join(stateDir, 'journal.sqlite'), 'no database at all, '.repeat(500));
    await assert.rejects(giveOrder({ kind: 'pause' }, { stateDir, clock: systemClock }, never), {
      code: 'journal damaged',
      message: /^The order was not taken\. The journal at .* is damaged\./,
    });
  });
});
