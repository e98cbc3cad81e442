import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import type { OrderKind } from '../journal/index.ts';
import { takeOrders } from './orders.ts';

function answerTo(home: TestJournal, kind: OrderKind, subject?: string): string | undefined {
  const id = home.journal.orders.give(kind, subject, 1_000);
  takeOrders({ journal: home.journal, nowMs: 1_000 });
  return home.journal.orders.answer(id);
}

describe('the answer to an order', () => {
  it('resume names the sources that were paused by themselves', () => {
    using home = new TestJournal();
    answerTo(home, 'pause', 'Phone');
    answerTo(home, 'pause');
    assert.equal(answerTo(home, 'resume'), 'Goes on. Phone was paused by itself, and rests: `homeroll resume --source "Phone"`.');
    assert.equal(answerTo(home, 'resume', 'Phone'), 'Phone goes on.');
    assert.equal(answerTo(home, 'resume'), 'Goes on.');
  });

  it('resume says what a source waits for that does not go on at once', () => {
    using home = new TestJournal();
    home.journal.sources.update(home.sourceId, { state: 'away', reason: '/phone is not there.' });
    assert.equal(answerTo(home, 'resume', 'Phone'), 'Phone goes on as soon as its folder is back. /phone is not there.');
    assert.equal(home.journal.sources.byId(home.sourceId).state, 'away');
    home.journal.sources.update(home.sourceId, { state: 'paused', reason: undefined });
    answerTo(home, 'pause');
    assert.equal(answerTo(home, 'resume', 'Phone'), 'Phone goes on with all the others, which are paused: `homeroll resume`.');
  });

  it('look says what can look where no Homeroll is at work', () => {
    using home = new TestJournal();
    assert.equal(answerTo(home, 'sweep'), 'No Homeroll is at work that could look: `homeroll once` does, and ends.');
    assert.equal(
      answerTo(home, 'sweep', 'Phone'),
      'No Homeroll is at work that could look: `homeroll once --source "Phone"` does, and ends.',
    );
  });

  it('retry says how many, or that there is nothing to try', () => {
    using home = new TestJournal();
    assert.equal(answerTo(home, 'retry'), 'Nothing is blocked, and nothing waits for another try.');
    home.insert({ state: 'blocked', isReady: false });
    assert.equal(answerTo(home, 'retry'), 'Tries 1 file again.');
    for (let number = 0; number < 2; number += 1) home.insert({ state: 'blocked', isReady: false });
    assert.equal(answerTo(home, 'retry'), 'Tries 2 files again.');
  });
});
