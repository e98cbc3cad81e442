/** How long an upload waits for its answer once all of it has left. */

const leastMs = 60_000;
const mostMs = 900_000;
// Immich hashes while it receives, and records with one row: a file that it took is answered within a second. What may take longer is in
// proportion to the size: a proxy that hands on what it gathered, and a store on a share that is written out at the end. 10 MB/s is what the
// slowest of these manage. It is in proportion to the cost of sending once more, too.
const bytesPerMs = 10_000;

// A film that is written out at 100 MB/s is being worked on, and does not stand still.
const graceBytesPerMs = 100_000;

export function graceMs(sizeBytes: number): number {
  return sizeBytes / graceBytesPerMs;
}

export interface Sent {
  readonly sizeBytes: number;
  /** Earlier tries that failed. */
  readonly tries: number;
  /** How long the slowest of the last answers took. */
  readonly slowestMs?: number;
}

/** Doubles with each try, so that also a server that needs minutes is heard before a file was sent for the fourth time. */
export function answerPatienceMs({ sizeBytes, tries, slowestMs = 0 }: Sent): number {
  const first = leastMs + sizeBytes / bytesPerMs;
  return Math.min(mostMs, Math.max(first * 2 ** Math.min(tries, 10), 2 * slowestMs));
}

/** How slow Immich is with answers to uploads just now, by account: who was slow for one file is so for the next. */
export class AnswerTimes {
  readonly #slowestMs = new Map<number, number>();

  slowestMs(accountId: number): number {
    return this.#slowestMs.get(accountId) ?? 0;
  }

  /** Quick answers let a slow one be forgotten by and by. */
  note(accountId: number, waitedMs: number): void {
    this.#slowestMs.set(accountId, Math.max(waitedMs, this.slowestMs(accountId) / 2));
  }
}
