/** The table of faults, for a terminal of 80 columns or for a page. */
import type { Fault } from './fault.ts';
import type { Toll } from './toll.ts';

export interface Row {
  readonly fault: Fault;
  readonly tries: number;
  readonly toll: Toll;
}

export function isClean({ toll: { lost, doubled, lies } }: Row): boolean {
  return lost.length + doubled.length + lies.length === 0;
}

const heads = ['fault', 'tries', 'lost', 'doubled', 'lies'];
const nameColumns = 48;

export function tableOf(rows: readonly Row[], { isMarkdown }: { readonly isMarkdown: boolean }): string {
  const cells = rows.map(({ fault, tries, toll: { lost, doubled, lies } }) => [
    `${fault.group}: ${fault.name}`,
    ...[tries, lost.length, doubled.length, lies.length].map(String),
  ]);
  if (isMarkdown) {
    return [heads, ['---', '---:', '---:', '---:', '---:'], ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
  }
  return [heads, ...cells].flatMap(terminalLines).join('\n');
}

/** A name that does not fit goes on in the next line. */
function terminalLines([name = '', ...numbers]: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of name.split(' ')) {
    if (line !== '' && `${line} ${word}`.length > nameColumns) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line.padEnd(nameColumns + 1) + numbers.map((number) => number.padStart(8)).join('')].map((one) => one.trimEnd());
}
