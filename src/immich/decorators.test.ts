import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import type { AlbumId, AssetId, Sha1 } from '../domain/index.ts';
import { type Clock, type Facts, type Log, seededIds, seededRandom, silentLog, systemClock } from '../kernel/index.ts';
import { dryRun } from './dry-run.ts';
import { type FailureKind, ImmichError } from './failures.ts';
import type { Immich, Upload } from './immich.ts';
import { lane } from './lane.ts';
import { limited } from './limited.ts';
import { logged } from './logged.ts';
import { retrying } from './retrying.ts';

const never = new AbortController().signal;
const random = seededRandom(1);

/** An Immich of which only what a test needs exists. */
function immichWith(calls: Partial<Immich>): Immich {
  const missing = (name: string | symbol) => async (): Promise<never> => assert.fail(`asked for ${String(name)}`);
  return new Proxy(calls, {
    get: (target, name) => Reflect.get(target, name) ?? missing(name),
    ownKeys: () => Reflect.ownKeys(calls),
  }) as Immich;
}

function clockThatNotes(sleeps: number[]): Clock {
  return { ...systemClock, sleep: async (delayMs) => void sleeps.push(delayMs) };
}

function failing(kind: FailureKind, times: number, facts: { retryAfterMs?: number } = {}) {
  let calls = 0;
  const call = async (): Promise<never[]> => {
    if (++calls <= times) throw new ImmichError(kind, kind, facts);
    return [];
  };
  return { call, calls: () => calls };
}

describe('Immich with patience', () => {
  it('asks again for what may help soon, waiting longer each time', async () => {
    const sleeps: number[] = [];
    const { call, calls } = failing('busy', 2);
    await retrying(immichWith({ checkPresence: call }), { clock: clockThatNotes(sleeps), random }).checkPresence([], never);
    assert.equal(calls(), 3);
    const [first = 0, second = 0] = sleeps;
    assert.ok(first >= 125 && first <= 250, `${first}`);
    assert.ok(second >= 500 && second <= 1000, `${second}`);
  });

  it('does not wait by itself when Immich names a time: that is for all of the account', async () => {
    const { call, calls } = failing('busy', 1, { retryAfterMs: 5_000 });
    await assert.rejects(retrying(immichWith({ listAlbums: call }), { clock: clockThatNotes([]), random }).listAlbums(never), ImmichError);
    assert.equal(calls(), 1);
  });

  for (const kind of ['away', 'refused', 'key refused', 'garbage'] as const) {
    it(`does not ask again at once when it is ${kind}`, async () => {
      const { call, calls } = failing(kind, 1);
      await assert.rejects(
        retrying(immichWith({ listAlbums: call }), { clock: clockThatNotes([]), random }).listAlbums(never),
        ImmichError,
      );
      assert.equal(calls(), 1);
    });
  }

  it('asks once more who it is for, since all of the account waits, and nothing else of what was never answered', async () => {
    for (const { name, times } of [
      { name: 'me', times: 2 },
      { name: 'serverVersion', times: 2 },
      { name: 'mediaTypes', times: 2 },
      { name: 'listAlbums', times: 1 },
      { name: 'upload', times: 1 },
    ] as const) {
      const { call, calls } = failing('silent', 9);
      const patient = retrying(immichWith({ [name]: call as never }), { clock: clockThatNotes([]), random });
      await assert.rejects(name === 'upload' ? patient.upload({} as Upload, never) : patient[name](never), ImmichError);
      assert.equal(calls(), times, name);
    }
  });

  it('never repeats what would be done twice', async () => {
    const { call, calls } = failing('unclear', 9);
    const once = retrying(immichWith({ upload: call as never, createAlbum: call as never }), { clock: clockThatNotes([]), random });
    await assert.rejects(once.upload({} as Upload, never), ImmichError);
    await assert.rejects(once.createAlbum({ name: 'a', description: '' }, never), ImmichError);
    assert.equal(calls(), 2);
  });

  it('stops waiting when aborted', async () => {
    const aborted = AbortSignal.abort(new Error('stop'));
    const patient = retrying(immichWith({ listAlbums: failing('busy', 1).call }), { clock: systemClock, random });
    await assert.rejects(patient.listAlbums(aborted), /stop/);
  });
});

