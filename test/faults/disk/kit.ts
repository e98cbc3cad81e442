/** What the disk's faults share: moments to strike at, a disk that can be tampered with, and the way back to rest. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAnythingUndone } from '../../../src/desk/index.ts';
import { type Disk, DiskError, type DiskErrorKind, type OpenFile, realDisk } from '../../../src/files/index.ts';
import type { TestHousehold } from '../../kit/household.ts';
import type { Fault } from '../fault.ts';
import { addTolls, lie, type Toll } from '../toll.ts';

/** A fault of the disk, told to the household inside the test. */
export function onHousehold(fault: Pick<Fault, 'name' | 'tries' | 'isQuick' | 'strike'>): Fault {
  return { group: 'disk', by: 'household', ...fault };
}

/** The same for a real process. */
export function onProcess(fault: Pick<Fault, 'name' | 'tries' | 'isQuick' | 'strike' | 'skip'>): Fault {
  return { group: 'disk', by: 'process', ...fault };
}

/** Every look at the disk passes here; what `before` throws is the disk's answer. */
export type Question = 'stat' | 'list' | 'open' | 'read';

export function tamperedDisk(before: (question: Question, path: string) => void, disk: Disk = realDisk): Disk {
  const opened = (file: OpenFile, path: string): OpenFile => ({
    stat: () => file.stat(),
    read: async (...question) => {
      before('read', path);
      return file.read(...question);
    },
    close: () => file.close(),
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  });
  return {
    ...disk,
    stat: async (path) => {
      before('stat', path.toString('latin1'));
      return disk.stat(path);
    },
    async *entries(folder, signal) {
      before('list', folder.toString('latin1'));
      yield* disk.entries(folder, signal);
    },
    open: async (path) => {
      before('open', path.toString('latin1'));
      return opened(await disk.open(path), path.toString('latin1'));
    },
  };
}

export function refuse(kind: DiskErrorKind, path: string): never {
  throw new DiskError(kind, Buffer.from(path, 'latin1'), Object.assign(new Error(kind), { code: kind === 'broken' ? 'EIO' : 'EACCES' }));
}

/** All that is due within hours, and whatever the folder shows by then. */
export async function comeToRest(home: TestHousehold): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    home.clock.leap(3_700_000);
    await home.once({ patienceMs: 20_000 });
  }
}

/** Whether `homeroll once` would end with 3. */
export function isUndone(home: TestHousehold): boolean {
  return isAnythingUndone(
    home.journal,
    home.config.sources.map(({ name }) => name),
  );
}

export function newsOf(home: TestHousehold, kind: string): readonly string[] {
  return home.news().flatMap((news) => (news.kind === kind ? [news.text] : []));
}

export function sha1Of(bytes: Buffer | string): string {
  return createHash('sha1').update(bytes).digest('hex');
}

/** Of all bytes in Immich's store. */
export async function storedSha1s(home: TestHousehold): Promise<ReadonlySet<string>> {
  const folder = join(home.immichAtHand.dataDir, 'originals');
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = found.filter((entry) => entry.isFile());
  return new Set(await Promise.all(files.map(async ({ parentPath, name }) => sha1Of(await readFile(join(parentPath, name))))));
}

/** Sentences about what should have been so and was not. */
export function expecting(...expected: readonly (readonly [isSo: boolean, otherwise: string])[]): Toll {
  return lie(...expected.flatMap(([isSo, otherwise]) => (isSo ? [] : [otherwise])));
}

export const all = addTolls;

/** Runs a program of the system's to its end. */
export function run(program: string, ...words: readonly string[]): void {
  execFileSync(program, words, { stdio: 'ignore' });
}
