/**
 * Looks once, after an update, for films that an earlier version hid in Immich behind a photo that only shares their name. Beside the engine,
 * and only while that rests.
 */
import { ImmichError } from '../../immich/index.ts';
import type { Journal } from '../../journal/index.ts';
import { type Clock, type CrashPoints, type Log, sentenceOf, Waker } from '../../kernel/index.ts';
import type { Accounts } from '../accounts.ts';
import type { NewsDesk } from '../news.ts';
import type { SourceInUse } from '../step.ts';
import { decideStrangers } from './decide.ts';
import { examine } from './examine.ts';
import type { ReadingParts } from './read-half.ts';

export { noteAnswer } from './answer.ts';

export interface StrangersParts extends ReadingParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly news: NewsDesk;
  readonly crashPoints: CrashPoints;
  readonly accounts: Accounts;
  /** Those whose folders are there, and that nobody paused. */
  readonly sources: () => readonly SourceInUse[];
  readonly whenAtRest: (signal: AbortSignal) => Promise<void>;
  readonly onChange: () => void;
}

/** Of the rule that tells what is a half: another number lets all be looked at once more. */
const ruleVersion = '1';
// A folder or an account that is back wakes nobody here.
const napMs = 3_600_000;

export class Strangers {
  readonly #parts: StrangersParts;
  readonly #waker = new Waker();

  constructor(parts: StrangersParts) {
    this.#parts = parts;
  }

  /** An account is back, or a source. */
  wake(): void {
    this.#waker.wake();
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    try {
      while (!signal.aborted) {
        this.#waker.arm();
        await this.look(signal);
        await this.#waker.wait(clock, clock.now() + napMs, signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Looks at all sources that are there and were not looked at yet. @returns whether files were moved */
  async look(signal: AbortSignal): Promise<boolean> {
    const { journal, accounts, sources, onChange } = this.#parts;
    let isAnything = false;
    for (const source of sources()) {
      if (journal.facts.get(lookedName(source)) === ruleVersion || !accounts.isUsable(source.account)) continue;
      if (await this.#lookAt(source, signal)) isAnything = true;
    }
    if (isAnything) onChange();
    return isAnything;
  }

  async #lookAt(source: SourceInUse, signal: AbortSignal): Promise<boolean> {
    const { journal, clock, news, log, crashPoints } = this.#parts;
    try {
      if (!(await this.#examineAll(source, signal))) return false;
    } catch (error) {
      if (signal.aborted || !(error instanceof ImmichError)) throw error;
      log.debug('looking for videos that are hidden by mistake has to wait', { source: source.config.name, error: sentenceOf(error) });
      return false;
    }
    const isAnything = journal.strangers.count(source.id, 'found') > 0;
    journal.durably(() => {
      decideStrangers(source.id, { journal, news, nowMs: clock.now() });
      journal.facts.set(lookedName(source), ruleVersion);
    });
    crashPoints.reach('strangers decided');
    return isAnything;
  }

  /** @returns false when some of it can be looked at only later */
  async #examineAll(source: SourceInUse, signal: AbortSignal): Promise<boolean> {
    const { journal, clock, sources, whenAtRest, crashPoints } = this.#parts;
    const { id: sourceId, account } = source;
    let isAll = true;
    for (let page = journal.strangers.shownFilms(account.id, sourceId, ''); page.length > 0; ) {
      await whenAtRest(signal);
      for (const shown of page) {
        const found = await examine(shown, { ...this.#parts, account, sources: sources() }, signal);
        if (found.kind === 'later') isAll = false;
        if (found.kind !== 'stranger' && found.kind !== 'left') continue;
        const { film, reason, kind } = found;
        const record = { accountId: account.id, sha1: shown.sha1, stillId: shown.shownBy, fileId: film.id, sourceId };
        journal.strangers.note({ ...record, state: kind === 'stranger' ? 'found' : 'left', ...(reason !== undefined && { reason }) });
        crashPoints.reach('stranger noted');
      }
      // Tens of thousands of live photos are a moment's work, in which others want their turn.
      await clock.sleep(0, signal);
      page = journal.strangers.shownFilms(account.id, sourceId, page.at(-1)?.sha1 ?? '');
    }
    return isAll;
  }
}

const lookedName = ({ id }: SourceInUse): string => `strangers looked for: ${id}`;
