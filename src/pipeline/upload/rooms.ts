/** A quota that is used up: what is as large as the file it was too small for is not sent in vain, what is smaller may still fit. */
import { tellQuotaFull } from '../../domain/index.ts';
import { ImmichError } from '../../immich/index.ts';
import { type Hindrances, mendedByHandMs } from '../hindrances.ts';
import type { Outcome } from '../outcome.ts';
import type { AccountInUse } from '../step.ts';

interface Sized {
  readonly sizeBytes: number;
}

export class Rooms {
  readonly #hindrances: Hindrances;
  /** The smallest file that found no room, by the account's name. */
  readonly #tooLargeBytes = new Map<string, number>();

  constructor(hindrances: Hindrances) {
    this.#hindrances = hindrances;
  }

  /** What is to be said of a file for which there is no room as far as is known; undefined: it may be sent. */
  refusalOf(account: AccountInUse, { sizeBytes }: Sized): Outcome | undefined {
    const why = this.#hindrances.reasonOf(account, 'room');
    return why && sizeBytes >= this.#leastOf(account) ? { kind: 'wait', ...why } : undefined;
  }

  /** @returns what is to be said of the file; undefined when the error is about something else */
  noteRefused(error: unknown, account: AccountInUse, { sizeBytes }: Sized): Outcome | undefined {
    if (!(error instanceof ImmichError) || error.kind !== 'quota full') return undefined;
    const isKnown = this.#hindrances.stateOf(account, 'room') === 'off';
    this.#tooLargeBytes.set(account.name, isKnown ? Math.min(sizeBytes, this.#leastOf(account)) : sizeBytes);
    const news = tellQuotaFull({ account: account.name });
    if (!isKnown) this.#hindrances.note(account, 'room', { cause: 'quota', sentence: error.message, news, waitMs: mendedByHandMs });
    return this.refusalOf(account, { sizeBytes });
  }

  noteTaken(account: AccountInUse, { sizeBytes }: Sized): void {
    if (sizeBytes >= this.#leastOf(account)) this.#hindrances.lift(account, 'room');
  }

  #leastOf({ name }: AccountInUse): number {
    return this.#tooLargeBytes.get(name) ?? 0;
  }
}
