import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { type AssetId, type Sha1, sha1, type UserId } from '../domain/index.ts';
import { openJournal } from './journal.ts';
import { fromTheOldest } from './verified.ts';

const numbered = (digits: string): Sha1 => sha1(digits.padEnd(40, '0'));

describe('contents that are looked at again', () => {
  it('come in the order of their proofs, a page at a time, those without one first', () => {
    using home = new TestJournal();
    const { contents, sources, verified } = home.journal;
    const { id } = sources.ensureAccount('anna', 'anna' as UserId, 1);
    const provenAt: Readonly<Record<string, number>> = { a0: 7, b0: 3, c0: 3, d0: 9 };
    for (const digits of [...Object.keys(provenAt), 'e0', 'f0', '90']) {
      contents.markStored(id, numbered(digits), { assetId: digits as AssetId, sourceId: home.sourceId, nowMs: 1 });
      if (provenAt[digits] !== undefined) contents.markProven(id, numbered(digits), provenAt[digits]);
    }
    contents.markLetGo(id, numbered('f0'), 1, 'word');
    verified.markMissing(id, [numbered('90')], 1);
    const found: string[] = [];
    for (let after = fromTheOldest; ; ) {
      const page = verified.oldest(id, [home.sourceId], { after, limit: 2 });
      const last = page.at(-1);
      if (!last) break;
      found.push(...page.map(({ assetId }) => assetId));
      after = { provenAtMs: last.provenAtMs ?? 0, sha1: last.sha1 };
    }
    assert.deepEqual(found, ['e0', 'b0', 'c0', 'a0', 'd0']);
    assert.deepEqual(verified.oldest(id, [], { after: fromTheOldest, limit: 2 }), []);
  });

  it('are taken over from a source that was given up by one that has the same bytes', () => {
    using home = new TestJournal();
    const { contents, sources, verified, files } = home.journal;
    const { id } = sources.ensureAccount('anna', 'anna' as UserId, 1);
    const card = sources.ensure('Card', Buffer.from('/card'));
    for (const sourceId of [home.sourceId, card.id]) sources.update(sourceId, { accountId: id });
    for (const digits of ['a0', 'b0']) {
      contents.markStored(id, numbered(digits), { assetId: digits as AssetId, sourceId: card.id, nowMs: 1 });
    }
    files.update(home.insert({ state: 'safe' }), { sha1: numbered('a0') });
    verified.adopt([home.sourceId]);
    assert.deepEqual(
      verified.page(id, [home.sourceId, card.id], '').map(({ sha1: of, sourceId }) => [of, sourceId]),
      [
        [numbered('a0'), home.sourceId],
        [numbered('b0'), card.id],
      ],
    );
  });
});

describe('a journal of the version before', () => {
  it('knows where its contents came from, also for somebody who only looks', () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeroll-journal-'));
    try {
      const old = new DatabaseSync(join(folder, 'journal.sqlite'));
      old.exec(readFileSync(new URL('./sql/schema/0001-journal.sql', import.meta.url), 'utf8'));
      old.exec(`
        PRAGMA user_version = 1;
        INSERT INTO account VALUES (1, 'anna', 'anna', 1);
        INSERT INTO source (id, name, root, account_id) VALUES (4, 'Phone', x'2f70', 1);
        INSERT INTO folder VALUES (1, 4, x'', 0);
        INSERT INTO content (account_id, sha1, asset_id, stored_at) VALUES (1, x'${'ab'.repeat(20)}', 'asset', 1);
        INSERT INTO file (source_id, folder_id, name, stem, kind, role, size, mtime_ns, ctime_ns, birth_ns, device, inode, seen_at, state, sha1, rank, ready)
          VALUES (4, 1, x'61', x'61', 'photo', 'main', 1, 1, 1, 1, 1, 1, 1, 'safe', x'${'ab'.repeat(20)}', 1, 0)`);
      old.close();
      const journal = openJournal(folder, { durability: 'NORMAL', isReadOnly: true });
      assert.equal(journal.verified.knownCount(4 as never), 1);
      journal.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
