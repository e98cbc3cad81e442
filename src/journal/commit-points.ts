/** Crash points around every commit, called after who writes: `before commit by closeFolder`. No list of them is kept by hand. */
import type { CrashPoints } from '../kernel/index.ts';

export class CommitPoints {
  readonly #crashPoints: CrashPoints;

  constructor(crashPoints: CrashPoints) {
    this.#crashPoints = crashPoints;
  }

  around<R>(commit: () => R): R {
    const writer = writerOf(stackOf('who writes?'));
    this.#crashPoints.reach(`before commit by ${writer}`);
    const result = commit();
    this.#crashPoints.reach(`after commit by ${writer}`);
    return result;
  }
}

/** Of more than the ten lines that V8 keeps unless told: some writers stand high above their commit. */
function stackOf(question: string): string {
  const lines = Error.stackTraceLimit;
  Error.stackTraceLimit = 30;
  const { stack = '' } = new Error(question);
  Error.stackTraceLimit = lines;
  return stack;
}

const isOurs = (line: string): boolean => line.includes(import.meta.dirname) && !line.includes('.test.ts:');

/** The innermost named function outside of the journal; private methods, which V8 calls `#commit`, with the name of their file. */
function writerOf(stack: string): string {
  for (const line of stack.split('\n')) {
    if (!line.includes('.ts:') || isOurs(line)) continue;
    const [, name, file] = /^\s+at (?:async |new |Object\.)*([\w.#]+) \(.*?([\w-]+)\.ts:/.exec(line) ?? [];
    if (name !== undefined) return name.startsWith('#') ? `${file}${name}` : name;
  }
  return 'nobody known';
}
