/** Files that were sent whole and that Immich has not answered: noted in the journal, for those who look from another process. */
import type { FileId } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { AwaitedAnswer } from './standstill.ts';

export interface FileAwaited extends AwaitedAnswer {
  readonly id: FileId;
}

interface Noted {
  /** When it was last known to be so, unix ms. */
  readonly atMs: number;
  readonly files: readonly FileAwaited[];
}

const factName = 'answers awaited';
// Who was killed cannot take back what it noted, so a note is renewed while it is true and is not believed for long.
const renewedEveryMs = 10_000;
const believedForMs = 30_000;

type Facts = Pick<Journal, 'facts'>;

export class AnswersAwaited {
  readonly #journal: Facts;
  readonly #clock: Clock;
  readonly #files = new Map<FileId, AwaitedAnswer>();
  #notedAtMs = 0;

  constructor({ journal, clock }: { readonly journal: Facts; readonly clock: Clock }) {
    this.#journal = journal;
    this.#clock = clock;
  }

  /** What an earlier life noted is not true any more. */
  begin(): void {
    this.#journal.facts.forget(factName);
  }

  /** Call again while it lasts. */
  note(id: FileId, awaited: AwaitedAnswer | undefined): void {
    if (awaited === undefined) {
      this.forget(id);
      return;
    }
    const isKnown = this.#files.get(id) === awaited;
    this.#files.set(id, awaited);
    if (!isKnown || Math.abs(this.#clock.now() - this.#notedAtMs) >= renewedEveryMs) this.#write();
  }

  forget(id: FileId): void {
    if (this.#files.delete(id)) this.#write();
  }

  #write(): void {
    const { facts } = this.#journal;
    this.#notedAtMs = this.#clock.now();
    const files = [...this.#files].map(([id, awaited]) => ({ id, ...awaited }));
    if (files.length === 0) facts.forget(factName);
    else facts.set(factName, JSON.stringify({ atMs: this.#notedAtMs, files } satisfies Noted));
  }
}

/** The one that was sent first comes first. */
export function answersAwaited(journal: Facts, nowMs: number): readonly FileAwaited[] {
  const noted = journal.facts.get(factName);
  if (noted === undefined) return [];
  const { atMs, files } = JSON.parse(noted) as Noted;
  if (Math.abs(nowMs - atMs) > believedForMs) return [];
  return files.toSorted((one, other) => one.sinceMs - other.sinceMs);
}
