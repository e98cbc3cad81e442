/** One life after the other, with a journal on a real disk and an errand that meets with trouble. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { configOf } from '../../test/kit/config.ts';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import type { LifeWish } from '../cli/index.ts';
import { onDisk, stampsOf } from '../config/index.ts';
import { holdState, JournalTrouble, journalPath, openJournal } from '../journal/index.ts';
import { type Log, noCrashPoints, silentLog, systemClock } from '../kernel/index.ts';
import { Lives } from './lives.ts';
import { sightOf } from './sight.ts';

class Place implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'homeroll-lives-'));
  readonly stateDir = join(this.folder, 'state');
  readonly said: string[] = [];

  constructor() {
    mkdirSync(join(this.folder, 'Phone'));
  }

  live<R>(
    work: LifeWish<R>['work'],
    { configFile, signal = new AbortController().signal }: { configFile?: string; signal?: AbortSignal } = {},
  ): Promise<R> {
    const hear = (sentence: string): void => void this.said.push(sentence);
    const log: Log = { ...silentLog, info: hear, warn: hear, error: hear };
    const keys = new Map([['anna', 'a-key']]);
    const config = configOf({ url: 'http://127.0.0.1:1', keys, sources: [{}], events: [], folder: this.folder, isRealDisk: true });
    const parts = {
      stateDir: this.stateDir,
      userAgent: 'test',
      version: '0.1.0',
      crashPoints: noCrashPoints,
      clock: new LeapClock(),
      surroundings: onDisk({}),
      stampOf: stampsOf(),
      sight: sightOf(systemClock),
    };
    return new Lives({ config, logFor: () => log, work, ...(configFile !== undefined && { configFile }) }, parts).live(signal);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve());
  });

describe('a life', () => {
  it('gives back what its errand found out, and lets the folder go', async () => {
    using place = new Place();
    assert.equal(await place.live(async ({ open }) => open.journal.sources.all().length), 1);
    holdState(place.stateDir).release();
  });

  it('whose journal turns out to be damaged is followed by another, which does the errand with a new one under the same lock', async () => {
    using place = new Place();
    let lives = 0;
    const told = await place.live(async ({ open }) => {
      lives += 1;
      assert.throws(() => holdState(place.stateDir), { code: 'journal held' });
      if (lives === 1) throw new JournalTrouble('journal damaged', 'It is damaged.');
      return open.journal.outbox.all().map(({ kind }) => kind);
    });
    assert.deepEqual([lives, told], [2, ['journal anew']]);
    assert.equal(readdirSync(place.stateDir).filter((name) => name.includes('.damaged-')).length, 1);
  });

  it('is ended by its journal at once, whatever its errand makes of the error', async () => {
    using place = new Place();
    let lives = 0;
    const result = await place.live(async ({ open }, signal) => {
      lives += 1;
      if (lives === 2) return 'done';
      for (let number = 0; number < 200; number += 1) open.journal.facts.set(`fact ${number}`, 'x'.repeat(1_000));
      // Written by somebody else, so that it is read again; and by then it is overwritten, all but the first page.
      const other = openJournal(place.stateDir);
      other.facts.set('fact 1', 'y');
      for (const path of [journalPath(place.stateDir), `${journalPath(place.stateDir)}-wal`]) {
        truncateSync(path, 4_096);
        writeFileSync(path, Buffer.alloc(1_000_000, 0xa5), { flag: 'a' });
      }
      try {
        for (let number = 0; number < 200; number += 1) open.journal.facts.get(`fact ${number}`);
      } catch {
        // Swallowed, as by a loop that goes on whatever happens.
      } finally {
        other.close();
      }
      if (!signal.aborted) throw new Error('nobody noticed');
      await untilAborted(signal);
      return 'let go';
    });
    assert.equal(result, 'done');
  });

  it('that is told to stop ends with what its errand says', async () => {
    using place = new Place();
    const stop = new AbortController();
    const work = async (
      { open }: { open: { journal: { facts: { set(name: string, value: string): void } } } },
      signal: AbortSignal,
    ): Promise<string> => {
      open.journal.facts.set('a', 'b');
      stop.abort();
      await untilAborted(signal);
      return 'stopped';
    };
    assert.equal(await place.live(work, { signal: stop.signal }), 'stopped');
  });

  it('that fails by a bug takes all down, and lets the folder go', async () => {
    using place = new Place();
    await assert.rejects(
      place.live(async () => {
        throw new TypeError('a bug');
      }),
      /a bug/,
    );
    holdState(place.stateDir).release();
    assert.ok(existsSync(journalPath(place.stateDir)));
  });

  it('ends when the file of the settings says other things, and the next one has them', async () => {
    using place = new Place();
    const configFile = join(place.folder, 'homeroll.yaml');
    const sourceNamed = (name: string): string =>
      `immich: { url: "http://127.0.0.1:1", accounts: { anna: { key: a-key } } }\ntime zone: Europe/Berlin\nsources: [{ name: ${name}, folder: Phone }]\n`;
    writeFileSync(configFile, sourceNamed('First'));
    const seen: string[] = [];
    await place.live(
      async ({ config }, signal) => {
        const name = config.sources[0]?.name ?? '';
        seen.push(name);
        if (name === 'Second') return;
        if (name === 'First') writeFileSync(configFile, sourceNamed('Second'));
        await untilAborted(signal);
      },
      { configFile },
    );
    assert.deepEqual(seen, ['Phone', 'First', 'Second']);
    assert.match(
      place.said.at(-1) ?? '',
      /^The settings have changed, and Homeroll goes on with them: source "Second" added, source "First" removed\.$/,
    );
  });
});
