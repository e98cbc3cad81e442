/** A file that somebody removes, changes, cuts or replaces between any two steps. */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseTemplate } from '../../../src/domain/index.ts';
import { TestHousehold } from '../../kit/household.ts';
import type { Fault } from '../fault.ts';
import { tollOfHousehold } from '../scenes.ts';
import type { Toll } from '../toll.ts';
import { all, comeToRest, expecting, newsOf, onHousehold, sha1Of, storedSha1s, tamperedDisk } from './kit.ts';

// Several chunks, so that a read has a middle.
const sizeBytes = 700_000;
/** Each of a size of its own: files of one size that are written in the same tick of the disk's clock pass for one that was moved. */
const content = (letter: string, sized = letter): Buffer =>
  Buffer.concat([Buffer.from(`${letter} begins`), Buffer.alloc(sizeBytes + sized.charCodeAt(0), letter)]);

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
  {
    what: 'is moved into a bin',
    isQuick: true,
    isItsEnd: true,
    does(path) {
      mkdirSync(join(dirname(path), '.recycle'));
      renameSync(path, join(dirname(path), '.recycle', 'b.jpg'));
    },
  },
  { what: 'changes', isQuick: true, does: (path) => writeFileSync(path, content('x')) },
  { what: 'changes and keeps its size and time', does: keepingTime((path) => writeFileSync(path, content('y', 'b'))) },
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
      writeFileSync(`${path}.tmp`, content('z', 'b'));
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

// Several to a try: a process of its own for each would take longer than what is tried in it.
const momentsAtOnce = 3;

export const changeFaults: readonly Fault[] = mishaps.map((mishap) =>
  onHousehold({
    name: `a file ${mishap.what} between two steps`,
    tries: moments.length / momentsAtOnce,
    isQuick: mishap.isQuick === true,
    async strike(seed) {
      const tolls: Toll[] = [];
      // Those of one try lie far apart.
      for (let nth = seed - 1; nth < moments.length; nth += moments.length / momentsAtOnce) {
        const moment = moments[nth];
        if (moment) tolls.push(await strikeAt(moment, mishap));
      }
      return all(...tolls);
    },
  }),
);

async function strikeAt(moment: Moment, { what, does, isItsEnd = false }: Mishap): Promise<Toll> {
  let act: (() => void) | undefined;
  let left = 'nth' in moment && moment.nth !== undefined ? moment.nth : 1;
  const strikeIf = (isSo: boolean): void => {
    if (isSo && --left === 0) act?.();
  };
  const disk = tamperedDisk((question, path) => strikeIf('looking' in moment && moment.looking === question && path.endsWith('/b.jpg')));
  await using home = await TestHousehold.open({
    disk,
    sources: [{ identity: 'local', albums: [{ template: parseTemplate('All'), isAdoptable: false }], tags: [parseTemplate('all')] }],
  });
  for (const letter of ['a', 'b', 'c']) await home.write(`${letter}.jpg`, content(letter));
  const path = home.path('b.jpg').toString();
  act = () => {
    act = undefined;
    does(path);
  };
  home.onAsk = (question) => strikeIf('asking' in moment && moment.asking.test(question));
  await home.once({ crashPoints: { reach: (point) => strikeIf('at' in moment && point === moment.at) } });
  // Where so many commits or looks are not needed, it happens afterwards.
  act?.();
  await comeToRest(home);
  const arrived = (await storedSha1s(home)).has(sha1Of(content('b')));
  const isTold = newsOf(home, 'lost before safe').length > 0;
  // What was not held against the rules yet may never have been wanted.
  const wasWanted = home.history('b.jpg').includes('wanted');
  const isMissed = wasWanted && isItsEnd && what !== 'is emptied' && !arrived && !isTold;
  const when = JSON.stringify(moment, (_, value) => (value instanceof RegExp ? value.source : value));
  return all(
    await tollOfHousehold(home),
    expecting(
      [!isMissed, `${when}: it left before it was safe, and nobody was told`],
      [!(isTold && arrived), `${when}: it was told as lost, and Immich has it`],
      [home.state('a.jpg') === 'safe' && home.state('c.jpg') === 'safe', `${when}: it held up another`],
    ),
  );
}
