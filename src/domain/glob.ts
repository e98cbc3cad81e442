/** Patterns for names and paths as owners write them: `*.gif`, `DCIM/*.JPG`. The only place that knows picomatch. */
import picomatch from 'picomatch';

export interface Glob {
  /** As the owner wrote it. */
  readonly text: string;
  matches(text: string): boolean;
}

/**
 * A pattern for paths relative to a source, with `/`. Case does not count (cameras write `.JPG`, people `*.jpg`); names that begin with a
 * dot are matched like others; a pattern without `/` looks at the name alone, at any depth. `*`, `**`, `?`, `[0-9]` and `{a,b}` are
 * special, nothing else.
 */
export function pathGlob(text: string): Glob {
  return { text, matches: matcher(text, { basename: !text.includes('/') }) };
}

/** A pattern for a short text such as a camera's name, in which `/` is a letter like any other. */
export function textGlob(text: string): Glob {
  return { text, matches: matcher(text, { bash: true }) };
}

/** What is wrong with a pattern, with the cure; undefined when nothing is. */
export function globProblem(text: string): string | undefined {
  if (text.trim() === '') return 'a pattern must not be empty';
  if (text.startsWith('/')) return 'a pattern is relative to the folder: leave out the "/" it begins with';
  if (text.startsWith('./') || text.split('/').includes('..')) return 'a pattern is relative to the folder and has no "./" or "../"';
  if (text.startsWith('!')) return 'a pattern cannot be turned round with "!": use include for what is wanted and skip for what is not';
  if (text.includes('\\') && !/\\[*?[\]{}()!@+|\\]/.test(text)) return 'folders are divided by "/", not by "\\"';
  if (text.endsWith('/')) return `a pattern for all in a folder ends in "/**": "${text}**"`;
  try {
    picomatch.makeRe(plain(text), { ...manners, strictBrackets: true });
    return undefined;
  } catch {
    return 'a bracket is not closed';
  }
}

/** One spelling for one name: a Mac writes folders in NFD, an owner's editor NFC, and both look the same. */
function matcher(text: string, more: { readonly basename?: boolean; readonly bash?: boolean }): (text: string) => boolean {
  const matches = picomatch(plain(text.normalize('NFC')), { ...manners, ...more });
  return (other) => matches(other.normalize('NFC'));
}

const manners = { nocase: true, dot: true, noextglob: true } as const;

/** Round brackets are letters: `Pictures (old)` and `IMG (1).jpg` are names that people have. */
function plain(text: string): string {
  return text.replace(/(?<!\\)[()|]/g, '\\$&');
}
