/** Runs every case against one server, one after another, and leaves the server as it was. */
import { groups } from './index.ts';
import { type ContractCase, stemOf } from './kit/contract-case.ts';
import { type Dialect, list, number, pick } from './kit/expect.ts';
import { sweep } from './kit/sweep.ts';
import { type Connection, connect } from './kit/wire.ts';
import { type Household, openWorld } from './kit/world.ts';

export interface Verdict {
  readonly group: string;
  readonly name: string;
  readonly source: string;
  /** Why the case failed, in one sentence; absent when it passed. */
  readonly complaint?: string;
  /** Why the case was not run on this server. */
  readonly skipped?: string;
}

export interface ContractResult {
  /** `2.7.5` */
  readonly version: string;
  readonly passed: number;
  readonly skipped: number;
  readonly failed: readonly Verdict[];
}

export interface ContractRun {
  /** With or without `/api` at its end. */
  readonly url: string;
  /** Two users' keys, each with all permissions. */
  readonly key: string;
  readonly secondKey: string;
  /** Told of every case as it ends. */
  report(verdict: Verdict): void;
  readonly signal?: AbortSignal;
  /** How long the server may take over what it does later, a minute by default. */
  readonly patienceMs?: number;
  /** Only cases whose group and name hold this text. */
  readonly only?: string;
}

/** Nothing was tried, and why: the server cannot be reached, or a key will not do. */
export class CannotRun extends Error {}

/** @throws CannotRun when the server cannot be reached, a key will not do, or both keys are of one user; failing cases do not throw */
export async function runContract(run: ContractRun): Promise<ContractResult> {
  const { url, key, secondKey, signal = new AbortController().signal, patienceMs = 60_000, only = '' } = run;
  const isChosen = (group: string, { name }: ContractCase): boolean => `${group}: ${name}`.includes(only);
  if (!groups.some(({ name, cases }) => cases.some((one) => isChosen(name, one)))) throw new CannotRun(`No case holds "${only}".`);
  const clients: ReturnType<typeof connect>[] = [];
  const meet = (connection: Omit<Connection, 'url' | 'signal'>, until = signal) => {
    const client = connect({ url, signal: until, ...connection });
    clients.push(client);
    return client;
  };
  const open = async (until: AbortSignal): Promise<{ household: Household; version: string }> => {
    const [anna, ben, stranger] = [meet({ key }, until), meet({ key: secondKey }, until), meet({}, until)];
    const { version, dialect } = await askVersion(stranger);
    return {
      version,
      household: { dialect, anna, ben, stranger, withKey: (other) => meet({ key: other }, until), signal: until, patienceMs },
    };
  };

  try {
    const { household, version } = await open(signal);
    await refuseWrongKeys(household);
    const hasTrash = pick((await household.stranger.get('/api/server/features')).json, 'trash') !== false;
    const verdicts: Verdict[] = [];
    const note = (verdict: Verdict): void => {
      verdicts.push(verdict);
      run.report(verdict);
    };
    await sweep(household, groups);
    try {
      for (const { name: group, cases } of groups) {
        for (const one of cases.filter((each) => isChosen(group, each))) {
          signal.throwIfAborted();
          const isSkipped = one.needsTrash === true && !hasTrash;
          const verdict = isSkipped ? { group, name: one.name, source: one.source, skipped: noTrash } : await judge(one, group, household);
          // A case that was interrupted says nothing of the server.
          signal.throwIfAborted();
          note(verdict);
        }
      }
    } finally {
      // Also after an interruption, so not under the signal that interrupted.
      const cleaner = await open(new AbortController().signal);
      note(await judge(leavesNothing, 'afterwards', cleaner.household));
    }
    const failed = verdicts.filter(({ complaint }) => complaint !== undefined);
    const skipped = verdicts.filter((verdict) => verdict.skipped !== undefined).length;
    return { version, passed: verdicts.length - failed.length - skipped, skipped, failed };
  } finally {
    for (const client of clients) client.close();
  }
}

const noTrash = 'the trash of this server is off';

const leavesNothing: ContractCase = {
  name: 'forgets all that the suite made once it is deleted by force',
  source: 'facts/immich.md §4; transcript check-gone',
  run: (world) => sweep(world, groups),
};

async function judge(one: ContractCase, group: string, household: Household): Promise<Verdict> {
  const { name, source } = one;
  try {
    await one.run(openWorld(household, stemOf(group, name)));
    return { group, name, source };
  } catch (error) {
    return { group, name, source, complaint: error instanceof Error ? error.message : String(error) };
  }
}

async function askVersion(stranger: ReturnType<typeof connect>): Promise<{ version: string; dialect: Dialect }> {
  const { status, headers, json } = await stranger.get('/api/server/version').catch((cause: unknown) => {
    const why = cause instanceof Error && 'code' in cause ? cause.code : cause;
    throw new CannotRun(`Nothing answers there as a web server does (${why}).`, { cause });
  });
  const [major, minor, patch] = ['major', 'minor', 'patch'].map((part) => pick(json, part));
  const hint = headers.location === undefined ? `status ${status}` : `it points to ${headers.location}`;
  if (status !== 200 || !number(major)) throw new CannotRun(`What answers there is no Immich: it tells no version (${hint}).`);
  return { version: `${major}.${minor}.${patch}`, dialect: Number(major) >= 3 ? '3' : '2' };
}

async function refuseWrongKeys({ anna, ben }: Household): Promise<void> {
  const ids: unknown[] = [];
  for (const [option, client] of [
    ['--key', anna],
    ['--second-key', ben],
  ] as const) {
    const key = await client.get('/api/api-keys/me');
    if (key.status !== 200) throw new CannotRun(`The server refuses ${option}: ${pick(key.json, 'message') ?? key.status}.`);
    if (!list(pick(key.json, 'permissions')).includes('all'))
      throw new CannotRun(`The key of ${option} must have all permissions ("all").`);
    ids.push(pick((await client.get('/api/users/me')).json, 'id'));
  }
  if (ids[0] === ids[1]) throw new CannotRun('Both keys are of the same user; the suite needs keys of two users.');
}
