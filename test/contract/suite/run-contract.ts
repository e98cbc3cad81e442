/** Runs every case against one server, one after another, and leaves the server as it was. */
import { groups } from './index.ts';
import { type ContractCase, stemOf } from './kit/contract-case.ts';
import { answers, type Dialect, number, pick, uuid } from './kit/expect.ts';
import { sweep } from './kit/sweep.ts';
import { type Connection, connect } from './kit/wire.ts';
import { type Household, openWorld } from './kit/world.ts';

export interface Verdict {
  readonly group: string;
  readonly name: string;
  readonly source: string;
  /** Why the case failed, in one sentence; absent when it passed. */
  readonly complaint?: string;
}

export interface ContractResult {
  /** `2.7.5` */
  readonly version: string;
  readonly passed: number;
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

/** @throws when the server cannot be reached, a key is refused, or both keys are of one user; failing cases do not throw */
export async function runContract(run: ContractRun): Promise<ContractResult> {
  const { url, key, secondKey, signal = new AbortController().signal, patienceMs = 60_000, only = '' } = run;
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
    await refuseOneUser(household);
    const verdicts: Verdict[] = [];
    const note = (verdict: Verdict): void => {
      verdicts.push(verdict);
      run.report(verdict);
    };
    await sweep(household, groups);
    try {
      for (const { name: group, cases } of groups) {
        for (const one of cases.filter(({ name }) => `${group}: ${name}`.includes(only))) {
          signal.throwIfAborted();
          note(await judge(one, group, household));
        }
      }
    } finally {
      // Also after an interruption, so not under the signal that interrupted.
      const cleaner = await open(new AbortController().signal);
      note(await judge(leavesNothing, 'afterwards', cleaner.household));
    }
    const failed = verdicts.filter(({ complaint }) => complaint !== undefined);
    return { version, passed: verdicts.length - failed.length, failed };
  } finally {
    for (const client of clients) client.close();
  }
}

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
  const answer = await stranger.get('/api/server/version');
  answers(answer, 200, { major: number, minor: number, patch: number });
  const [major, minor, patch] = ['major', 'minor', 'patch'].map((part) => Number(pick(answer.json, part)));
  return { version: `${major}.${minor}.${patch}`, dialect: Number(major) >= 3 ? '3' : '2' };
}

async function refuseOneUser({ anna, ben }: Household): Promise<void> {
  const ids: unknown[] = [];
  for (const client of [anna, ben]) {
    const answer = await client.get('/api/users/me');
    answers(answer, 200, { id: uuid });
    ids.push(pick(answer.json, 'id'));
  }
  if (ids[0] === ids[1]) throw new Error('Both keys are of the same user; the suite needs keys of two users.');
}
