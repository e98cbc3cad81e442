/** The lives of this door: what hangs in Home Assistant and on phones, and the answers that come from there. */
import { PhoneAnswers, type PhoneAnswersParts } from './phone-answers.ts';
import { PhoneClearing, type PhoneClearingParts } from './phone-clearing.ts';
import { ProblemNotices, type ProblemNoticesParts } from './problem-notices.ts';

export interface NoticesParts extends PhoneAnswersParts, PhoneClearingParts, ProblemNoticesParts {}

export class Notices {
  readonly #lives: readonly { run(signal: AbortSignal): Promise<void> }[];

  constructor(parts: NoticesParts) {
    this.#lives = [new ProblemNotices(parts), new PhoneAnswers(parts), new PhoneClearing(parts)];
  }

  /** Until `signal` is aborted, or one of them fails; then neither goes on. */
  async run(signal: AbortSignal): Promise<void> {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const running = this.#lives.map((life) => life.run(both));
    try {
      await Promise.all(running);
    } finally {
      ending.abort();
      await Promise.allSettled(running);
    }
  }
}
