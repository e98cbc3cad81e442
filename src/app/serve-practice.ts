/** Starts the practice Immich for the command line, and says in a sentence why it cannot. */
import type { ServedPractice, ServeWish } from '../cli/index.ts';
import { OwnerError } from '../kernel/index.ts';
import { startPracticeImmich, type Version, versions } from '../practice/index.ts';
import { makeFolder } from './make-folder.ts';

/** @throws OwnerError for a version, a port, a folder or a fault plan that will not do */
export async function servePractice(wish: ServeWish): Promise<ServedPractice> {
  const { port, dataDir, version: wished, faults } = wish;
  const known = versions.find((one) => one === wished) satisfies Version | undefined;
  if (!known) throw new OwnerError('no such version', `There is no practice Immich ${wished}. There is ${versions.join(' and ')}.`);
  try {
    const plan = faults === undefined ? undefined : JSON.parse(faults);
    await makeFolder(dataDir);
    const running = await startPracticeImmich({ port, dataDir, version: known, faults: plan });
    const users = running.users.map(({ name, isAdmin, key }) => ({ name, isAdmin, key }));
    return { ready: { url: running.url, version: running.version, users }, [Symbol.asyncDispose]: () => running.close() };
  } catch (cause) {
    if (cause instanceof OwnerError) throw cause;
    const sentence = troubleWith(wish, cause);
    if (sentence === undefined) throw cause;
    throw new OwnerError('no practice Immich', sentence, { cause });
  }
}

/** Undefined: nothing that who started it could mend. */
function troubleWith({ port, dataDir }: ServeWish, error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('issues' in error && Array.isArray(error.issues)) {
    const [issue] = error.issues as readonly PlanIssue[];
    return (
      issue && `The fault plan is wrong at ${issue.path.join('.') || 'its beginning'}: ${sayPlanIssue(issue)}. CONTRIBUTING.md shows one.`
    );
  }
  if (!('code' in error)) return undefined;
  const isOfPort = 'syscall' in error && error.syscall === 'listen';
  if (error.code === 'EADDRINUSE') return `Port ${port} is taken: name another with --port, or 0 for any that is free.`;
  if (isOfPort) return `Port ${port} cannot be used (${error.code}): name another with --port, or 0 for any that is free.`;
  if (error.code === 'EEXIST' || error.code === 'ENOTDIR') return `${dataDir} is a file, or lies in one: name a folder with --data.`;
  // ENOENT: the kernel makes no folders there, as below /proc.
  const isUnwritable = ['EACCES', 'EROFS', 'EPERM', 'ENOENT'].includes(String(error.code));
  return isUnwritable ? `${dataDir} cannot be written: name another folder with --data.` : undefined;
}

/** What a schema has against a plan, as far as it is said here. */
interface PlanIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly options?: readonly unknown[];
}

const types: Readonly<Record<string, string>> = {
  object: 'it must be a block in { }',
  array: 'it must be a list in [ ]',
  string: 'it must be text in quotes',
  number: 'it must be a number',
  int: 'it must be a whole number',
  boolean: 'it must be true or false',
};

function sayPlanIssue({ code, message, expected = '', minimum, maximum, keys, values, options }: PlanIssue): string {
  const choices = values ?? options;
  if (code === 'unrecognized_keys' && keys) return `nothing is called ${keys.map((key) => JSON.stringify(key)).join(', ')} there`;
  if (choices) return `there is ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`;
  if (code === 'too_small') return `it must be ${minimum} at least`;
  if (code === 'too_big') return `it must be ${maximum} at most`;
  if (code === 'invalid_type') return types[expected] ?? message;
  return /^is /.test(message) ? message.replace('is ', 'it must be ') : message;
}
