/** Replays the recorded requests against a server and compares its answers with those of the real one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Answer {
  readonly status?: number;
  readonly outcome?: string;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly binary?: unknown;
}

interface Step {
  readonly id: string;
}

interface Engine {
  readonly Run: new (options: {
    url: string;
    keyA: string;
    keyB: string;
    dir: string;
    only: string;
    exclusive: boolean;
    versions: string[];
    onAnswer: (step: Step, answer: Answer) => void;
  }) => { run(): Promise<unknown> };
}

export interface Replaying {
  /** Where scenario, answers and engine lie. */
  readonly dir: string;
  readonly url: string;
  readonly keys: readonly [string, string];
  readonly version: string;
  readonly groups: readonly string[];
}

/** @returns what the server answered, by step */
export async function replay({ dir, url, keys, version, groups }: Replaying): Promise<ReadonlyMap<string, Answer>> {
  const { Run } = (await import(pathToFileURL(join(dir, 'engine.ts')).href)) as Engine;
  const answers = new Map<string, Answer>();
  const run = new Run({
    url,
    keyA: keys[0],
    keyB: keys[1],
    dir,
    only: groups.map((group) => `${group}-`).join(','),
    exclusive: true,
    versions: [version.slice(0, 1)],
    onAnswer: (step, answer) => answers.set(step.id, answer),
  });
  // The engine waits for jobs of a real server after many steps; here all work is done before the answer.
  Object.assign(run, { idle: () => Promise.resolve() });
  await run.run();
  return answers;
}

export function recordedAnswers(dir: string, version: string): Readonly<Record<string, Answer>> {
  return JSON.parse(readFileSync(join(dir, `answers-${version}.json`), 'utf8')).steps;
}

/**
 * Every difference as one line. Keys that the real server does not send are no difference.
 * @param isUnknowable says of a JSON pointer below body or headers that its value is not compared
 */
export function differences(expected: Answer, got: Answer, isUnknowable: (pointer: string) => boolean): string[] {
  const status = [expected.status ?? expected.outcome, got.status ?? got.outcome];
  const found = status[0] === status[1] ? [] : [`status: expected ${status[0]}, got ${status[1]}`];
  for (const part of ['headers', 'body', 'binary'] as const) {
    if (expected[part] !== undefined)
      compare(expected[part], got[part], '', (pointer, sentence) => {
        if (!isUnknowable(pointer)) found.push(`${part}${pointer}: ${sentence}`);
      });
  }
  return found;
}

type Tell = (pointer: string, sentence: string) => void;

function compare(expected: unknown, got: unknown, pointer: string, tell: Tell): void {
  if (typeof expected === 'string' && /^<\w+>$/.test(expected)) {
    if (!fits(expected, got)) tell(pointer, `expected ${expected}, got ${JSON.stringify(got)}`);
  } else if (Array.isArray(expected) && Array.isArray(got)) {
    if (expected.length !== got.length) tell(pointer, `expected ${expected.length} entries, got ${got.length}`);
    for (const [index, value] of expected.entries()) if (index < got.length) compare(value, got[index], `${pointer}/${index}`, tell);
  } else if (isObject(expected) && isObject(got)) {
    for (const [key, value] of Object.entries(expected)) compare(value, got[key], `${pointer}/${key}`, tell);
  } else if (expected !== got) {
    tell(pointer, `expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
  }
}

/** What a placeholder of the recording accepts. */
function fits(placeholder: string, got: unknown): boolean {
  if (got === placeholder) return true;
  const kind = placeholder.slice(1, -1);
  if (kind === 'number' || kind === 'boolean') return typeof got === kind;
  if (typeof got !== 'string') return false;
  if (kind === 'time') return !Number.isNaN(Date.parse(got));
  if (kind === 'uuid') return /^\{\w+\}$/.test(got);
  return kind === 'string' || got !== '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
