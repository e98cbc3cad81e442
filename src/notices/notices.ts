/** Both lives of this door: what hangs in Home Assistant, and the answers that come from phones. */
import { PhoneAnswers, type PhoneAnswersParts } from './phone-answers.ts';
import { ProblemNotices, type ProblemNoticesParts } from './problem-notices.ts';

export interface NoticesParts extends PhoneAnswersParts, ProblemNoticesParts {}

export class Notices {
  readonly #lives: readonly { run(signal: AbortSignal): Promise<void> }[];

  constructor(parts: NoticesParts) {
    this.#lives = [new ProblemNotices(parts), new PhoneAnswers(parts)];
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
