/** Finds the word that somebody probably meant. */

/**
 * The nearest of `words`, or undefined when none is near: one slip for every three letters is forgiven (a letter missing, too many,
 * wrong, or two swapped). Case, `-`, `_` and blanks are no slips.
 */
export function didYouMean(written: string, words: readonly string[]): string | undefined {
  const plain = (word: string): string =>
    word
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .trim();
  const patience = Math.max(1, Math.floor(written.length / 3));
  let nearest: { word: string; slips: number } | undefined;
  for (const word of words) {
    const slips = slipsBetween(plain(written), plain(word));
    if (slips <= patience && slips < (nearest?.slips ?? Number.POSITIVE_INFINITY)) nearest = { word, slips };
  }
  return nearest?.word;
}

/** ` Did you mean "smaller than"?`, with the blank before it, or nothing. */
export function guess(written: string, words: readonly string[]): string {
  const word = didYouMean(written, words);
  return word === undefined ? '' : ` Did you mean "${word}"?`;
}

/** Edit distance in which two swapped neighbours count as one slip (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const wrong = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + wrong,
          swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
