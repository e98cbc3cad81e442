/** A folder that the table of mounts calls a share, so that another process reads it. */
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Disk, Readers } from '../../src/files/index.ts';
import { systemClock } from '../../src/kernel/index.ts';

export const linuxOnly = { skip: process.platform !== 'linux' };
export const timeOfDay = (): string => '21:04';

/** With readers that believe that table. */
export class ShareScene implements AsyncDisposable {
  readonly share = realpathSync(mkdtempSync(join(tmpdir(), 'homeroll-reader-')));
  readonly readers = new Readers({
    clock: systemClock,
    readTable: () => Buffer.from(`1 1 8:1 / / rw - ext4 x rw\n2 1 0:50 / ${this.share} rw - nfs4 nas:/x rw\n`),
  });
  readonly disk: Disk = this.readers.disk({ timeOfDay });

  path(name: string): Buffer {
    return Buffer.from(join(this.share, name));
  }

  /** Of the processes that read for us. */
  pids(): readonly number[] {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
    return children.split(' ').flatMap((pid) => (pid.trim() === '' ? [] : [Number(pid)]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.readers.letGo();
    rmSync(this.share, { recursive: true });
  }
}
