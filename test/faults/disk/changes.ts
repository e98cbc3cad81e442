/** A file that somebody removes, changes, cuts or replaces between any two steps. */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { parseTemplate } from '../../../src/domain/index.ts';
import { TestHousehold } from '../../kit/household.ts';
import type { Fault } from '../fault.ts';
import { tollOfHousehold } from '../scenes.ts';
import { all, comeToRest, expecting, newsOf, onHousehold, sha1Of, storedSha1s, tamperedDisk } from './kit.ts';

// Several chunks, so that a read has a middle.
const sizeBytes = 700_000;
const content = (letter: string): Buffer => Buffer.concat([Buffer.from(`${letter} begins`), Buffer.alloc(sizeBytes, letter)]);

/** Where the household is when it happens: at a line of the engine, before a question to Immich, or before a look at the disk. */
type Moment =
  | { readonly at: string; readonly nth?: number }
  | { readonly asking: RegExp }
  | { readonly looking: 'stat' | 'open' | 'read'; readonly nth: number };

const moments: readonly Moment[] = [
  ...['settle', 'judge', 'hash', 'check', 'upload', 'prove', 'organise'].map((step) => ({ at: `after ${step}` })),
  ...[1, 2, 3, 4, 5].flatMap((nth) => [
    { at: 'before commit', nth },
    { at: 'after commit', nth },
  ]),
  { asking: /bulk-upload-check/ },
  { asking: /POST \/api\/assets$/ },
  { asking: /original/ },
  { asking: /POST \/api\/albums/ },
  { asking: /PUT \/api\/albums/ },
  { asking: /tags/ },
  ...[1, 2, 3].map((nth) => ({ looking: 'stat' as const, nth })),
  // The judge looks for a date, hash reads, upload reads.
  ...[1, 2, 3].map((nth) => ({ looking: 'open' as const, nth })),
  ...[2, 4, 6, 7, 8, 9, 10].map((nth) => ({ looking: 'read' as const, nth })),
];

interface Mishap {
  readonly what: string;
  readonly isQuick?: boolean;
  /** Must not wait: the household stands still meanwhile. */
  readonly does: (path: string) => void;
  /** The path leads to no file of ours afterwards. */
  readonly isItsEnd?: boolean;
}

const mishaps: readonly Mishap[] = [
  { what: 'vanishes', isQuick: true, isItsEnd: true, does: (path) => rmSync(path) },
  { what: 'changes', isQuick: true, does: (path) => writeFileSync(path, content('x')) },
  { what: 'changes and keeps its size and time', does: keepingTime((path) => writeFileSync(path, content('y'))) },
  { what: 'grows', does: (path) => writeFileSync(path, 'and more', { flag: 'a' }) },
  { what: 'is truncated', does: (path) => truncateSync(path, 1000) },
  { what: 'is emptied', isItsEnd: true, does: (path) => truncateSync(path, 0) },
  {
    what: 'is replaced by another',
    isQuick: true,
    does(path) {
      writeFileSync(`${path}.tmp`, content('z'));
      renameSync(`${path}.tmp`, path);
    },
  },
  {
    what: 'is replaced by another of the same size and time',
    does: keepingTime((path) => {
      writeFileSync(`${path}.tmp`, content('z'));
      renameSync(`${path}.tmp`, path);
    }),
  },
  {
    what: 'becomes a folder',
    isItsEnd: true,
    does(path) {
      rmSync(path);
      mkdirSync(path);
      writeFileSync(`${path}/inner.jpg`, 'what lies in it');
    },
  },
  {
    what: 'becomes a pipe',
    isItsEnd: true,
    does(path) {
      rmSync(path);
      execFileSync('mkfifo', [path]);
    },
  },
  { what: 'is renamed', does: (path) => renameSync(path, path.replace('b.jpg', 'later.jpg')) },
  { what: 'gets a second name', does: (path) => linkSync(path, path.replace('b.jpg', 'second.jpg')) },
  { what: 'is only touched', does: (path) => utimesSync(path, 1_600_000_000, 1_600_000_000) },
];

function keepingTime(does: (path: string) => void): (path: string) => void {
  return (path) => {
    const { atime, mtime } = statSync(path);
    does(path);
    utimesSync(path, atime, mtime);
  };
}

export const changeFaults: readonly Fault[] = mishaps.map(({ what, isQuick = false, does, isItsEnd = false }) =>
  onHousehold({
    name: `a file ${what} between two steps`,
    tries: moments.length,
    isQuick,
    async strike(seed) {
      const moment = moments[(seed * 11) % moments.length] ?? moments[0];
      let act: (() => void) | undefined;
      let reads = 0;
      const disk = tamperedDisk((question, path) => {
        if (path.endsWith('/b.jpg') && moment && 'looking' in moment && moment.looking === question && ++reads === moment.nth) act?.();
      });
      await using home = await TestHousehold.open({
        disk,
        sources: [{ identity: 'local', albums: [{ template: parseTemplate('All'), isAdoptable: false }], tags: [parseTemplate('all')] }],
      });
      for (const letter of ['a', 'b', 'c']) await home.write(`${letter}.jpg`, content(letter));
      const path = home.path('b.jpg').toString();
      let isDone = false;
      act = () => {
        if (isDone) return;
        isDone = true;
        does(path);
      };
      let left = moment && 'at' in moment ? (moment.nth ?? 1) : 0;
      const reach = (point: string): void => {
        if (moment && 'at' in moment && point === moment.at && --left === 0) act?.();
      };
      home.onAsk = (question) => {
        if (moment && 'asking' in moment && moment.asking.test(question)) act?.();
      };
      await home.once({ crashPoints: { reach } });
      // Where so many commits or looks are not needed, it happens afterwards.
      act();
      await comeToRest(home);
      const arrived = (await storedSha1s(home)).has(sha1Of(content('b')));
      const isTold = newsOf(home, 'lost before safe').length > 0;
      // What was not held against the rules yet may never have been wanted.
      const wasWanted = home.history('b.jpg').includes('wanted');
      const isMissed = wasWanted && isItsEnd && what !== 'is emptied' && !arrived && !isTold;
      return all(
        await tollOfHousehold(home),
        expecting(
          [!isMissed, 'it left before it was safe, and nobody was told'],
          [!(isTold && arrived), 'it was told as lost, and Immich has it'],
          [home.state('a.jpg') === 'safe' && home.state('c.jpg') === 'safe', 'it held up another'],
        ),
      );
    },
  }),
);
