/** Which entries of a calendar are meant, as owners write it: `birthday`, or `/birthday|holiday/i`. Pure. */
import { oneLine } from './one-line.ts';

export interface TitlePattern {
  /** As the owner wrote it. */
  readonly text: string;
  matches(title: string): boolean;
}

// Long enough for any title that people read, and short enough for any pattern that they write.
const longestTitle = 200;

/** A title as it is matched, kept and shown. */
export function entryTitle(written: string): string {
  return oneLine(written, longestTitle);
}

/** @throws when {@link titlePatternProblem} finds one */
export function titlePattern(text: string): TitlePattern {
  const problem = titlePatternProblem(text);
  if (problem !== undefined) throw new Error(problem);
  const expression = expressionIn(text);
  if (!expression) {
    const wanted = folded(text.trim());
    return { text, matches: (title) => folded(title).includes(wanted) };
  }
  const compiled = new RegExp(expression.source.normalize('NFC'), expression.flags);
  return { text, matches: (title) => compiled.test(entryTitle(title)) };
}

/** What is wrong with a pattern, with the cure; undefined when nothing is. */
export function titlePatternProblem(text: string): string | undefined {
  if (text.trim() === '') return 'a pattern must not be empty';
  if (!text.startsWith('/')) return undefined;
  const expression = expressionIn(text);
  if (!expression) return 'a pattern between slashes ends with "/", or with "/i" where capitals do not count';
  // `(a+)+`: on a title that somebody else wrote into the calendar it could run for years.
  if (/(?<!\\)[+*}]\??\)(?:[+*]|\{\d+,)/.test(expression.source)) return 'a repetition of a repetition may take for ever: repeat once';
  try {
    new RegExp(expression.source, expression.flags);
    return undefined;
  } catch {
    return 'this is not a regular expression: a bracket may be missing, or a "\\" before a special character';
  }
}

function expressionIn(text: string): { readonly source: string; readonly flags: string } | undefined {
  const [, source, flags] = /^\/(.+)\/(i?)$/s.exec(text.trim()) ?? [];
  return source === undefined || flags === undefined ? undefined : { source, flags };
}

function folded(text: string): string {
  return entryTitle(text).toLowerCase();
}
