/**
 * Says on which mount a path lies, without ever asking a filesystem that may not answer: by the kernel's table of mounts, and by reading
 * links only where everything on the way to them answers by itself.
 */
import { readFileSync } from 'node:fs';
import { readlink } from 'node:fs/promises';
import type { Clock } from '../../kernel/index.ts';
import { answersByItself } from '../filesystem.ts';
import { type Mount, mountOf, mountsBelow, parseMounts } from '../mounts.ts';
import { joinPath, type PathBytes } from '../path-bytes.ts';

export type Place =
  /** All on the way to it answers by itself. `path`: without links. */
  | { readonly kind: 'inside'; readonly path: PathBytes }
  /** The way to it leads onto a mount that may fall silent. `path`: without the links on the way to that mount. */
  | { readonly kind: 'outside'; readonly path: PathBytes; readonly mount: Mount };

export interface WhereaboutsParts {
  readonly clock: Pick<Clock, 'elapsed'>;
  /** The kernel's table; empty where the system has none. Must never wait. */
  readonly readTable?: () => Buffer;
}

// A sweep asks about one folder's files one after the other; a mount that is newer than this is met a moment too late.
const freshMs = 250;
const mostRemembered = 1_000;
// As many as the kernel follows (path_resolution(7)).
const mostLinks = 40;
const slash = 0x2f;
const rootPath = Buffer.from('/');

export class Whereabouts {
  readonly #clock: Pick<Clock, 'elapsed'>;
  readonly #readTable: () => Buffer;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #table: Buffer = Buffer.alloc(0);
  #mounts: readonly Mount[] = [];
  #isAnyOutside = false;
  /** Folders that were looked up since the table was read last. */
  #folders = new Map<string, Place>();

  constructor({ clock, readTable = readSystemTable }: WhereaboutsParts) {
    this.#clock = clock;
    this.#readTable = readTable;
  }

  /** Of the path itself: a link in its last name is not followed. */
  async of(path: PathBytes): Promise<Place> {
    this.#refresh();
    if (!this.#isAnyOutside) return { kind: 'inside', path };
    const { folder, name } = cut(path);
    return this.#enter(await this.#folder(folder, mostLinks), name);
  }

  /** Of what the path leads to, when its last name is a link. */
  async ofTarget(path: PathBytes): Promise<Place> {
    this.#refresh();
    if (!this.#isAnyOutside) return { kind: 'inside', path };
    return this.#folder(path, mostLinks);
  }

  /** The mount that a path lies on, in a word that another mount there does not share. Links are not followed. */
  mountedAt(path: PathBytes): string | undefined {
    this.#refresh();
    const mount = mountOf(this.#mounts, path);
    return mount && [mount.point.toString('latin1'), mount.device, mount.filesystem, mount.origin].join(' ');
  }

  /** What is mounted below a folder and may fall silent. @param folder without links */
  mountsBelow(folder: PathBytes): readonly Mount[] {
    this.#refresh();
    if (!this.#isAnyOutside) return [];
    return this.#mounts.filter((mount) => mayFallSilent(mount) && mountsBelow([mount], folder).length > 0);
  }

  /** Names in a folder at which something is mounted that may fall silent. @param folder without links */
  namesOfMountsIn(folder: PathBytes): readonly Buffer[] {
    this.#refresh();
    if (!this.#isAnyOutside) return [];
    return mountsBelow(this.#mounts.filter(mayFallSilent), folder).filter((path) => !path.includes(slash));
  }

  /** A place where this device is seen: not one that something else was mounted over. */
  pointOf(device: string): PathBytes | undefined {
    this.#refresh();
    const places = this.#mounts.filter((mount) => mount.device === device);
    return (places.find((mount) => mountOf(this.#mounts, mount.point) === mount) ?? places[0])?.point;
  }

  isMounted(device: string): boolean {
    this.#refresh();
    return this.#mounts.some((mount) => mount.device === device);
  }

  #refresh(): void {
    const nowMs = this.#clock.elapsed();
    if (nowMs - this.#readAtMs < freshMs) return;
    this.#readAtMs = nowMs;
    this.#folders = new Map();
    const table = this.#readTable();
    if (table.equals(this.#table)) return;
    this.#table = table;
    this.#mounts = parseMounts(table);
    this.#isAnyOutside = this.#mounts.some(mayFallSilent);
  }

  async #folder(path: PathBytes, linksLeft: number): Promise<Place> {
    const key = path.toString('latin1');
    const folders = this.#folders;
    const known = folders.get(key);
    if (known) return known;
    const found = await this.#follow(path, linksLeft);
    if (folders.size < mostRemembered) folders.set(key, found);
    return found;
  }

  /** Name by name from the top, as the kernel goes. */
  async #follow(path: PathBytes, linksLeft: number): Promise<Place> {
    const { folder, name } = cut(path);
    if (name.length === 0) return this.#enter({ kind: 'inside', path: rootPath }, name);
    const above = await this.#folder(folder, linksLeft);
    const place = this.#enter(above, name);
    if (place.kind === 'outside' || linksLeft === 0) return place;
    const target = await readlink(place.path, { encoding: 'buffer' }).catch(() => undefined);
    if (target === undefined) return place;
    return this.#folder(target[0] === slash ? target : joinPath(above.path, target), linksLeft - 1);
  }

  #enter(above: Place, name: Buffer): Place {
    const isHere = name.length === 0 || (name.length === 1 && name.toString() === '.');
    const path = isHere ? above.path : name.toString('latin1') === '..' ? cut(above.path).folder : joinPath(above.path, name);
    const mount = mountOf(this.#mounts, path);
    if (mount && mayFallSilent(mount)) return { kind: 'outside', path, mount };
    // A disk that is mounted below a share: whoever goes there asks the share for the way.
    return above.kind === 'outside' ? { ...above, path } : { kind: 'inside', path };
  }
}

function mayFallSilent({ filesystem }: Mount): boolean {
  return !answersByItself(filesystem);
}

/** The last name of a path, and what stands before it. */
function cut(path: PathBytes): { readonly folder: PathBytes; readonly name: Buffer } {
  let end = path.length;
  while (end > 0 && path[end - 1] === slash) end -= 1;
  const start = end === 0 ? 0 : path.lastIndexOf(slash, end - 1) + 1;
  let folderEnd = start;
  while (folderEnd > 1 && path[folderEnd - 1] === slash) folderEnd -= 1;
  return { folder: start === 0 ? rootPath : path.subarray(0, folderEnd), name: path.subarray(start, end) };
}

function readSystemTable(): Buffer {
  try {
    return readFileSync('/proc/self/mountinfo');
  } catch {
    return Buffer.alloc(0);
  }
}
