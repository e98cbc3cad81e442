/** Hangs each problem in Home Assistant for as long as it lasts, and takes it down when it is solved. */
import { type Problem, type ProblemQuestion, problemsNow } from '../desk/index.ts';
import { type HomeAssistant, HomeAssistantError } from '../hass/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import { type HungNotice, hungNotices, noticeId, rememberHung } from './hung.ts';

export interface ProblemNoticesParts extends ProblemQuestion {
  readonly journal: Journal;
  readonly home: HomeAssistant;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells two Homerolls of one household apart. */
  readonly homeroll: string;
}

const lookEveryMs = 5_000;
// Whether somebody took one down need not be known at once.
const askEveryMs = 60_000;
const restAfterRefusalMs = 600_000;

export class ProblemNotices {
  readonly #parts: ProblemNoticesParts;
  /** Home Assistant came up since the last look, and may have forgotten them all. */
  #isComeUp = true;
  #askAtMs = 0;
  #restUntilMs = 0;
  #isRefusalTold = false;

  constructor(parts: ProblemNoticesParts) {
    this.#parts = parts;
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { home, clock } = this.#parts;
    const stopListening = home.onUp((isUp) => {
      this.#isComeUp ||= isUp;
    });
    try {
      while (!signal.aborted) {
        await this.#lookUnlessAway(signal);
        await clock.sleep(lookEveryMs, signal).catch(() => undefined);
      }
    } finally {
      stopListening();
    }
  }

  async #lookUnlessAway(signal: AbortSignal): Promise<void> {
    const { home, clock, log } = this.#parts;
    if (!home.isUp || clock.elapsed() < this.#restUntilMs) return;
    try {
      await this.#look(signal);
      this.#isRefusalTold = false;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof HomeAssistantError)) throw error;
      if (error.isPassing) return;
      this.#restUntilMs = clock.elapsed() + restAfterRefusalMs;
      if (!this.#isRefusalTold) log.warn(`Problems cannot be hung in Home Assistant: ${error.message}`);
      this.#isRefusalTold = true;
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { journal, sources } = this.#parts;
    const problems = problemsNow(journal, { sources });
    const known = hungNotices(journal);
    if (known.length > 0) await this.#noteTakenDown(known, signal);
    this.#isComeUp = false;
    for (const notice of hungNotices(journal)) {
      if (!problems.some(({ key }) => key === notice.key)) await this.#takeDown(notice, signal);
    }
    for (const problem of problems) await this.#hang(problem, signal);
  }

  /** What is not there any more was taken down by somebody, or went when Home Assistant started anew. */
  async #noteTakenDown(known: readonly HungNotice[], signal: AbortSignal): Promise<void> {
    const { journal, home, clock } = this.#parts;
    if (!this.#isComeUp && clock.elapsed() < this.#askAtMs) return;
    this.#askAtMs = clock.elapsed() + askEveryMs;
    const there = idsIn(await home.ask({ type: 'persistent_notification/get' }, signal));
    const isGone = ({ id, isDismissed }: HungNotice): boolean => !isDismissed && !there.has(id);
    if (!known.some(isGone)) return;
    rememberHung(
      journal,
      this.#isComeUp
        ? known.filter((notice) => !isGone(notice))
        : known.map((notice) => (isGone(notice) && !notice.isUnanswered ? { ...notice, isDismissed: true } : notice)),
    );
  }

  async #hang({ key, sentence, source }: Problem, signal: AbortSignal): Promise<void> {
    const { journal, home, homeroll } = this.#parts;
    const known = hungNotices(journal);
    if (known.some((notice) => notice.key === key && notice.sentence === sentence && !notice.isUnanswered)) return;
    const id = noticeId(homeroll, key);
    const data = {
      notification_id: id,
      title: source === undefined ? 'Homeroll' : `Homeroll: ${asPlainText(source)}`,
      message: asPlainText(sentence),
    };
    const others = known.filter((notice) => notice.key !== key);
    const notice = { key, id, sentence, isDismissed: false };
    // Noted before it hangs: should Homeroll stop before the answer comes, the next life still takes it down.
    rememberHung(journal, [...others, { ...notice, isUnanswered: true }]);
    try {
      await home.act({ domain: 'persistent_notification', action: 'create', data }, signal);
    } catch (error) {
      if (error instanceof HomeAssistantError && !error.isPassing) rememberHung(journal, known);
      throw error;
    }
    rememberHung(journal, [...others, notice]);
  }

  async #takeDown({ key, id, isDismissed }: HungNotice, signal: AbortSignal): Promise<void> {
    const { journal, home } = this.#parts;
    if (!isDismissed) {
      await home.act({ domain: 'persistent_notification', action: 'dismiss', data: { notification_id: id } }, signal);
    }
    rememberHung(
      journal,
      hungNotices(journal).filter((notice) => notice.key !== key),
    );
  }
}

/** Home Assistant shows Markdown, and names of files may hold anything. What stands in backquotes is shown as it is. */
function asPlainText(text: string): string {
  return text.replace(/`[^`]*`|[\\*_<>[\]#|~]/g, (found) => (found.startsWith('`') ? found : `\\${found}`));
}

function idsIn(answer: unknown): ReadonlySet<string> {
  const notices: readonly unknown[] = Array.isArray(answer) ? answer : [];
  return new Set(
    notices.flatMap((notice) => {
      const id = typeof notice === 'object' && notice !== null && 'notification_id' in notice ? notice.notification_id : undefined;
      return typeof id === 'string' ? [id] : [];
    }),
  );
}
