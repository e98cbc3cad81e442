/** Names with blanks to fill in: `{year}/{month-name}`, `from/{source}`. */
import { guess } from './did-you-mean.ts';
import type { TakenAt } from './taken-at.ts';

/** What can stand between braces, and what it becomes. */
export const placeholders = {
  year: 'the year it was taken, 2024',
  month: 'the month as a number, 07',
  'month-name': "the month's name, July",
  day: 'the day of the month, 14',
  folder: "the innermost folder it lies in; the source's name at the top",
  'folder:1': 'the first folder below the source (`{folder:2}` the second, …)',
  source: "the source's name",
  camera: 'the camera, as the picture tells it',
} as const;

export interface Template {
  /** As the owner wrote it. */
  readonly text: string;
  /** Plain text, and the names of blanks, in turn: even places are text, odd ones blanks. */
  readonly parts: readonly string[];
}

/** What a template is filled in from. */
export interface Pictured {
  readonly takenAt: TakenAt;
  /** Relative to the source, with `/`. */
  readonly path: string;
  /** The source's name. */
  readonly source: string;
  readonly camera?: string;
}

/** @throws when {@link templateProblem} finds one */
export function parseTemplate(text: string): Template {
  const problem = templateProblem(text);
  if (problem !== undefined) throw new Error(problem);
  return { text, parts: text.split(/[{}]/) };
}

/** What is wrong with a template, with the cure; undefined when nothing is. */
export function templateProblem(text: string): string | undefined {
  if (text.trim() === '') return 'a name must not be empty';
  if (!/^[^{}]*(\{[^{}]*\}[^{}]*)*$/.test(text)) return 'a "{" and its "}" do not match';
  const known = Object.keys(placeholders);
  for (const [, blank = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
    if (known.includes(blank) || /^folder:[1-9]$/.test(blank)) continue;
    const meant = guess(blank, known).replace(/"(.*)"/, '"{$1}"');
    return `"{${blank}}" is not known.${meant || ` There is ${known.map((word) => `{${word}}`).join(' ')}.`}`;
  }
  return undefined;
}

/** The filled-in name, or undefined when a blank has nothing to be filled with (a picture that does not tell its camera). */
export function fill(template: Template, pictured: Pictured, language: string): string | undefined {
  let name = '';
  for (const [index, part] of template.parts.entries()) {
    const isBlank = index % 2 === 1;
    const text = isBlank ? wordFor(part, pictured, language) : part;
    if (isBlank && text === '') return undefined;
    name += text;
  }
  return name;
}

function wordFor(blank: string, { takenAt, path, source, camera }: Pictured, language: string): string {
  const folders = path.split('/').slice(0, -1);
  const day = takenAt.local.slice(0, 10);
  if (blank.startsWith('folder:')) return (folders[Number(blank.slice('folder:'.length)) - 1] ?? '').trim();
  switch (blank) {
    case 'year':
      return day.slice(0, 4);
    case 'month':
      return day.slice(5, 7);
    case 'month-name':
      return new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
    case 'day':
      return day.slice(8, 10);
    case 'folder':
      return (folders.at(-1) ?? source).trim();
    case 'source':
      return source;
    case 'camera':
      return (camera ?? '').trim();
    default:
      throw new Error(`unknown blank {${blank}}`);
  }
}
