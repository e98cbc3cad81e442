/** What is done about a journal that cannot go on: a damaged one is kept aside, a deleted one begun anew, a disk waited for. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { identityOf, JournalTrouble, journalPath, keepAside } from '../journal/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import { hasRoom } from './room.ts';
import type { Anew } from './tell-anew.ts';

export interface CareParts {
  readonly stateDir: string;
  readonly clock: Clock;
  readonly log: () => Log;
  /** Waits for a disk as long as it takes. */
  readonly isPatient: boolean;
}

const firstWaitMs = 5_000;
// For a disk that has room and fails all the same.
const longestWaitMs = 300_000;
const quietMs = 60_000;
const hourMs = 3_600_000;
const mostDamagesAnHour = 3;

export class JournalCare {
  readonly #parts: CareParts;
  /** To be told by the next journal. */
  #anew: Anew | undefined;
  #device: string | undefined;
  readonly #damagedAtMs: number[] = [];
  #waitMs = firstWaitMs;
  #waitedAtMs = Number.NEGATIVE_INFINITY;
  #isSaid = false;

  constructor(parts: CareParts) {
    this.#parts = parts;
  }

  get anew(): Anew | undefined {
    return this.#anew;
  }

  /** A journal is open, and has told what there was to tell. */
  begun(): void {
    this.#anew = undefined;
    this.#device = deviceOf(this.#parts.stateDir);
  }

  /** It has worked for a while. */
  goesOn(): void {
    if (this.#isSaid) this.#parts.log().info('The journal can be written again, and Homeroll goes on.');
    this.#isSaid = false;
  }

  gone(): JournalTrouble {
    const path = journalPath(this.#parts.stateDir);
    return new JournalTrouble(
      'journal gone',
      `The journal at ${path} is no longer there. Put it back, or start Homeroll again to begin anew.`,
    );
  }

  /** @throws JournalTrouble when nothing can be done about it here */
  async mend(trouble: JournalTrouble, signal: AbortSignal): Promise<void> {
    const { stateDir } = this.#parts;
    switch (trouble.code) {
      case 'journal damaged':
        return this.#keepAside(trouble);
      case 'journal gone':
        return this.#replace(trouble, signal);
      default:
        return this.#wait(trouble.message, { trouble, isOver: () => hasRoom(stateDir), signal });
    }
  }

  #keepAside(trouble: JournalTrouble): void {
    const { stateDir, clock, log } = this.#parts;
    const path = journalPath(stateDir);
    const nowMs = clock.elapsed();
    this.#damagedAtMs.push(nowMs);
    if (this.#damagedAtMs.filter((atMs) => nowMs - atMs < hourMs).length > mostDamagesAnHour) {
      const sentence = `The journal at ${path} is damaged again and again: look after that disk, or set "state" to a folder on another.`;
      throw new JournalTrouble('journal damaged', sentence, { cause: trouble });
    }
    const aside = keepAside(stateDir, clock.now());
    this.#anew = { aside };
    log().warn(`The journal at ${path} is damaged. It is kept as ${aside}, and a new one is begun.`);
  }

  async #replace(trouble: JournalTrouble, signal: AbortSignal): Promise<void> {
    const { stateDir, log } = this.#parts;
    const path = journalPath(stateDir);
    const isDiskAway = (): boolean => !existsSync(path) && deviceOf(stateDir) !== this.#device;
    if (isDiskAway()) {
      const sentence = `The disk with the journal at ${path} is away, so Homeroll takes no more work. It goes on by itself when that is back; to begin anew without it, start Homeroll again.`;
      await this.#wait(sentence, { trouble, isOver: () => !isDiskAway(), signal });
    } else if (existsSync(path)) {
      log().warn(`Another journal was put at ${path}, and Homeroll goes on with that one.`);
    } else {
      this.#anew = 'deleted';
      log().warn(`The journal at ${path} was deleted while Homeroll ran. A new one is begun.`);
    }
  }

  async #wait(
    sentence: string,
    { trouble, isOver, signal }: { trouble: JournalTrouble; isOver: () => boolean; signal: AbortSignal },
  ): Promise<void> {
    const { clock, log, isPatient } = this.#parts;
    if (!isPatient) throw trouble;
    if (!this.#isSaid) log().warn(sentence);
    this.#isSaid = true;
    this.#waitMs = clock.elapsed() - this.#waitedAtMs < quietMs ? Math.min(2 * this.#waitMs, longestWaitMs) : firstWaitMs;
    await clock.sleep(this.#waitMs, signal);
    while (!isOver()) await clock.sleep(firstWaitMs, signal);
    this.#waitedAtMs = clock.elapsed();
  }
}

/** Of the folder, or of what is left above it. */
function deviceOf(folder: string): string | undefined {
  for (let place = folder; ; place = dirname(place)) {
    const identity = identityOf(place);
    if (identity !== undefined || place === dirname(place)) return identity?.split(':')[0];
  }
}
