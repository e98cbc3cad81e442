/** Which files Immich takes, as it says itself. Asked at the start, when it was away, and at work that is a day away from the last time: it may be another version by then. */
import type { SourceId } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import { type Clock, type Log, sentenceOf, Waker } from '../kernel/index.ts';
import { type KindTable, kindOfName, knownKinds, pictureStem } from '../media/index.ts';
import type { Accounts } from './accounts.ts';
import { applyEvent } from './transitions.ts';

export interface KindsParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly accounts: Pick<Accounts, 'all' | 'isUsable'>;
  readonly sources: () => readonly { readonly id: SourceId }[];
  /** Files that were nothing to Immich are something now. */
  readonly onMore: () => void;
}

const dayMs = 86_400_000;
const perTransaction = 500;
const fact = 'kinds of files';
/** What is told by more than the extension: another word here lets all be looked at once more. */
const namesKnown = 'PXL.MP';

export class Kinds {
  readonly #parts: KindsParts;
  readonly #waker = new Waker();
  #table: KindTable = knownKinds;
  #learntAtMs = 0;

  constructor(parts: KindsParts) {
    this.#parts = parts;
  }

  get table(): KindTable {
    return this.#table;
  }

  /** Immich was away: ask it anew. */
  wake(): void {
    this.#waker.wake();
  }

  /** Something is under way: a good time for a question that has waited for a day. */
  wakeIfOld(): void {
    if (this.#parts.clock.elapsed() - this.#learntAtMs > dayMs) this.wake();
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    while (!signal.aborted) {
      this.#waker.arm();
      await this.#waker.wait(clock, undefined, signal);
      if (!signal.aborted) await this.learn(signal).catch(() => undefined);
    }
  }

  async learn(signal: AbortSignal): Promise<void> {
    const { accounts, log, clock } = this.#parts;
    this.#learntAtMs = clock.elapsed();
    for (const account of accounts.all) {
      if (!accounts.isUsable(account)) continue;
      try {
        const types = await account.immich.mediaTypes(signal);
        this.#table = new Map([...types].map(([extension, kind]) => [extension.replace(/^\./, ''), kind]));
        this.#lookAgain();
        return;
      } catch (error) {
        signal.throwIfAborted();
        log.debug('the list of media types cannot be had now', { error: sentenceOf(error) });
      }
    }
  }

  /** What an older Immich did not take, and this one does. */
  #lookAgain(): void {
    const { journal, clock, sources, onMore } = this.#parts;
    const told = `${[...this.#table.keys()].toSorted().join(' ')} ${namesKnown}`;
    const before = journal.facts.get(fact);
    if (before === told) return;
    let count = 0;
    for (const { id } of before === undefined ? [] : sources()) {
      for (const page of journal.files.pages(id, 'unwanted', perTransaction)) {
        journal.transaction(() => {
          for (const file of page) {
            const kind = kindOfName(file.name, this.#table);
            if (file.kind !== 'other' || kind === 'other') continue;
            const role = kind === 'sidecar' ? ('sidecar' as const) : ('main' as const);
            const patch = { kind, role, stem: pictureStem(file.name) };
            applyEvent(journal, file, 'rulesChanged', { nowMs: clock.now(), reason: 'Immich takes such files now', patch });
            count += 1;
          }
        });
      }
    }
    // Last: a crash before it makes it be looked at once more.
    journal.facts.set(fact, told);
    if (count > 0) onMore();
  }
}
