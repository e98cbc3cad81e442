/** The rules of one `.homerollignore`, as git reads its own: compiled once, asked often, in memory that does not grow with the questions. */
import ignore, { type Ignore } from 'ignore';

/** What one file of rules says of a path below its folder; undefined: nothing. */
export type Opinion = 'left' | 'kept' | undefined;

export interface Patterns {
  /** @param path relative to the folder of the rules, one character for each byte */
  opinionOn(path: string, isFolder: boolean): Opinion;
}

// Windows editors begin a file with it; git skips it, too.
const byteOrderMark = /^\u00ef\u00bb\u00bf/;
// The library keeps every answer it gave.
const mostAnswersKept = 2_000;

/** @param text one character for each byte, as git compares them: names on disk need not be text */
export function compilePatterns(text: string): Patterns {
  const rules = ignore({ ignoreCase: false }).add(text.replace(byteOrderMark, ''));
  const anew = (): Ignore => ignore({ ignoreCase: false }).add(rules);
  let [asked, answers] = [anew(), 0];
  return {
    opinionOn(path, isFolder) {
      if (answers++ >= mostAnswersKept) [asked, answers] = [anew(), 0];
      const folders = foldersOf(path);
      // Rules further down took that folder back: what is in it must be told by a rule of its own.
      const isTakenBack = folders.some((folder) => asked.ignores(folder));
      const rulesNow = isTakenBack ? anew().add(folders.map((folder) => ({ pattern: `!/${literal(folder)}` }))) : asked;
      const { ignored, unignored } = rulesNow.test(isFolder ? `${path}/` : path);
      if (ignored) return 'left';
      return unignored ? 'kept' : undefined;
    },
  };
}

/** `a/`, `a/b/` of `a/b/c`. */
function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let cut = path.indexOf('/'); cut > 0; cut = path.indexOf('/', cut + 1)) folders.push(path.slice(0, cut + 1));
  return folders;
}

function literal(path: string): string {
  return path.replaceAll(/[\\*?[\]!# ]/g, '\\$&');
}
