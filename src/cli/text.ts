/** Text for a terminal: columns, dates, names that cannot play tricks. */
import { showPath } from '../files/index.ts';
import { wallClock } from '../kernel/index.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const colours = /\u001b\[\d+m/g;

/** Control characters escaped, so that nothing read from a disk or a server can move the cursor. */
export function plain(text: string): string {
  return showPath(Buffer.from(text));
}

/** Columns that a text takes up on the screen, near enough: wide letters of East Asia count double. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text.replace(colours, '')) {
    if (/\p{Mn}|\u200d|\ufe0f/u.test(letter)) continue;
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Emoji_Presentation}/u.test(letter)
      ? 2
      : 1;
  }
  return width;
}

/** At most `columns` wide, with `…` where something was left out of the middle: of a path both ends tell the most. */
export function shortened(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const letters = [...text];
  const tail = letters.slice(-Math.floor((columns - 1) / 2));
  const head = letters.slice(0, Math.max(0, columns - 1 - tail.length));
  return `${head.join('')}…${tail.join('')}`;
}

/** Rows with their columns one below the other. Columns named in `right` end together, as numbers do. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const blank = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
        return right.includes(column) ? blank + cell : cell + blank;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** The same within `columns`: what is too long in the last column goes on below, in that column. */
export function tableWithin(columns: number, rows: readonly (readonly string[])[]): readonly string[] {
  const before = Math.max(0, ...rows.map((row) => row.length)) - 1;
  const starts = Array.from({ length: before }, (_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? '')))).reduce(
    (start, width) => start + width + 2,
    0,
  );
  const room = columns - starts;
  // Less is no column to read in.
  if (room < leastColumn) return table(rows);
  const below = ' '.repeat(starts);
  return table(rows.map((row) => row.map((cell, column) => (column === before ? wrapped(cell, room) : cell)))).map((line) =>
    line.replaceAll('\n', `\n${below}`),
  );
}

const leastColumn = 20;

/** Lines of at most `columns`, broken at blanks; the first keeps its margin, the others get `indent`. */
export function wrapped(text: string, columns: number, indent = ''): string {
  const lines: string[] = [];
  const margin = /^ */.exec(text)?.[0] ?? '';
  let line = '';
  for (const word of text.trimStart().split(' ')) {
    if (line !== '' && widthOf(`${line} ${word}`) > columns) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? margin + word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** `2026-11-22 14:50:03` on the owner's clock. */
export function clockTime(iso: string, timeZone: string): string {
  return wallClock(Date.parse(iso), timeZone).replace('T', ' ');
}
