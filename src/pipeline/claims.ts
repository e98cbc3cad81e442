/** Who goes next: the highest rank that waits in any lane with room. Knows which files are in somebody's hands. */
import type { FileId, FileRecord, WorkingState } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { Accounts } from './accounts.ts';
import { Lanes } from './lanes.ts';
import type { LaneName, SourceInUse, Step } from './step.ts';

export interface Claim {
  readonly step: Step;
  readonly source: SourceInUse;
  readonly files: readonly FileRecord[];
}

export interface ClaimParts {
  readonly journal: Journal;
  /** In the order of the journey. */
  readonly steps: readonly Step[];
  readonly accounts: Accounts;
  /** Sources whose files may be worked on now. */
  readonly workable: () => readonly SourceInUse[];
  readonly laneSlots: Readonly<Record<LaneName, number>>;
  readonly clock: Clock;
}

/** Somewhere that files wait. */
interface Place {
  readonly step: Step;
  readonly state: WorkingState;
  readonly source: SourceInUse;
}

interface WaitingPlace extends Place {
  /** Of the file that would go next. */
  readonly rank: number;
}

interface Lease {
  readonly step: Step;
  readonly state: WorkingState;
  readonly source: SourceInUse;
  /** Held until what was said of the file is written: only then does the next one with this key see it. */
  readonly key: string | undefined;
  /** Immich does not answer, and others go on meanwhile. */
  readonly isAside: boolean;
}

const nameOf = ({ state, source }: Place): string => `${state} ${source.id}`;

export class Claims {
  readonly #parts: ClaimParts;
  readonly #lanes: Lanes;
  /** In memory only: after a crash nobody holds anything. */
  readonly #leased = new Map<FileId, Lease>();
  readonly #keysHeld = new Set<string>();
  /** When what gathers at a place will be taken, by our elapsed time. Only places that were found waiting at the last look. */
  #gatheredAtMs = new Map<string, number>();

  constructor(parts: ClaimParts) {
    this.#parts = parts;
    this.#lanes = new Lanes(parts.laneSlots);
  }

