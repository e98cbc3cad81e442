/** The disk of this machine, by node:fs: Buffer paths, nanosecond stats, nothing followed, nothing waited for. */
import { type BigIntStats, constants, type Dirent, lstat as lstatWithCallback } from 'node:fs';
import { type FileHandle, open, opendir, readFile, realpath, stat, statfs } from 'node:fs/promises';
import type { Disk, EntryKind, FileStat, FolderEntry, FreeSpace, OpenFile, RootIdentity } from './disk.ts';
import { DiskError, diskErrorOf, saysNothingThere } from './disk-error.ts';
import { filesystemOf } from './filesystem.ts';
import { isMountPoint, mountsBelow, parseMounts } from './mounts.ts';
import { joinPath, type PathBytes } from './path-bytes.ts';

// 256: large enough that a folder of a camera is one or two chunks, small enough to hold while each entry is looked at.
const entriesAtOnce = 256;

export const realDisk: Disk = {
  async stat(path) {
    const found = await unlessNothingThere(lstat(path), path);
    return found && fileStatOf(found);
  },

  async *entries(folder, signal) {
    signal.throwIfAborted();
    const listing = await orDiskError(openFolder(folder), folder);
    try {
      let chunk: FolderEntry[] = [];
      for (;;) {
        const entry = await orDiskError(listing.read(), folder);
        if (entry) chunk.push({ name: entry.name, kind: kindOf(entry) });
        if (chunk.length === entriesAtOnce || (!entry && chunk.length > 0)) {
          signal.throwIfAborted();
          yield chunk;
          chunk = [];
        }
        if (!entry) return;
      }
    } finally {
      await listing.close();
    }
  },

  async open(path) {
    // Looked at first: merely opening a device can act (a watchdog starts, a tape rewinds).
    const before = await orDiskError(lstat(path), path);
    if (!before.isFile()) throw new DiskError('not a file', path);
    const held = await orDiskError(open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK), path);
    const file = openFile(held, path);
    try {
      // Looked at again: the name may have changed hands in between.
      if ((await file.stat()).kind !== 'file') throw new DiskError('not a file', path);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  },

  async root(path) {
    const found = await unlessNothingThere(stat(path, { bigint: true }), path);
    if (!found) return undefined;
    if (!found.isDirectory()) throw new DiskError('not a folder', path);
    const { type } = await orDiskError(statfs(path, { bigint: true }), path);
    const { device, inode, birthtimeNs } = fileStatOf(found);
    const filesystem = process.platform === 'linux' ? filesystemOf(type) : { name: 'local', kind: 'local' as const };
    return { device, inode, birthtimeNs, filesystem, ...(await orDiskError(placeAmongMounts(path, found), path)) } satisfies RootIdentity;
  },

  async freeSpace(path): Promise<FreeSpace> {
    const { bavail, blocks, bsize } = await orDiskError(statfs(path, { bigint: true }), path);
    return { freeBytes: Number(bavail * bsize), totalBytes: Number(blocks * bsize) };
  },
};

function openFile(held: FileHandle, path: PathBytes): OpenFile {
  return {
    ...(process.platform === 'linux' && { procPath: `/proc/${process.pid}/fd/${held.fd}` }),
    stat: async () => fileStatOf(await orDiskError(held.stat({ bigint: true }), path)),
    async read(into, positionBytes, lengthBytes) {
      const { bytesRead } = await orDiskError(held.read(into, 0, lengthBytes, positionBytes), path);
      return bytesRead;
    },
    close: () => held.close(),
    [Symbol.asyncDispose]: () => held.close(),
  };
}

interface Listing {
  read(): Promise<Dirent<Buffer> | null>;
  close(): Promise<void>;
}

// Node lists names as bytes when asked to; only its types do not know.
async function openFolder(path: PathBytes): Promise<Listing> {
  return (await opendir(path, { encoding: 'buffer' as BufferEncoding, bufferSize: entriesAtOnce })) as unknown as Listing;
}

// By callback: a sweep makes one of these for every file, and the promise version costs a tenth more.
function lstat(path: PathBytes): Promise<BigIntStats> {
  return new Promise((resolve, reject) => {
    lstatWithCallback(path, { bigint: true }, (error, found) => (error ? reject(error) : resolve(found)));
  });
}

async function placeAmongMounts(path: PathBytes, found: BigIntStats): Promise<Pick<RootIdentity, 'isMountPoint' | 'mountsBelow'>> {
  if (process.platform === 'linux') {
    const [table, resolved] = await Promise.all([readFile('/proc/self/mountinfo'), realpath(path, { encoding: 'buffer' })]);
    const mounts = parseMounts(table);
    return { isMountPoint: isMountPoint(mounts, resolved), mountsBelow: mountsBelow(mounts, resolved) };
  }
  const parent = await stat(joinPath(path, Buffer.from('..')), { bigint: true });
  return { isMountPoint: parent.dev !== found.dev };
}

function fileStatOf(found: BigIntStats): FileStat {
  return {
    kind: kindOf(found),
    sizeBytes: Number(found.size),
    mtimeNs: within64Bits(found.mtimeNs),
    ctimeNs: within64Bits(found.ctimeNs),
    birthtimeNs: within64Bits(found.birthtimeNs),
    device: found.dev,
    inode: found.ino,
    links: Number(found.nlink),
  };
}

/** A broken clock can date a file beyond the year 2262, more nanoseconds than the journal's integers hold. */
function within64Bits(ns: bigint): bigint {
  const most = 2n ** 63n - 1n;
  return ns > most ? most : ns < -most ? -most : ns;
}

function kindOf(found: BigIntStats | Dirent<Buffer>): EntryKind {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'folder';
  return found.isSymbolicLink() ? 'link' : 'other';
}

async function orDiskError<T>(asked: Promise<T>, path: PathBytes): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw diskErrorOf(error, path);
  }
}

async function unlessNothingThere<T>(asked: Promise<T>, path: PathBytes): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (saysNothingThere(error)) return undefined;
    throw diskErrorOf(error, path);
  }
}
