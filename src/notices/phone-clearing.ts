/** Takes problems from phones when they are over, however they ended: mended by hand, renamed, or taken out of the configuration. */
import { isProblemOver, type ProblemQuestion } from '../desk/index.ts';
import { phoneClearing } from '../domain/index.ts';
import { type HomeAssistant, HomeAssistantError } from '../hass/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import { type HungOnPhone, hungOnPhones, takeFromPhone } from '../tell/index.ts';

export interface PhoneClearingParts extends ProblemQuestion {
  readonly journal: Journal;
  readonly home: HomeAssistant;
  readonly clock: Clock;
  readonly log: Log;
}

// News of the end go first, where there are any: they take its place, and say more.
const lookEveryMs = 20_000;

export class PhoneClearing {
  readonly #parts: PhoneClearingParts;

  constructor(parts: PhoneClearingParts) {
    this.#parts = parts;
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, home } = this.#parts;
    while (!signal.aborted) {
      await clock.sleep(lookEveryMs, signal).catch(() => undefined);
      if (!signal.aborted && home.isUp) await this.#look(signal);
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { journal, sources } = this.#parts;
    for (const hung of hungOnPhones(journal)) {
      const news = journal.outbox.byId(hung.newsId);
      if (news && !isProblemOver(news, { journal, sources })) continue;
      if (!(await this.#clear(hung, signal))) return;
      takeFromPhone(journal, hung);
    }
  }

  /** @returns false: it can be tried again */
  async #clear({ action, tag }: HungOnPhone, signal: AbortSignal): Promise<boolean> {
    const { home, log } = this.#parts;
    try {
      await home.act({ domain: 'notify', action, data: phoneClearing(tag) }, signal);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      if (!(error instanceof HomeAssistantError)) throw error;
      if (!error.isPassing) log.debug('a problem that is over stays on a phone', { phone: action, why: error.message });
      return !error.isPassing;
    }
  }
}
