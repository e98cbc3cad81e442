import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { openJournal } from './journal.ts';
import { journalPath } from './place.ts';
import { Sqlite } from './sqlite.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

it('a journal of before knows the halves of a live photo by one stem, also where their names are no text', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeroll-stems-'));
  try {
    openJournal(folder, { durability: 'OFF' }).close();
    const old = new Sqlite(journalPath(folder), { durability: 'OFF' });
    const rows = [
      ['IMG_1.HEIC', 'IMG_1', 'photo'],
      ['img_1.mov', 'img_1', 'video'],
      ['IMG_1_HEVC.MOV', 'IMG_1_HEVC', 'video'],
      ['IMG_1_HEVC.MOV.xmp', 'IMG_1_HEVC', 'sidecar'],
      ['J\xd6RG \xff.JPG', 'J\xd6RG \xff', 'photo'],
      ['Notes_HEVC.txt', 'Notes_HEVC.txt', 'other'],
    ] as const;
    old.execute(
      `INSERT INTO source (id, name, root) VALUES (1, 'Phone', x'2f'); INSERT INTO folder (id, source_id, path) VALUES (1, 1, x'')`,
    );
    for (const [name, stem, kind] of rows) {
      old.run(
        `INSERT INTO file (source_id, folder_id, name, stem, kind, role, size, mtime_ns, ctime_ns, birth_ns, device, inode, seen_at, state, rank, ready)
         VALUES (1, 1, ?, ?, ?, 'main', 1, 1, 1, 1, 1, 1, 1, 'safe', 1, 0)`,
        bytes(name),
        bytes(stem),
        kind,
      );
    }
    old.execute(readFileSync(new URL('./sql/schema/0008-stems.sql', import.meta.url), 'utf8'));
    const stems = old.all('SELECT stem FROM file ORDER BY id').map(({ stem }) => Buffer.from(stem as Uint8Array).toString('latin1'));
    old.close();
    assert.deepEqual(stems, ['img_1', 'img_1', 'img_1', 'img_1', 'j\xd6rg \xff', 'notes_hevc.txt']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('a journal of before knows files that a Mac named by the stem that others give them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeroll-stems-'));
  try {
    openJournal(folder, { durability: 'OFF' }).close();
    const old = new Sqlite(journalPath(folder), { durability: 'OFF' });
    old.execute(
      `INSERT INTO source (id, name, root) VALUES (1, 'Phone', x'2f'); INSERT INTO folder (id, source_id, path) VALUES (1, 1, x'')`,
    );
    for (const stem of [Buffer.from('gru\u0308n'), Buffer.from('plain'), bytes('u\xcc\x88 \xff')])
      old.run(
        `INSERT INTO file (source_id, folder_id, name, stem, kind, role, size, mtime_ns, ctime_ns, birth_ns, device, inode, seen_at, state, rank, ready)
         VALUES (1, 1, ?, ?, 'photo', 'main', 1, 1, 1, 1, 1, 1, 1, 'safe', 1, 0)`,
        stem,
        stem,
      );
    old.execute('PRAGMA user_version = 12');
    old.close();
    openJournal(folder, { durability: 'OFF' }).close();
    const now = new Sqlite(journalPath(folder), { durability: 'OFF' });
    const stems = now.all('SELECT stem FROM file ORDER BY id').map(({ stem }) => Buffer.from(stem as Uint8Array));
    now.close();
    assert.deepEqual(stems, [Buffer.from('gr\u00fcn'), Buffer.from('plain'), bytes('u\xcc\x88 \xff')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
