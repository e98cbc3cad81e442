import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { type FileId, type State, stateNames } from '../domain/index.ts';
import type { FilePatch } from './index.ts';
import { Sqlite } from './sqlite.ts';

describe('a file in the journal', () => {
  it('keeps names that are no text, inodes of 64 bits, and times of any year, whatever they are', () => {
    using known = new TestJournal();
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 255 }),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        (bytes, inode, mtimeNs) => {
          const name = Buffer.from(bytes);
          const stat = { sizeBytes: 2 ** 45, mtimeNs, ctimeNs: -mtimeNs - 1n, birthtimeNs: 0n, device: 2n ** 64n - 1n - inode, inode };
          known.journal.transaction(() => {
            const found = known.journal.files.byName(known.folderId, name);
            const id = found?.id ?? known.insert({ name });
            known.journal.files.update(id, { stat });
            assert.deepEqual(known.journal.files.byName(known.folderId, name)?.stat, stat);
            assert.deepEqual(known.journal.files.byName(known.folderId, name)?.name, name);
            assert.ok(known.journal.files.byInode(known.sourceId, stat).some((file) => file.id === id));
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  it('has a new revision after every write but those of its gate and of a sweep', () => {
    using test = new TestJournal();
    const { files } = test.journal;
    const id = test.insert();
    const revisionAfter = (act: () => void): number => {
      const before = files.byId(id)?.revision ?? 0;
      act();
      return (files.byId(id)?.revision ?? 0) - before;
    };
    assert.equal(
      revisionAfter(() => files.update(id, { state: 'hashed' })),
      1,
    );
    assert.equal(
      revisionAfter(() => files.setReady(id, false)),
      0,
    );
    assert.equal(
      revisionAfter(() => files.markMissing(id, 3)),
      0,
    );
    assert.equal(files.revisionOf(id), files.byId(id)?.revision);
  });

  it('that waits for a later time is due then, and not before', () => {
    using test = new TestJournal();
    const { files } = test.journal;
    const [late, soon] = [test.insert({ isReady: false, dueAtMs: 9_000 }), test.insert({ isReady: false, dueAtMs: 5_000 })];
    assert.equal(files.nextDueAtMs(), 5_000);
    const idsDueAt = (nowMs: number): FileId[] => files.due(nowMs, 10_000).map(({ id }) => id);
    assert.deepEqual([idsDueAt(4_999), idsDueAt(5_000), idsDueAt(9_000)], [[], [soon], [soon, late]]);
    files.update(soon, { isReady: true, dueAtMs: undefined });
    assert.equal(files.nextDueAtMs(), 9_000);
  });
});

describe('who is next', () => {
  it('is the highest rank of those that may be claimed in that state and source', () => {
    using test = new TestJournal();
    const { files, sources } = test.journal;
    const card = sources.ensure('Card', Buffer.from('/card')).id;
    const [backlog, newest, fresh] = [test.insert({ rank: 5 }), test.insert({ rank: 9 }), test.insert({ rank: 10_000_000_000_000 })];
    test.insert({ rank: 99, isReady: false });
    test.insert({ rank: 99, state: 'hashed' });
    test.insert({ rank: 99, sourceId: card, folderId: sources.ensureFolder(card, Buffer.alloc(0)) });
    assert.deepEqual(
      files.waiting('wanted', test.sourceId, 9).map(({ id }) => id),
      [fresh, newest, backlog],
    );
    files.setReady(fresh, false);
    assert.deepEqual(
      files.waiting('wanted', test.sourceId, 1).map(({ id }) => id),
      [newest],
    );
  });
});

describe('the tally', () => {
  const aState = fc.constantFrom(...stateNames);
  const aRole = fc.constantFrom('main', 'motion', 'sidecar');
  const aChange = fc.oneof(
    fc.record({ kind: fc.constant('insert'), state: aState, role: aRole, size: fc.nat(1_000) }),
    fc.record({ kind: fc.constant('update'), at: fc.nat(), state: aState, role: aRole, size: fc.nat(1_000) }),
    fc.record({ kind: fc.constant('delete'), at: fc.nat() }),
  );

  it('is what a count would find, whatever was written in whatever order', () => {
    using test = new TestJournal();
    const { journal } = test;
    const deleting = new Sqlite(join(test.stateFolder, 'journal.sqlite'), { durability: 'OFF' });
    let ids: FileId[] = [];
    const stat = (sizeBytes: number) => ({ sizeBytes, mtimeNs: 1n, ctimeNs: 1n, birthtimeNs: 1n, device: 1n, inode: 1n });
    fc.assert(
      fc.property(fc.array(aChange, { maxLength: 40 }), (changes) => {
        for (const change of changes) {
          if (change.kind === 'insert') {
            ids.push(test.insert({ state: change.state, role: change.role as 'main', stat: stat(change.size) }));
            continue;
          }
          const id = ids[change.at % Math.max(1, ids.length)];
          if (id === undefined) continue;
          if (change.kind === 'delete') {
            deleting.run('DELETE FROM file WHERE id = ?', id);
            ids = ids.filter((other) => other !== id);
          } else
            journal.files.update(id, { state: change.state, role: change.role as 'main', stat: stat(change.size) } satisfies FilePatch);
        }
        const counted = new Map<State, readonly [files: number, bytes: number]>();
        for (const { role, state, stat: of } of journal.files.page(test.sourceId, undefined, { afterId: 0, limit: 100_000 })) {
          const [files, bytes] = counted.get(state) ?? [0, 0];
          if (role === 'main') counted.set(state, [files + 1, bytes + of.sizeBytes]);
        }
        const tallied = journal.tally.all().map(({ state, files, bytes }) => [state, [files, bytes]] as const);
        assert.deepEqual(new Map(tallied), counted);
      }),
      { numRuns: 60 },
    );
    deleting.close();
  });
});
