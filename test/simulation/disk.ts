/** A disk in memory: names are bytes, freed inodes are given away again, volumes come and go, times are what each filesystem keeps. */
import type { Disk, EntryKind, FileStat, FolderEntry, FreeSpace, OpenFile, PathBytes, RootIdentity } from '../../src/files/index.ts';
import { DiskError } from '../../src/files/index.ts';
import { type Clock, type Random, seededRandom } from '../../src/kernel/index.ts';
import { isBelow, key, type Node, parentOf } from './disk-node.ts';
import { type DiskCall, type DiskTrouble, type DiskTroubles, troublesOf } from './disk-trouble.ts';
import { Silences } from './silence.ts';
import { plainVolumes, systemDisk, type Volume } from './volumes.ts';

export interface FileOnDisk {
  readonly path: PathBytes;
  readonly bytes: Buffer;
  /** As the disk tells it. */
  readonly mtimeMs: number;
}

/** How a volume comes back: its inodes as they were, all new ones, or each with that of another. */
export type Remount = 'same' | 'new inodes' | 'mixed inodes';

// Few, so that even a small folder is told in several pieces, between which everything else may happen.
const entriesAtOnce = 4;

export class SimulatedDisk implements Disk {
  readonly #clock: Clock;
  readonly #nodes = new Map<string, Node>();
  readonly #children = new Map<string, Set<string>>();
  /** The last one freed is the first to be given away. */
  readonly #freeInodes: bigint[] = [];
  readonly volumes: readonly Volume[];
  readonly #volumesByPath = new Map<string, Volume>();
  readonly #troubles: DiskTroubles;
  readonly silences: Silences;
  #nextInode = 100n;
  #ticks = 0n;
  /** Called with each change, as the operating system would hint. */
  onChange: (path: PathBytes) => void = () => undefined;
  /** Called while a file is read: somebody else may use it at the same moment. */
  onRead: (path: PathBytes) => void = () => undefined;

  constructor(clock: Clock, random: Random = seededRandom(1), volumes: readonly Volume[] = plainVolumes()) {
    this.#clock = clock;
    this.volumes = volumes;
    this.#troubles = troublesOf(random);
    this.silences = new Silences(clock);
    for (const { root } of volumes) this.makeFolder(root);
  }

  // What the household does.

