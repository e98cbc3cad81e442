/** What the system tells of changes, and what it does not: it drops events when there are too many, and a folder made meanwhile is not watched. */
import type { PathBytes } from '../../src/files/index.ts';
import { type Finding, found } from './finding.ts';
import { show } from './show.ts';

const key = (path: PathBytes): string => path.toString('latin1');
const isAtOrBelow = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`);
// Homeroll listens and then walks, and what lies between is no time; what was made in it may be missed by the one and seen by the other.
const momentMs = 60_000;

export class Ears {
  /** The system drops all that happens. */
  isDropping = false;
  /** Roots that this life listens to, and when it began to, last. */
  readonly #listenedAtMs = new Map<string, number>();
  readonly #watched = new Set<string>();
  /** Folders that are not watched, and since when. */
  readonly #deaf = new Map<string, number>();
  readonly #elapsed: () => number;

  /** @param elapsed by the clock that nobody sets */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  /** Homeroll died. */
  forget(): void {
    this.#listenedAtMs.clear();
    this.#watched.clear();
    this.#deaf.clear();
  }

  /** From now on every folder below is watched that is there. */
  listen(root: PathBytes, folders: readonly PathBytes[]): void {
    this.#listenedAtMs.set(key(root), this.#elapsed());
    for (const folder of folders) {
      this.#watched.add(key(folder));
      this.#deaf.delete(key(folder));
    }
  }

  /** Whether a change at this path is told. @param isFolder of the path itself */
  hears(path: PathBytes, isFolder: boolean): boolean {
    const parent = key(path).slice(0, key(path).lastIndexOf('/'));
    const concerned = isFolder ? [parent, key(path)] : [parent];
    if (this.isDropping) {
      for (const folder of concerned) if (!this.#watched.has(folder) && !this.#deaf.has(folder)) this.#deaf.set(folder, this.#elapsed());
      return false;
    }
    if (this.#deaf.has(parent)) return false;
    for (const folder of concerned) this.#watched.add(folder);
    return true;
  }

  /** Homeroll begins to walk: whatever was not watched must be by now. */
  findDeaf(root: PathBytes): readonly Finding[] {
    if (!this.#listenedAtMs.has(key(root))) return [];
    const deaf = [...this.#deaf].find(([folder, sinceMs]) => isAtOrBelow(folder, key(root)) && this.#elapsed() - sinceMs > momentMs);
    return deaf ? [found('deaf', `${show(Buffer.from(deaf[0], 'latin1'))} is not listened to, and Homeroll walks by`)] : [];
  }
}
