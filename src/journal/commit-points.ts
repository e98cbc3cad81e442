/** Crash points around every commit, called after who writes: `before commit by closeFolder`. No list of them is kept by hand. */
import type { CrashPoints } from '../kernel/index.ts';

export class CommitPoints {
  readonly #crashPoints: CrashPoints;

  constructor(crashPoints: CrashPoints) {
    this.#crashPoints = crashPoints;
  }

  around<R>(commit: () => R): R {
    const writer = writerOf(new Error('who writes?').stack ?? '');
    this.#crashPoints.reach(`before commit by ${writer}`);
    const result = commit();
    this.#crashPoints.reach(`after commit by ${writer}`);
    return result;
  }
}

const isOurs = (line: string): boolean => line.includes(import.meta.dirname) && !line.includes('.test.ts:');

/** The innermost named function outside of the journal. */
function writerOf(stack: string): string {
  const callers = stack.split('\n').filter((line) => line.includes('.ts:') && !isOurs(line));
  const names = callers.flatMap((line) => /^\s+at (?:async |new )*([\w.#]+) \(/.exec(line)?.[1] ?? []);
  return names.find((name) => !name.includes('anonymous'))?.replace(/^Object\./, '') ?? 'nobody known';
}
