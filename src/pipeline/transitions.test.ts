import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import type { FileEvent, State } from '../domain/index.ts';
import { applyEvent } from './transitions.ts';

describe('a file that a sweep did not find', () => {
  const happenings: readonly { state: State; event: FileEvent; missing: number }[] = [
    { state: 'stored', event: 'proven', missing: 1 },
    { state: 'proven', event: 'organised', missing: 1 },
    { state: 'wanted', event: 'hashed', missing: 1 },
    { state: 'blocked', event: 'retryOrdered', missing: 1 },
    { state: 'proven', event: 'changed', missing: 1 },
    { state: 'safe', event: 'vanished', missing: 0 },
  ];
  for (const { state, event, missing } of happenings) {
    it(`${missing ? 'stays missing' : 'is missing no longer'} when it becomes ${event} before the sweep ends`, () => {
      using home = new TestJournal();
      const { journal, sourceId } = home;
      const id = home.insert({ state });
      const sweep = 3;
      journal.files.markMissing(id, sweep);
      const file = journal.files.byId(id);
      assert.ok(file);
      journal.transaction(() => applyEvent(journal, file, event, { nowMs: 2_000 }));
      assert.equal(journal.files.missingCount(sourceId, sweep), missing);
    });
  }
});

describe('a blocked file that turns out to be the half of another', () => {
  it('keeps the reason why it is blocked', () => {
    using home = new TestJournal();
    const { journal } = home;
    const id = home.insert({ state: 'blocked', reason: 'its bytes came back otherwise' });
    const file = journal.files.byId(id);
    assert.ok(file);
    journal.transaction(() => applyEvent(journal, file, 'moved', { nowMs: 2_000, patch: { role: 'motion' } }));
    assert.equal(journal.files.byId(id)?.role, 'motion');
    assert.equal(journal.files.byId(id)?.reason, 'its bytes came back otherwise');
  });
});
