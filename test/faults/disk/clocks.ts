/** Clocks that are set, and times of change that nobody would believe. */
import { statSync, utimesSync } from 'node:fs';
import { parseTemplate } from '../../../src/domain/index.ts';
import { type FileStat, realDisk } from '../../../src/files/index.ts';
import { TestHousehold } from '../../kit/household.ts';
import type { Fault } from '../fault.ts';
import { tollOfHousehold } from '../scenes.ts';
import { all, comeToRest, expecting, isUndone, newsOf, onHousehold, storedSha1s } from './kit.ts';

const hourMs = 3_600_000;
const jumpsMs = [-hourMs, hourMs, -365 * 24 * hourMs, 365 * 24 * hourMs, -50 * 365 * 24 * hourMs, 50 * 365 * 24 * hourMs];
const nameOfJumps = 'by an hour, a year, or fifty';

/** Nanoseconds since 1970. */
const timesNs: readonly bigint[] = [
  0n,
  1n,
  -1n,
  -1_000_000_000n,
  -(10n ** 18n),
  BigInt(Date.UTC(2099, 11, 31)) * 1_000_000n,
  2n ** 53n,
  2n ** 53n + 1n,
  2n ** 62n,
  2n ** 63n - 1n,
  -(2n ** 63n - 1n),
  1_700_000_000_999_999_999n,
];

