/**
 * Is what a source's folder lies on still mounted? By the system's table alone: the disk itself is not asked, and sleeps on. For sources whose
 * folder is looked at only before work.
 */
import type { Disk } from '../../files/index.ts';
import type { Journal } from '../../journal/index.ts';
import type { SourceInUse } from '../step.ts';

export interface MountedParts {
  readonly journal: Journal;
  readonly disk: Disk;
}

export class MountedWatch {
  readonly #source: Pick<SourceInUse, 'id' | 'root'>;
  readonly #parts: MountedParts;
  #seen: string | undefined;

  constructor(source: Pick<SourceInUse, 'id' | 'root'>, parts: MountedParts) {
    this.#source = source;
    this.#parts = parts;
  }

  /** The folder was looked at, and is there: what is mounted now is what belongs there. */
  notePresent(): void {
    const { journal, disk } = this.#parts;
    const now = disk.mountedAt?.(this.#source.root);
    if (now !== undefined && now !== journal.facts.get(this.#fact)) journal.facts.set(this.#fact, now);
  }

  /** Something else is mounted there than when the folder was there, or the right thing is again: the folder itself is to be looked at. */
  isLookNeeded(): boolean {
    const { journal, disk } = this.#parts;
    const now = disk.mountedAt?.(this.#source.root);
    const isNew = now !== this.#seen;
    this.#seen = now;
    const known = journal.facts.get(this.#fact);
    if (now === undefined || known === undefined) return false;
    return now !== known || (isNew && journal.sources.stateOf(this.#source.id) === 'away');
  }

  get #fact(): string {
    return `mounted: ${this.#source.id}`;
  }
}
