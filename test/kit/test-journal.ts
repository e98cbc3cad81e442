/** A journal in a folder of its own, with one source and one folder in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileId, FolderId, SourceId } from '../../src/domain/index.ts';
import { type Journal, type NewFile, openJournal } from '../../src/journal/index.ts';

export class TestJournal implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'homeroll-journal-'));
  readonly stateFolder = join(this.folder, 'state');
  journal: Journal = openJournal(this.stateFolder, { durability: 'OFF' });
  readonly sourceId: SourceId = this.journal.sources.ensure('Phone', Buffer.from('/phone')).id;
  readonly folderId: FolderId = this.journal.sources.ensureFolder(this.sourceId, Buffer.alloc(0));
  #number = 0;

  insert(of: Partial<NewFile> = {}): FileId {
    this.#number += 1;
    return this.journal.files.insert({
      sourceId: this.sourceId,
      folderId: this.folderId,
      name: Buffer.from(`${this.#number}.jpg`),
      stem: Buffer.from(`${this.#number}`),
      kind: 'photo',
      role: 'main',
      stat: { sizeBytes: 10, mtimeNs: 1n, ctimeNs: 2n, birthtimeNs: 3n, device: 4n, inode: BigInt(this.#number) },
      seenAtMs: 1_000,
      state: 'wanted',
      rank: this.#number,
      isReady: true,
      ...of,
    });
  }

  reopen(): void {
    this.journal.close();
    this.journal = openJournal(this.stateFolder, { durability: 'OFF' });
  }

  [Symbol.dispose](): void {
    this.journal.close();
    rmSync(this.folder, { recursive: true });
  }
}