export const clockFaults: readonly Fault[] = [
  onHousehold({
    name: `the clock is set while a file settles, ${nameOfJumps}`,
    tries: jumpsMs.length * 2,
    isQuick: true,
    async strike(seed) {
      const jumpMs = jumpsMs[(seed - 1) % jumpsMs.length] ?? hourMs;
      const identity = seed > jumpsMs.length ? 'local' : 'network';
      await using home = await TestHousehold.open({ sources: [{ settleMs: 10_000, identity }] });
      await home.write('a.mp4', 'it begins');
      let looks = 0;
      // It is still being written: at each look there is more of it.
      home.onLook = async (question) => {
        if (question !== 'stat') return;
        looks += 1;
        if (looks === 3) home.clock.setBack(-jumpMs);
        if (looks <= 6) await home.write('a.mp4', 'it begins'.repeat(looks + 1));
      };
      await home.once({ patienceMs: 60_000 });
      await comeToRest(home);
      const { size } = await storedSha1s(home);
      return all(
        await tollOfHousehold(home),
        expecting([size === 1, `${size} assets of one file that was written slowly`], [!isUndone(home), 'it never settled']),
      );
    },
  }),
  onHousehold({
    name: `the clock is set while a writer pauses, ${nameOfJumps}`,
    tries: jumpsMs.length * 2,
    async strike(seed) {
      const jumpMs = jumpsMs[(seed - 1) % jumpsMs.length] ?? hourMs;
      const identity = seed > jumpsMs.length ? 'local' : 'network';
      await using home = await TestHousehold.open({ sources: [{ settleMs: 10_000, identity, when: { kind: 'new media' } }] });
      const running = await home.run();
      await home.until(() => home.watcher.isListening);
      await home.write('a.mp4', 'it begins');
      home.hint('a.mp4');
      await home.until(() => home.state('a.mp4') === 'noticed');
      // A moment later than it was seen, and long before its quiet time is over.
      home.clock.setBack(-jumpMs);
      home.clock.leap(1_000);
      home.hint('b.mp4');
      // By this clock a few seconds, in which a file that looks old would be sent.
      await new Promise((resolve) => setTimeout(resolve, 300));
      await home.write('a.mp4', 'it begins, and goes on');
      home.hint('a.mp4');
      await home.until(() => {
        home.clock.leap(15_000);
        return home.state('a.mp4') === 'safe' && home.file('a.mp4')?.stat.sizeBytes === 22;
      });
      await running.stop();
      const { size } = await storedSha1s(home);
      return all(await tollOfHousehold(home), expecting([size === 1, `${size} assets of one file whose writer paused for a second`]));
    },
  }),
  onHousehold({
    name: `the clock is set while a file waits for its next try, ${nameOfJumps}`,
    tries: jumpsMs.length,
    async strike(seed) {
      await using home = await TestHousehold.open();
      await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
      await home.write('a.jpg');
      await home.once();
      home.clock.setBack(-(jumpsMs[(seed - 1) % jumpsMs.length] ?? hourMs));
      await home.comeBack();
      await comeToRest(home);
      return all(await tollOfHousehold(home), expecting([!isUndone(home), 'it was never tried again']));
    },
  }),
  onHousehold({
    name: `the clock is set while a batch gathers, ${nameOfJumps}`,
    tries: jumpsMs.length,
    async strike(seed) {
      await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' } }] });
      await home.once();
      const running = await home.run();
      await home.until(() => home.watcher.isListening);
      await home.write('a.jpg');
      home.hint('a.jpg');
      await home.until(() => home.numbers().safe === 1);
      home.clock.setBack(-(jumpsMs[(seed - 1) % jumpsMs.length] ?? hourMs));
      await home.write('b.jpg');
      home.hint('b.jpg');
      await home.until(() => home.numbers().safe === 2);
      await home.until(() => {
        home.clock.leap(600_000);
        return newsOf(home, 'batch safe').length > 0;
      });
      home.clock.leap(2 * hourMs);
      await running.stop();
      await comeToRest(home);
      const told = newsOf(home, 'batch safe').map((text) => Number(/^\d+/.exec(text)?.[0]));
      const sum = told.reduce((total, count) => total + count, 0);
      return all(await tollOfHousehold(home), expecting([sum === 2, `two photos were told as ${told}`]));
    },
  }),
  onHousehold({
    name: 'times of change of 1970, 2099 and any other',
    tries: timesNs.length,
    async strike(seed) {
      const mtimeNs = timesNs[(seed - 1) % timesNs.length] ?? 0n;
      const dated = (stat: FileStat): FileStat => (stat.kind === 'file' ? { ...stat, mtimeNs: mtimeNs + BigInt(addedNs) } : stat);
      let addedNs = 0;
      const disk: typeof realDisk = {
        ...realDisk,
        stat: async (path) => {
          const stat = await realDisk.stat(path);
          return stat && dated(stat);
        },
        open: async (path) => {
          const file = await realDisk.open(path);
          const close = (): Promise<void> => file.close();
          return { ...file, stat: async () => dated(await file.stat()), close, [Symbol.asyncDispose]: close };
        },
      };
      const albums = [{ template: parseTemplate('{year}/{month-name}'), isAdoptable: false }];
      await using home = await TestHousehold.open({ disk, sources: [{ identity: seed % 2 === 0 ? 'local' : 'network', albums }] });
      for (const name of ['a.jpg', 'b.mp4', 'c.png']) await home.write(name);
      await home.once();
      home.counts.opens = 0;
      await home.once();
      const opens = home.counts.opens;
      // The next nanosecond is another time, also where a double would not tell.
      addedNs = mtimeNs > 0n ? -1 : 1;
      await comeToRest(home);
      return all(
        await tollOfHousehold(home),
        expecting(
          [!isUndone(home), 'something is not done'],
          [opens === 0, `${opens} files were opened though nothing changed`],
          [home.counts.opens > 0, 'a time that differs by a nanosecond was not seen'],
        ),
      );
    },
  }),
  onHousehold({
    name: 'all times of a card shift by an hour with summer time, and back',
    tries: 4,
    isQuick: true,
    async strike(seed) {
      const albums = [{ template: parseTemplate('{year}/{month-name}'), isAdoptable: false }];
      await using home = await TestHousehold.open({ sources: [{ identity: seed % 2 === 0 ? 'local' : 'network', albums }] });
      const names = ['a.jpg', 'b.mp4', 'live.HEIC', 'live.MOV', 'c.jpg', 'c.jpg.xmp', 'DCIM/d.jpg'];
      for (const name of names) await home.write(name, name.endsWith('.xmp') ? '<x:xmpmeta/>' : `the bytes of ${name}`);
      // Half an hour before a month ends in Berlin: an hour later it is another album's.
      for (const name of names) await home.touch(name, Date.UTC(2024, 6, 31, 21, 30));
      await home.once();
      const told = home.news().length;
      const filed = await membersByAlbum(home);
      const shifts = seed > 2 ? [hourMs, -hourMs] : [hourMs];
      const costs: number[] = [];
      home.asked.length = 0;
      for (const shiftMs of shifts) {
        home.counts.opens = 0;
        for (const name of names) {
          const seconds = (statSync(home.path(name)).mtimeMs + shiftMs) / 1000;
          utimesSync(home.path(name), seconds, seconds);
        }
        await home.once();
        costs.push(home.counts.opens);
      }
      await comeToRest(home);
      const uploads = home.asked.filter((question) => question === 'POST /api/assets').length;
      const proofs = home.asked.filter((question) => question.endsWith('/original')).length;
      const filedNow = await membersByAlbum(home);
      return all(
        await tollOfHousehold(home),
        expecting(
          [uploads === 0 && proofs === 0, `${uploads} files were sent and ${proofs} read back again`],
          // One look for the date, one for the SHA-1.
          [costs.every((opens) => opens <= 2 * names.length), `files were opened ${costs} times`],
          [home.news().length === told, `the household was told: ${home.news().at(-1)?.text}`],
          [filedNow === filed, `albums were ${filed} and are ${filedNow}`],
        ),
      );
    },
  }),
];

async function membersByAlbum(home: TestHousehold): Promise<string> {
  const albums = await home.albums();
  const lines = await Promise.all(albums.map(async ({ id, albumName }) => `${albumName}: ${await home.members(id)}`));
  return lines.join('; ');
}
