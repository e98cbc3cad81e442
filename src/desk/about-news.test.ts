/** What a button under a message means, and what is said of it, for each kind of news. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { damagedInImmich, inTrash, tellProofFailed, type Verb } from '../domain/index.ts';
import { isOpen, type NewsAsked, orderAbout, whyNews } from './about-news.ts';

const news = (kind: string, facts: object = {}, text = 'What was told.'): NewsAsked => ({ kind, facts: { ...facts }, text });
const why = (kept: TestJournal, told: NewsAsked): readonly string[] => whyNews(told, { journal: kept.journal, nowMs: 5_000 });
const isStillOpen = (kept: TestJournal, told: NewsAsked, verb: Verb): boolean =>
  isOpen(told, verb, { journal: kept.journal, nowMs: 5_000 });

describe('why', () => {
  it('of a batch: its files that need a person, a line for each reason, and none when all is settled', () => {
    using kept = new TestJournal();
    const batchId = kept.journal.batches.begin(kept.sourceId, 'fresh', 1_000);
    const told = news('batch safe', { source: 'Phone', batch: batchId, blocked: 5, trashed: 1 });
    assert.deepEqual(why(kept, told), []);
    const blocked = { state: 'blocked', isReady: false, batchId } as const;
    for (let count = 0; count < 4; count += 1) kept.insert({ ...blocked, reason: 'too large for Immich' });
    const trashed = kept.insert({ ...blocked, reason: inTrash });
    kept.insert({ ...blocked, batchId: kept.journal.batches.begin(kept.sourceId, 'fresh', 1_000), reason: 'of another batch' });
    assert.deepEqual(why(kept, told), [
      '"1.jpg", "2.jpg", "3.jpg" and 1 more: Too large for Immich.',
      '"5.jpg": The same bytes lie in Immich\'s trash, and were never proven.',
    ]);
    assert.deepEqual([isStillOpen(kept, told, 'restore'), isStillOpen(kept, told, 'retry')], [true, true]);
    kept.journal.files.update(trashed, { state: 'letGo', reason: undefined });
    assert.deepEqual([isStillOpen(kept, told, 'restore'), isStillOpen(kept, told, 'retry')], [false, true]);
  });

  it('of a source: what is the matter with it, for as long as it is', () => {
    using kept = new TestJournal();
    assert.deepEqual(why(kept, news('source away', { source: 'Phone' })), []);
    kept.journal.sources.update(kept.sourceId, { state: 'away', reason: '/phone is not there.' });
    assert.deepEqual(why(kept, news('source away', { source: 'Phone' })), ['/phone is not there.']);
    assert.deepEqual(why(kept, news('source away', { source: 'Taken out' })), []);
  });

  it('of an account: what it lacks', () => {
    using kept = new TestJournal();
    assert.deepEqual(why(kept, news('key refused', { account: 'anna' })), []);
    assert.deepEqual(why(kept, news('account hindered', { account: 'anna', cause: 'quota' })), []);
    kept.journal.facts.set('key refused: anna', 'Immich does not take it');
    assert.deepEqual(why(kept, news('key refused', { account: 'anna' })), ['Immich does not take it.']);
  });

  it('of many that went missing: how many wait for a word', () => {
    using kept = new TestJournal();
    assert.deepEqual(why(kept, news('many removed', { source: 'Phone' })), []);
  });

  it('of a damaged picture: the file that it is about, and what was said', () => {
    using kept = new TestJournal();
    const text = tellProofFailed({ source: 'Phone', names: ['1.jpg'], total: 1, onNoDisk: 0 });
    kept.insert({ state: 'blocked', isReady: false, reason: damagedInImmich });
    const [line, said] = why(kept, news('proof failed', { source: 'Phone', count: 1 }, text));
    assert.equal(line, '"1.jpg": Immich gave back other bytes than the file on disk.');
    assert.match(said ?? '', /Keep the file, and look at Immich's own disk\.$/);
  });

  it('of what was lost: what was said, and where to look', () => {
    using kept = new TestJournal();
    assert.equal(why(kept, news('lost before safe', { source: 'Phone' })).length, 2);
  });
});

describe('a button', () => {
  for (const { verb, told, order } of [
    { verb: 'retry', told: news('batch safe', { source: 'Phone', batch: 1 }), order: { kind: 'retry', subject: 'Phone' } },
    { verb: 'retry', told: news('key refused', { account: 'anna' }), order: { kind: 'retry' } },
    { verb: 'restore', told: news('batch safe', { source: 'Phone', batch: 1 }), order: { kind: 'keep', subject: 'batch 1' } },
    { verb: 'let-go', told: news('batch safe', { source: 'Phone', batch: 1 }), order: { kind: 'let go', subject: 'batch 1' } },
    { verb: 'restore', told: news('many removed', { source: 'Phone' }), order: { kind: 'keep', subject: 'source Phone' } },
    { verb: 'restore', told: news('journal anew'), order: undefined },
    { verb: 'why', told: news('batch safe', { source: 'Phone', batch: 1 }), order: undefined },
  ] as const)
    it(`${verb} under "${told.kind}" orders ${order ? `${order.kind} ${'subject' in order ? order.subject : 'all'}` : 'nothing'}`, () =>
      assert.deepEqual(orderAbout(told, verb), order));
});
