/** The table of `npm run dates`: a line for each format, with how many pictures stand where Immich shows them. Pure. */
import type { Comparison } from './compare.ts';

export interface Row {
  /** Lower case, no dot. */
  readonly format: string;
  readonly comparison: Comparison;
  readonly isBySecondReader: boolean;
  readonly ms: number;
}

export interface Line {
  readonly format: string;
  readonly pictures: number;
  readonly isSecond: number;
  /** The middle one of all: half took less. */
  readonly medianMs: number;
  readonly sameMoment: number;
  readonly sameMonth: number;
  readonly explained: number;
  readonly unexplained: number;
}

/** The most frequent format first, and a line for all at the end. */
export function linesOf(rows: readonly Row[]): readonly Line[] {
  const byFormat = Map.groupBy(rows, ({ format }) => format);
  const lines = [...byFormat].map(([format, some]) => lineOf(format, some));
  const inOrder = lines.toSorted((one, other) => other.pictures - one.pictures || (one.format < other.format ? -1 : 1));
  return [...inOrder, lineOf('all', rows)];
}

function lineOf(format: string, rows: readonly Row[]): Line {
  const count = (isSo: (row: Row) => boolean): number => rows.filter(isSo).length;
  return {
    format,
    pictures: rows.length,
    isSecond: count(({ isBySecondReader }) => isBySecondReader),
    medianMs: rows.map(({ ms }) => ms).toSorted((one, other) => one - other)[Math.floor(rows.length / 2)] ?? 0,
    sameMoment: count(({ comparison }) => comparison === 'same moment'),
    sameMonth: count(({ comparison }) => comparison === 'same month'),
    explained: count(({ comparison }) => typeof comparison === 'object'),
    unexplained: count(({ comparison }) => comparison === 'another month'),
  };
}

const head = ['format', 'pictures', 'exiftool', 'ms', 'same moment', 'same month', 'explained', 'other month'];

export function tableOf(lines: readonly Line[], { isMarkdown }: { readonly isMarkdown: boolean }): string {
  const cells = lines.map((line) => [
    line.format,
    ...[line.pictures, line.isSecond].map(String),
    line.medianMs.toFixed(line.medianMs < 9.5 ? 1 : 0),
    ...[line.sameMoment, line.sameMonth, line.explained, line.unexplained].map(String),
  ]);
  if (isMarkdown) {
    const row = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
    return [row(head), row(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...cells.map(row)].join('\n');
  }
  const widths = head.map((title, index) => Math.max(title.length, ...cells.map((texts) => texts[index]?.length ?? 0)));
  const pad = (text: string, index: number): string => (index === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[index] ?? 0));
  return [head, ...cells].map((texts) => texts.map(pad).join('  ')).join('\n');
}
