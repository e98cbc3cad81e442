/** How long a kind of question waits for its answer: not long at first, and longer with a server that proved to be slow. */

export interface AnswerPatience {
  /** How long the next question of this kind waits. */
  readonly ms: number;
  /** @param waitedMs how long that took; undefined: nobody measured it */
  noteAnswer(waitedMs: number | undefined): void;
  /** Nothing came for so long. */
  noteSilence(waitedMs: number): void;
}

// A question is small work for Immich. What hangs for five minutes will not be answered.
const mostMs = 300_000;

/**
 * A server that needs three minutes for each answer is heard after the second silence: each one doubles the patience. One question that
 * is lost among others that are answered changes nothing for long, since the next answer sets the patience back.
 */
export function answerPatience(firstMs: number): AnswerPatience {
  let ms = firstMs;
  return {
    get ms() {
      return ms;
    },
    noteAnswer(waitedMs = 0) {
      ms = Math.min(mostMs, Math.max(firstMs, 2 * waitedMs));
    },
    noteSilence(waitedMs) {
      // Several that fell silent together are one silence.
      ms = Math.min(mostMs, Math.max(ms, 2 * waitedMs));
    },
  };
}
