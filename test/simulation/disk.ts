/** A disk in memory: names are bytes, freed inodes are given away again, shares come and go, mtimes can be set to anything. */
import {
  type Disk,
  DiskError,
  type EntryKind,
  type FileStat,
  type FolderEntry,
  type FreeSpace,
  type OpenFile,
  type PathBytes,
  type RootIdentity,
} from '../../src/files/index.ts';
import type { Clock } from '../../src/kernel/index.ts';

interface Node {
  kind: EntryKind;
  bytes: Buffer;
  inode: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
  birthtimeNs: bigint;
}

// Few, so that even a small folder is told in several pieces, between which everything else may happen.
const entriesAtOnce = 4;

const key = (path: PathBytes): string => path.toString('latin1');

export class SimulatedDisk implements Disk {
  readonly #clock: Clock;
  readonly #nodes = new Map<string, Node>();
  /** Freed inodes, the last one freed is the first to be given away, as ext4 does. */
  readonly #freeInodes: bigint[] = [];
  readonly #unmounted = new Set<string>();
  #nextInode = 100n;
  /** How often a file was opened. */
  opened = 0;
  /** Called with each change, as the operating system would hint. */
  onChange: (path: PathBytes) => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  // What the household does.

  makeFolder(path: PathBytes): void {
    if (!this.#nodes.has(key(path))) this.#nodes.set(key(path), this.#node('folder', Buffer.alloc(0)));
  }

  write(path: PathBytes, bytes: Buffer, mtimeMs = this.#clock.now()): void {
    const known = this.#nodes.get(key(path));
    const node = known ?? this.#node('file', bytes);
    node.bytes = bytes;
    node.mtimeNs = BigInt(Math.trunc(mtimeMs)) * 1_000_000n;
    node.ctimeNs = this.#nowNs();
    this.#nodes.set(key(path), node);
    this.onChange(path);
  }

  touch(path: PathBytes, mtimeMs: number): void {
    const node = this.#nodes.get(key(path));
    if (!node) return;
    node.mtimeNs = BigInt(Math.trunc(mtimeMs)) * 1_000_000n;
    node.ctimeNs = this.#nowNs();
    this.onChange(path);
  }

  rename(from: PathBytes, to: PathBytes): void {
    const node = this.#nodes.get(key(from));
    if (!node || this.#nodes.has(key(to))) return;
    this.#nodes.delete(key(from));
    node.ctimeNs = this.#nowNs();
    this.#nodes.set(key(to), node);
    this.onChange(from);
    this.onChange(to);
  }

  remove(path: PathBytes): void {
    const node = this.#nodes.get(key(path));
    if (!node) return;
    this.#nodes.delete(key(path));
    this.#freeInodes.push(node.inode);
    this.onChange(path);
  }

  /** The folder is empty and stands on another device until it is mounted again; no event is heard. */
  unmount(root: PathBytes): void {
    this.#unmounted.add(key(root));
  }

  /** @param isRenumbered a network share gives its files new inodes with each mount */
  mount(root: PathBytes, isRenumbered: boolean): void {
    this.#unmounted.delete(key(root));
    if (!isRenumbered) return;
    for (const [path, node] of this.#nodes) if (path.startsWith(key(root))) node.inode = this.#nextInode++;
  }

  /** The files below `root`, whether or not it is mounted. */
  files(root: PathBytes): { path: PathBytes; bytes: Buffer; mtimeMs: number }[] {
    return [...this.#nodes]
      .filter(([path, { kind }]) => kind === 'file' && path.startsWith(`${key(root)}/`))
      .map(([path, { bytes, mtimeNs }]) => ({ path: Buffer.from(path, 'latin1'), bytes, mtimeMs: Number(mtimeNs / 1_000_000n) }));
  }

  // What Homeroll asks.

  async stat(path: PathBytes): Promise<FileStat | undefined> {
    const node = this.#visible(path);
    return node && this.#statOf(node, path);
  }

  async *entries(folder: PathBytes, signal: AbortSignal): AsyncGenerator<readonly FolderEntry[]> {
    signal.throwIfAborted();
    if (this.#visible(folder)?.kind !== 'folder') throw new DiskError('vanished', folder);
    if (this.#unmounted.has(key(folder))) return;
    const prefix = `${key(folder)}/`;
    const found: FolderEntry[] = [];
    for (const [path, { kind }] of this.#nodes) {
      if (path.startsWith(prefix) && !path.includes('/', prefix.length))
        found.push({ name: Buffer.from(path.slice(prefix.length), 'latin1'), kind });
    }
    for (let at = 0; at < found.length; at += entriesAtOnce) yield found.slice(at, at + entriesAtOnce);
  }

  async open(path: PathBytes): Promise<OpenFile> {
    const node = this.#visible(path);
    if (!node) throw new DiskError('vanished', path);
    if (node.kind !== 'file') throw new DiskError('not a file', path);
    this.opened += 1;
    return {
      stat: async () => this.#statOf(node, path),
      read: async (into, position, length) => node.bytes.copy(into, 0, position, position + length),
      close: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    };
  }

  async root(path: PathBytes): Promise<RootIdentity | undefined> {
    const node = this.#visible(path);
    if (!node) return undefined;
    const isAway = this.#unmounted.has(key(path));
    const isNetwork = path.includes('share');
    return {
      device: isAway ? 1n : 2n,
      inode: isAway ? 1n : node.inode,
      birthtimeNs: node.birthtimeNs,
      filesystem: isNetwork && !isAway ? { name: 'nfs', kind: 'network' } : { name: 'ext4', kind: 'local' },
      isMountPoint: !isAway,
    };
  }

  async freeSpace(): Promise<FreeSpace> {
    return { freeBytes: 1e12, totalBytes: 2e12 };
  }

  #visible(path: PathBytes): Node | undefined {
    const isHidden = [...this.#unmounted].some((root) => key(path).startsWith(`${root}/`));
    return isHidden ? undefined : this.#nodes.get(key(path));
  }

  #statOf({ kind, bytes, inode, mtimeNs, ctimeNs, birthtimeNs }: Node, path: PathBytes): FileStat {
    const device = this.#unmounted.has(key(path)) ? 1n : 2n;
    return { kind, sizeBytes: bytes.length, mtimeNs, ctimeNs, birthtimeNs, device, inode, links: 1 };
  }

  #node(kind: EntryKind, bytes: Buffer): Node {
    const nowNs = this.#nowNs();
    const inode = this.#freeInodes.pop() ?? this.#nextInode++;
    return { kind, bytes, inode, mtimeNs: nowNs, ctimeNs: nowNs, birthtimeNs: nowNs };
  }

  #nowNs(): bigint {
    // A birth must differ from a change a moment later, as it does on a real disk.
    return BigInt(Math.trunc(this.#clock.now())) * 1_000_000n + this.#tick();
  }

  #ticks = 0n;
  #tick(): bigint {
    this.#ticks = (this.#ticks + 1n) % 1_000_000n;
    return this.#ticks;
  }
}
