/**
 * Sees to files that were stored while they were still being written: tells of what Immich holds twice, and where its owner asks for that
 * moves the beginning to Immich's trash. Beside the engine, and only while that rests.
 */
import { type FileRecord, tellHalfRemoved, tellHalfStays } from '../../domain/index.ts';
import { showPath } from '../../files/index.ts';
import { ImmichError } from '../../immich/index.ts';
import type { HalfFileRecord, UntoldHalves } from '../../journal/index.ts';
import { type Log, sentenceOf, Waker } from '../../kernel/index.ts';
import type { Accounts } from '../accounts.ts';
import { type NewsDesk, putNews } from '../news.ts';
import type { SourceInUse } from '../step.ts';
import { finishRemoval, type RemoveParts, removeHalf } from './remove.ts';

export interface HalfFilesParts extends RemoveParts {
  readonly log: Log;
  readonly news: NewsDesk;
  readonly accounts: Accounts;
  readonly areReplaced: boolean;
  /** Those that are there, and that nobody paused. */
  readonly sources: () => readonly SourceInUse[];
  readonly whenAtRest: (signal: AbortSignal) => Promise<void>;
}

// An account that is back, or a source, wakes nobody here.
const napMs = 3_600_000;
const mostNames = 3;

/** Without an entry of its own: it comes to nothing, and nobody needs to hear it. */
const isOver: ReadonlySet<FileRecord['state']> = new Set(['gone', 'unwanted', 'letGo']);

export class HalfFiles {
  readonly #parts: HalfFilesParts;
  readonly #waker = new Waker();

  constructor(parts: HalfFilesParts) {
    this.#parts = parts;
  }

  /** Files came to rest: one of them may be the whole of a half. */
  wakeIfAny(): void {
    if (this.#parts.journal.halfFiles.isAny()) this.#waker.wake();
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, whenAtRest } = this.#parts;
    try {
      while (!signal.aborted) {
        this.#waker.arm();
        await whenAtRest(signal);
        await this.look(signal);
        await this.#waker.wait(clock, clock.now() + napMs, signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Decides about all whose whole file is done, and tells. */
  async look(signal: AbortSignal): Promise<void> {
    const { halfFiles } = this.#parts.journal;
    for (let page = halfFiles.undecided(0); page.length > 0; page = halfFiles.undecided(page.at(-1)?.id ?? 0)) {
      for (const half of page) await this.#decide(half, signal);
    }
    this.#tell();
  }

  async #decide(half: HalfFileRecord, signal: AbortSignal): Promise<void> {
    const { journal, areReplaced, accounts, log } = this.#parts;
    const file = journal.files.byId(half.fileId);
    const isBegun = half.state === 'removing';
    if (!file || (isOver.has(file.state) && !isBegun)) return journal.halfFiles.forget(half.id);
    const isDone = file.state === 'safe' || file.state === 'kept';
    if (!isDone && !isBegun) return;
    const source = this.#parts.sources().find(({ id }) => id === half.sourceId);
    if (!source || source.account.id !== half.accountId) return;
    if (!areReplaced && !isBegun) return journal.halfFiles.mark(half.id, 'stays');
    if (!accounts.isUsable(source.account)) return;
    const one = { half, file, account: source.account };
    try {
      if (isBegun && ((await finishRemoval(one, this.#parts, signal)) || !isDone || !areReplaced)) return;
      await removeHalf(one, this.#parts, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof ImmichError)) throw error;
      log.debug('the beginning of a file has to wait', { source: source.config.name, error: sentenceOf(error) });
    }
  }

  /** One sentence for all of a source that became the same. */
  #tell(): void {
    const { journal, news, clock } = this.#parts;
    const untold = journal.halfFiles.untold();
    if (untold.length === 0) return;
    journal.durably(() => {
      for (const halves of untold) {
        putNews(journal, news, { ...this.#newsOf(halves), nowMs: clock.now() });
        journal.halfFiles.markTold(halves);
      }
    });
  }

  #newsOf(halves: UntoldHalves) {
    const { journal } = this.#parts;
    const source = journal.sources.byId(halves.sourceId).name;
    const names = journal.halfFiles.namesOf(halves, mostNames).map(showPath);
    const about = { source, names, total: halves.count };
    const facts = { source, count: halves.count, names };
    return halves.state === 'removed'
      ? { kind: 'half removed' as const, text: tellHalfRemoved(about), facts }
      : { kind: 'half stays' as const, text: tellHalfStays({ ...about, reason: halves.reason }), facts };
  }
}
