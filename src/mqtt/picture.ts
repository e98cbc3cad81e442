/** Keeps the last picture that became safe at hand, small enough for every screen. It never hurries, and never complains twice. */
import { lastPicture, type SafePicture } from '../desk/index.ts';
import { ImmichError, type SmallPicture } from '../immich/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, Log } from '../kernel/index.ts';

export interface PictureParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  /** Names of the sources that count. */
  readonly sources: readonly string[];
  readonly fetch: (picture: SafePicture, mostBytes: number, signal: AbortSignal) => Promise<SmallPicture | 'none'>;
}

const mostBytes = 200 * 1024;
const lookEveryMs = 2_000;
const atMostEveryMs = 60_000;
// Immich draws when it comes to it: after a minute mostly, and after some perhaps never.
const mostTries = 5;
/** At the start: what became safe lately. */
const lookBack = 500;

export class PictureKeeper {
  readonly #parts: PictureParts;
  #lastId: number;
  #due: SafePicture | undefined;
  #tries = 0;
  #fetchedAtMs = Number.NEGATIVE_INFINITY;
  #isToldOf = false;
  current: SmallPicture | undefined;

  constructor(parts: PictureParts) {
    this.#parts = parts;
    this.#lastId = Math.max(0, parts.journal.history.lastId() - lookBack);
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { journal, clock, sources } = this.#parts;
    while (!signal.aborted) {
      const { picture, lastId } = lastPicture(journal, sources, this.#lastId);
      this.#lastId = lastId;
      if (picture) {
        this.#due = picture;
        this.#tries = 0;
      }
      if (this.#due && clock.elapsed() - this.#fetchedAtMs >= atMostEveryMs) await this.#fetch(this.#due, signal);
      await clock.sleep(lookEveryMs, signal).catch(() => undefined);
    }
  }

  async #fetch(picture: SafePicture, signal: AbortSignal): Promise<void> {
    const { clock, log, fetch } = this.#parts;
    this.#fetchedAtMs = clock.elapsed();
    this.#tries += 1;
    try {
      const fetched = await fetch(picture, mostBytes, signal);
      if (fetched !== 'none') this.current = fetched;
      if (fetched !== 'none' || this.#tries >= mostTries) this.#due = undefined;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ImmichError)) throw error;
      // That Immich is away is told elsewhere; that the key may not see pictures nowhere else.
      if (error.kind === 'permission missing' && !this.#isToldOf) {
        log.warn(`The last safe picture cannot be shown: ${error.message}`, { account: picture.account });
        this.#isToldOf = true;
      }
    }
  }
}