  /** In how many milliseconds something that gathers now will be taken; undefined: nothing gathers. */
  gatheredInMs(): number | undefined {
    if (this.#gatheredAtMs.size === 0) return undefined;
    return Math.max(0, Math.min(...this.#gatheredAtMs.values()) - this.#parts.clock.elapsed());
  }

  /** What should go next, now in the caller's hands: the highest rank first, of equal ranks those furthest along. */
  *take(): Generator<Claim> {
    for (const place of this.#places().toSorted((one, other) => other.rank - one.rank)) {
      const { step, source } = place;
      for (const portion of this.#portionsAt(place)) {
        const pace = this.#paceAt(place);
        if (!this.#lanes.hasRoom(step) || pace === 'none') break;
        const files = pace === 'one' ? portion.slice(0, 1) : portion;
        this.#gatheredAtMs.delete(nameOf(place));
        for (const file of files) this.#lease(file, place);
        yield { step, source, files };
      }
    }
  }

  /** Takes a slot of the lane until the function it returns is called. The files stay leased. */
  enter({ step }: Claim): () => void {
    return this.#lanes.enter(step);
  }

  /**
   * These wait for an answer: their slot may be left, and nobody waits behind them.
   * @returns what is to be called when they wait no more; undefined: too many do already
   */
  standAside({ step, files }: Claim): (() => void) | undefined {
    const comeBack = this.#lanes.standAside(step);
    if (!comeBack) return undefined;
    for (const { id } of files) {
      const lease = this.#leased.get(id);
      if (lease) this.#leased.set(id, { ...lease, isAside: true });
    }
    return comeBack;
  }

  /** Nobody works on them any more, and what was said of them is written, or nothing was said. */
  release(files: readonly Pick<FileRecord, 'id'>[]): void {
    for (const { id } of files) {
      const key = this.#leased.get(id)?.key;
      if (key !== undefined) this.#keysHeld.delete(key);
      this.#leased.delete(id);
    }
  }

  #lease(file: FileRecord, { step, state, source }: Place): void {
    const key = step.keyOf?.(file);
    if (key !== undefined) this.#keysHeld.add(key);
    this.#leased.set(file.id, { step, state, source, key, isAside: false });
  }

  /** After a trouble one file goes ahead alone, and nobody beside it. */
  #paceAt({ step, source: { account } }: Place): 'all' | 'one' | 'none' {
    const { accounts } = this.#parts;
    if (step.lane === 'disk') return 'all';
    const pace = accounts.pace(account, step.name);
    if (pace !== 'one') return pace;
    const isAhead = (lease: Lease): boolean =>
      !lease.isAside &&
      lease.step.lane !== 'disk' &&
      lease.source.account === account &&
      (lease.step === step || accounts.isOnTrial(account));
    return [...this.#leased.values()].some(isAhead) ? 'none' : 'one';
  }

  #places(): readonly WaitingPlace[] {
    const { steps, workable, journal } = this.#parts;
    const sources = workable();
    const open = steps.toReversed().filter((step) => this.#lanes.hasRoom(step));
    const occupied = journal.files.occupied(open.flatMap((step) => step.from));
    const isOccupied = (state: WorkingState, { id }: SourceInUse): boolean =>
      occupied.some((place) => place.state === state && place.sourceId === id);
    const waiting = open
      .flatMap((step) => step.from.flatMap((state) => sources.map((source) => ({ step, state, source }))))
      .filter(({ state, source }) => isOccupied(state, source))
      .filter((place) => this.#paceAt(place) !== 'none')
      .flatMap((place) => this.#whoWaits(place));
    return this.#gathered(waiting);
  }

  #whoWaits(place: Place): readonly WaitingPlace[] {
    const [first] = this.#free(place, 1);
    return first ? [{ ...place, rank: first.rank }] : [];
  }

  /** The first `count` files of a place that are in nobody's hands. */
  #free({ state, source }: Place, count: number): readonly { readonly id: FileId; readonly rank: number }[] {
    let leases = 0;
    for (const lease of this.#leased.values()) if (lease.state === state && lease.source === source) leases += 1;
    for (let limit = leases + count; ; ) {
      const waiting = this.#parts.journal.files.waiting(state, source.id, limit);
      const free = waiting.filter(({ id }) => !this.#leased.has(id));
      if (free.length >= count || waiting.length < limit) return free.slice(0, count);
      // Some came here while they were still in a step's hands: a large file that changes while it is sent must not hide the others.
      limit = waiting.length - free.length + count;
    }
  }

  /** A step that asks about hundreds at once waits a moment for more than one. */
  #gathered<P extends Place>(waiting: readonly P[]): readonly P[] {
    const nowMs = this.#parts.clock.elapsed();
    const before = this.#gatheredAtMs;
    this.#gatheredAtMs = new Map();
    return waiting.filter((place) => {
      const dueMs = before.get(nameOf(place)) ?? nowMs + (place.step.gatherMs ?? 0);
      if (dueMs <= nowMs) return true;
      this.#gatheredAtMs.set(nameOf(place), dueMs);
      return false;
    });
  }

  /** What waits at a place, in the portions that its step takes; of files with the same key the first only. */
  #portionsAt(place: Place): readonly (readonly FileRecord[])[] {
    const { step } = place;
    const rooms = step.isAlone ? 1 : this.#lanes.room(step);
    const keys = new Set(this.#keysHeld);
    // As many more as there are keys held, since each may stand for a file that must wait.
    const ids = this.#free(place, step.atOnce * rooms + (step.keyOf ? keys.size : 0)).map(({ id }) => id);
    const free = this.#parts.journal.files.byIds(ids).filter((file) => {
      const key = step.keyOf?.(file);
      if (key === undefined) return true;
      const isFree = !keys.has(key);
      keys.add(key);
      return isFree;
    });
    return portions(free, step);
  }
}

/** Cuts a row of files into runs of a step: by number and, where the step minds, by bytes. */
export function portions(
  files: readonly FileRecord[],
  { atOnce, mostBytesAtOnce = Number.POSITIVE_INFINITY }: Pick<Step, 'atOnce' | 'mostBytesAtOnce'>,
): readonly (readonly FileRecord[])[] {
  const cut: FileRecord[][] = [];
  let bytes = 0;
  for (const file of files) {
    const portion = cut.at(-1);
    bytes += file.stat.sizeBytes;
    if (portion && portion.length < atOnce && bytes <= mostBytesAtOnce) portion.push(file);
    else {
      cut.push([file]);
      bytes = file.stat.sizeBytes;
    }
  }
  return cut;
}