describe('a lane', () => {
  it('lets in so many, first come first served', async () => {
    const two = lane(2);
    const begun: number[] = [];
    const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
    const runs = gates.map((gate, n) => {
      const work = (): Promise<void> => {
        begun.push(n);
        return gate.promise;
      };
      return two.run(work, never);
    });
    await new Promise(setImmediate);
    assert.deepEqual(begun, [0, 1]);
    gates[1]?.resolve();
    await runs[1];
    await new Promise(setImmediate);
    assert.deepEqual(begun, [0, 1, 2]);
    for (const gate of gates) gate.resolve();
    await Promise.all(runs);
    assert.deepEqual(begun, [0, 1, 2, 3]);
  });

  it('forgets those who stop waiting, and frees the place of those who fail', async () => {
    const one = lane(1);
    const gate = Promise.withResolvers<void>();
    const first = one.run(() => gate.promise, never);
    const leaving = new AbortController();
    const second = one.run(async () => assert.fail('was called off'), leaving.signal);
    leaving.abort(new Error('stop'));
    await assert.rejects(second, /stop/);
    gate.reject(new Error('failed'));
    await assert.rejects(first, /failed/);
    assert.equal(await one.run(async () => 'free', never), 'free');
  });
});

describe('a lane that lends places', () => {
  it('lets the next one in for each that takes very long, up to so many', async () => {
    const clock = new LeapClock();
    const one = lane(1, { clock, afterMs: 5_000, most: 2 });
    const begun: number[] = [];
    const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
    const runs = gates.map((gate, n) => {
      const work = (): Promise<void> => {
        begun.push(n);
        return gate.promise;
      };
      return one.run(work, never);
    });
    const leap = async (): Promise<void> => {
      clock.leap(5_000);
      await new Promise(setImmediate);
    };
    await new Promise(setImmediate);
    assert.deepEqual(begun, [0]);
    await leap();
    assert.deepEqual(begun, [0, 1]);
    for (let time = 0; time < 3; time += 1) await leap();
    assert.deepEqual(begun, [0, 1, 2], 'the third would be one too many');
    gates[2]?.resolve();
    await runs[2];
    await new Promise(setImmediate);
    assert.deepEqual(begun, [0, 1, 2, 3]);
    for (const gate of gates) gate.resolve();
    await Promise.all(runs);
    const after = await Promise.all([one.run(async () => 'in', never), one.run(async () => 'then in', never)]);
    assert.deepEqual(after, ['in', 'then in']);
  });
});

describe('Immich within bounds', () => {
  it('goes on asking while some questions are never answered', async () => {
    const clock = new LeapClock();
    let asked = 0;
    const stuck = new Promise<never>(() => undefined);
    const immich = immichWith({ listAlbums: () => (asked++ < 2 ? stuck : Promise.resolve([])) });
    const bounded = limited(immich, { questions: 2, uploads: 1, proofs: 1 }, { clock });
    for (let n = 0; n < 2; n++) void bounded.listAlbums(never);
    const answered = bounded.listAlbums(never);
    await new Promise(setImmediate);
    clock.leap(5_000);
    assert.deepEqual(await answered, []);
  });

  it('proves while uploads and questions are stuck, and pings past all of them', async () => {
    const stuck = new Promise<never>(() => undefined);
    const immich = immichWith({
      upload: () => stuck,
      listAlbums: () => stuck,
      ping: async () => undefined,
      readBack: async () => ({ sha1: 'x' as Sha1, sizeBytes: 1 }),
    });
    const bounded = limited(immich, { questions: 1, uploads: 1, proofs: 1 }, { clock: systemClock });
    for (let n = 0; n < 3; n++) void bounded.upload({} as Upload, never);
    for (let n = 0; n < 3; n++) void bounded.listAlbums(never);
    await bounded.ping(never);
    assert.equal((await bounded.readBack('a' as AssetId, never)).sizeBytes, 1);
  });
});

describe('Immich written down', () => {
  it('gets a line per call, with its kind of failure', async () => {
    const lines: Facts[] = [];
    const log: Log = { ...silentLog, debug: (_sentence, facts) => void lines.push(facts ?? {}) };
    const clock = { ...systemClock, elapsed: () => 5 };
    const immich = logged(immichWith({ ping: async () => undefined, listAlbums: failing('away', 1).call }), { log, clock });
    await immich.ping(never);
    await assert.rejects(immich.listAlbums(never));
    assert.deepEqual(lines, [
      { call: 'ping', ms: 0, outcome: 'answered' },
      { call: 'listAlbums', ms: 0, outcome: 'away', why: 'away' },
    ]);
  });
});

describe('Immich only looked at', () => {
  it('answers orders as if done, asks nothing of the file, and passes questions on', async () => {
    const immich = dryRun(immichWith({ keyPermissions: async () => ['all'] }), { ids: seededIds(random), clock: systemClock });
    const upload = { content: () => assert.fail('read the file') } as unknown as Upload;
    assert.equal((await immich.upload(upload, never)).isDuplicate, false);
    assert.deepEqual(await immich.addToAlbum('a' as AlbumId, ['x' as AssetId], never), [{ kind: 'added' }]);
    assert.equal((await immich.createAlbum({ name: 'n', description: 'd' }, never)).name, 'n');
    assert.deepEqual(await immich.keyPermissions(never), ['all']);
  });
});
