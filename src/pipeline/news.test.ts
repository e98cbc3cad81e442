import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { seededIds, seededRandom } from '../kernel/index.ts';
import { type Hearer, putNews } from './news.ts';

describe('news', () => {
  for (const { name, wants, teller, wakes } of [
    { name: 'are put for who wants them, and wake whoever brings them', wants: true, teller: ['phone'], wakes: 1 },
    { name: 'that nobody wants are put for nobody, and wake nobody', wants: false, teller: [], wakes: 0 },
  ]) {
    it(name, () => {
      using kept = new TestJournal();
      const { journal } = kept;
      const hearers: readonly Hearer[] = [
        { name: 'phone', wants: () => wants },
        { name: 'log', wants: () => false },
      ];
      const woken: string[] = [];
      const desk = { ids: seededIds(seededRandom(1)), tellers: hearers, onNews: () => void woken.push('now') };
      putNews(journal, desk, { kind: 'source away', text: 'NAS is paused.', facts: { source: 'NAS' }, nowMs: 1_000 });
      assert.deepEqual(
        journal.outbox.all().map((news) => news.teller),
        teller,
      );
      assert.equal(woken.length, wakes);
    });
  }
});