  makeFolder(path: PathBytes): void {
    if (!this.#nodes.has(key(path))) this.#add(key(path), this.#node('folder', Buffer.alloc(0), key(path)));
  }

  write(path: PathBytes, bytes: Buffer, mtimeMs = this.#clock.now()): void {
    const node = this.#nodes.get(key(path)) ?? this.#node('file', bytes, key(path));
    node.bytes = bytes;
    this.#stamp(node, mtimeMs);
    this.#add(key(path), node);
    this.onChange(path);
  }

  touch(path: PathBytes, mtimeMs: number): void {
    const node = this.#nodes.get(key(path));
    if (!node) return;
    this.#stamp(node, mtimeMs);
    this.onChange(path);
  }

  /** A file or a folder with all it holds; nothing when something is there already, as people are asked then. */
  rename(from: PathBytes, to: PathBytes): void {
    const node = this.#nodes.get(key(from));
    if (!node || this.#nodes.has(key(to))) return;
    const moved = [...this.#nodes].filter(([path]) => path === key(from) || isBelow(path, key(from)));
    for (const [path] of moved) this.#drop(path);
    for (const [path, one] of moved) this.#add(key(to) + path.slice(from.length), one);
    node.ctimeNs = this.#nowNs();
    this.onChange(from);
    this.onChange(to);
  }

  /** Another name for the same file. */
  link(from: PathBytes, to: PathBytes): void {
    const node = this.#nodes.get(key(from));
    if (!node || this.#nodes.has(key(to)) || !this.#volumeOf(key(to)).hasLinks) return;
    node.links += 1;
    node.ctimeNs = this.#nowNs();
    this.#add(key(to), node);
    this.onChange(to);
  }

  remove(path: PathBytes): void {
    const node = this.#nodes.get(key(path));
    if (!node) return;
    this.#drop(key(path));
    node.links -= 1;
    if (node.links === 0 && this.#volumeOf(key(path)).reusesInodes) this.#freeInodes.push(node.inode);
    this.onChange(path);
  }

  /** The folder is empty and stands on another device until it is mounted again; no event is heard. */
  unmount(root: PathBytes): void {
    for (const volume of this.volumes) if (volume.root.equals(root)) volume.isMounted = false;
  }

  mount(root: PathBytes, how: Remount, device?: bigint): void {
    const volume = this.volumes.find((one) => one.root.equals(root));
    if (!volume) return;
    volume.isMounted = true;
    volume.device = device ?? volume.device;
    if (how === 'same') return;
    const nodes = [...new Set([...this.#nodes].filter(([path]) => this.#volumeOf(path) === volume).map(([, node]) => node))];
    const inodes = nodes.map(({ inode }) => inode);
    for (const [index, node] of nodes.entries()) {
      node.inode = how === 'mixed inodes' ? (inodes[(index + 1) % inodes.length] ?? 0n) : this.#nextInode++;
    }
  }

  /** FAT keeps the wall clock's time: when clocks change, all its times do. */
  shiftTimes(root: PathBytes, byMs: number): void {
    const nodes = new Set([...this.#nodes].filter(([path]) => isBelow(path, key(root))).map(([, node]) => node));
    for (const node of nodes) node.mtimeNs += BigInt(byMs) * 1_000_000n;
  }

  /** The files below `root`, whether or not it is mounted. */
  files(root: PathBytes): FileOnDisk[] {
    return [...this.#nodes]
      .filter(([path, { kind }]) => kind === 'file' && isBelow(path, key(root)))
      .map(([path, { bytes, mtimeNs }]) => ({ path: Buffer.from(path, 'latin1'), bytes, mtimeMs: Number(mtimeNs / 1_000_000n) }));
  }

  /** The file at `path`, or the files below it. */
  filesAt(path: PathBytes): readonly FileOnDisk[] {
    const bytes = this.bytesAt(path);
    return bytes ? [{ path, bytes, mtimeMs: this.mtimeAt(path) ?? 0 }] : this.files(path);
  }

  /** The folders at and below `root`. */
  folders(root: PathBytes): readonly PathBytes[] {
    return [...this.#nodes]
      .filter(([path, { kind }]) => kind === 'folder' && (path === key(root) || isBelow(path, key(root))))
      .map(([path]) => Buffer.from(path, 'latin1'));
  }

  bytesAt(path: PathBytes): Buffer | undefined {
    const node = this.#nodes.get(key(path));
    return node?.kind === 'file' ? node.bytes : undefined;
  }

  mtimeAt(path: PathBytes): number | undefined {
    const node = this.#nodes.get(key(path));
    return node && Number(node.mtimeNs / 1_000_000n);
  }

  /** All names of a file, hard links too. */
  namesOf(path: PathBytes): readonly PathBytes[] {
    const node = this.#nodes.get(key(path));
    if (!node || node.links < 2) return [path];
    return [...this.#nodes].filter(([, other]) => other === node).map(([name]) => Buffer.from(name, 'latin1'));
  }

  isOneVolume(one: PathBytes, other: PathBytes): boolean {
    return this.#volumeOf(key(one)) === this.#volumeOf(key(other));
  }

  /** Whether all that the path stands on is mounted. */
  isMounted(path: PathBytes): boolean {
    return !this.volumes.some(({ root, isMounted }) => !isMounted && (key(path) === key(root) || isBelow(key(path), key(root))));
  }

  begin(trouble: DiskTrouble): void {
    this.#troubles.begin(trouble);
  }

  end(trouble?: DiskTrouble): void {
    this.#troubles.end(trouble);
  }

  // What Homeroll asks.

  async stat(path: PathBytes): Promise<FileStat | undefined> {
    await this.#answer('stat', path);
    const node = this.#visible(path);
    return node && this.#statOf(node, path);
  }

  async *entries(folder: PathBytes, signal: AbortSignal): AsyncGenerator<readonly FolderEntry[]> {
    signal.throwIfAborted();
    await this.#answer('entries', folder);
    if (this.#visible(folder)?.kind !== 'folder') throw new DiskError('vanished', folder);
    const isAway = this.volumes.some(({ root, isMounted }) => !isMounted && root.equals(folder));
    if (isAway) return;
    const paths = [...(this.#children.get(key(folder)) ?? [])];
    for (let at = 0; at < paths.length; at += entriesAtOnce) {
      const named = paths.slice(at, at + entriesAtOnce).map((path) => Buffer.from(path.slice(folder.length + 1), 'latin1'));
      yield named.map((name, index) => ({ name, kind: this.#nodes.get(paths[at + index] ?? '')?.kind ?? 'unknown' }));
    }
  }

  async open(path: PathBytes): Promise<OpenFile> {
    await this.#answer('open', path);
    const node = this.#visible(path);
    if (!node) throw new DiskError('vanished', path);
    if (node.kind !== 'file') throw new DiskError('not a file', path);
    return {
      stat: async () => this.#statOf(node, path),
      read: async (into, position, length) => {
        await this.#answer('read', path);
        this.onRead(path);
        return node.bytes.copy(into, 0, position, position + length);
      },
      close: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    };
  }

  async root(path: PathBytes): Promise<RootIdentity | undefined> {
    await this.#answer('root', path);
    const node = this.#visible(path);
    if (!node) return undefined;
    const { device, filesystem, root } = this.#standsOn(key(path));
    const { inode, birthtimeNs } = node;
    return { device, inode: device === 1n ? 1n : inode, birthtimeNs, filesystem, isMountPoint: root.equals(path) };
  }

  async freeSpace(): Promise<FreeSpace> {
    return { freeBytes: 1e12, totalBytes: 2e12 };
  }

  async #answer(call: DiskCall, path: PathBytes): Promise<void> {
    await this.silences.answer(path);
    this.#troubles.strike(call, path);
  }

  #add(path: string, node: Node): void {
    const folder = parentOf(path);
    // A program that saves where the folder was renamed meanwhile makes it anew.
    if (folder !== '' && !this.#nodes.has(folder)) this.#add(folder, this.#node('folder', Buffer.alloc(0), folder));
    this.#nodes.set(path, node);
    const siblings = this.#children.get(folder) ?? new Set();
    this.#children.set(folder, siblings.add(path));
  }

  #drop(path: string): void {
    this.#nodes.delete(path);
    this.#children.get(parentOf(path))?.delete(path);
  }

  #visible(path: PathBytes): Node | undefined {
    const name = key(path);
    const isHidden = this.volumes.some(({ root, isMounted }) => !isMounted && isBelow(name, key(root)));
    return isHidden ? undefined : this.#nodes.get(name);
  }

  /** The volume that a path belongs to when all are mounted: the innermost. */
  #volumeOf(path: string): Volume {
    const known = this.#volumesByPath.get(path);
    if (known) return known;
    const holding = this.volumes.filter(({ root }) => path === key(root) || isBelow(path, key(root)));
    const innermost = holding.toSorted((one, other) => other.root.length - one.root.length)[0] ?? systemDisk;
    this.#volumesByPath.set(path, innermost);
    return innermost;
  }

  #standsOn(path: string): Volume {
    const volume = this.#volumeOf(path);
    return volume.isMounted ? volume : volume === systemDisk ? volume : this.#standsOn(parentOf(key(volume.root)));
  }

  #statOf({ kind, bytes, inode, mtimeNs, ctimeNs, birthtimeNs, links }: Node, path: PathBytes): FileStat {
    const { device, tickMs, birth, keepsChangeTimes } = this.#standsOn(key(path));
    const coarse = (ns: bigint): bigint => (tickMs === 0 ? ns : ns - (ns % (BigInt(tickMs) * 1_000_000n)));
    const born = { kept: birthtimeNs, 'by time of change': coarse(mtimeNs), unknown: 0n }[birth];
    const changed = coarse(keepsChangeTimes ? ctimeNs : mtimeNs);
    return { kind, sizeBytes: bytes.length, mtimeNs: coarse(mtimeNs), ctimeNs: changed, birthtimeNs: born, device, inode, links };
  }

  #node(kind: EntryKind, bytes: Buffer, path: string): Node {
    const nowNs = this.#nowNs();
    const free = this.#volumeOf(path).reusesInodes ? this.#freeInodes.pop() : undefined;
    return { kind, bytes, inode: free ?? this.#nextInode++, mtimeNs: nowNs, ctimeNs: nowNs, birthtimeNs: nowNs, links: 1 };
  }

  #stamp(node: Node, mtimeMs: number): void {
    node.mtimeNs = BigInt(Math.trunc(mtimeMs)) * 1_000_000n;
    node.ctimeNs = this.#nowNs();
  }

  #nowNs(): bigint {
    // A birth must differ from a change a moment later, as it does on a real disk.
    this.#ticks = (this.#ticks + 1n) % 1_000_000n;
    return BigInt(Math.trunc(this.#clock.now())) * 1_000_000n + this.#ticks;
  }
}
