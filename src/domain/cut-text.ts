/** Cuts a text to what a receiver takes, between letters as people see them. Pure. */

const ellipsis = '…';

/** How much of the receiver's room a piece of text takes. */
export type Measure = (text: string) => number;

export const inUnits: Measure = (text) => text.length;
export const inBytes: Measure = (text) => Buffer.byteLength(text);

/** @param measure of a text, never more than the sum of its letters' */
export function cutText(text: string, most: number, measure: Measure = inUnits): string {
  if (measure(text) <= most) return text;
  const room = most - measure(ellipsis);
  let used = 0;
  let end = 0;
  for (const { segment, index } of new Intl.Segmenter('en').segment(text)) {
    used += measure(segment);
    if (used > room) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}${ellipsis}`;
}
