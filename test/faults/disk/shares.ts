/** Shares that hang, by real mounts: a server that is stopped, and one that takes what it is asked and never answers. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { House } from '../../journeys/house.ts';
import { until } from '../../journeys/program.ts';
import { HangingShare, noShares } from '../../kit/fuse/share.ts';
import type { Fault } from '../fault.ts';
import { tollOfHouse } from '../scenes.ts';
import type { Toll } from '../toll.ts';
import { all, expecting, onProcess } from './kit.ts';

const moments = ['at rest', 'while its files are sent', 'from the start'] as const;
const cases = (['stopped', 'deaf'] as const).flatMap((hang) => moments.map((moment) => ({ hang, moment })));
const files = 8;
const longMs = 900_000;

interface Where {
  readonly point: string;
  readonly sources: readonly Readonly<Record<string, unknown>>[];
}

async function strike(seed: number, { point, sources }: Where): Promise<Toll> {
  const { hang, moment } = cases[(seed - 1) % cases.length] ?? { hang: 'stopped' as const, moment: 'at rest' as const };
  await using house = await House.open({ sources });
  const behind = join(house.folder, 'behind');
  await using share = await HangingShare.mount({ point: join(house.folder, point), folder: behind, hang });
  const isSafe = (...names: readonly string[]): Promise<void> =>
    until(
      async () => {
        const safe = (await house.files()).filter(({ state }) => state === 'safe').map(({ path }) => path.split('/').at(-1));
        return names.every((name) => safe.includes(name));
      },
      `${names.join(', ')} are safe`,
    );
  const isSafeWithin = async (minutes: number, ...names: readonly string[]): Promise<void> => {
    for (let minute = 1; minute < minutes; minute += 1) {
      const isSoon = await isSafe(...names).then(
        () => true,
        () => false,
      );
      if (isSoon) return;
    }
    await isSafe(...names);
  };
  const ofShare = Array.from({ length: files }, (_, number) => `n${number}.jpg`);
  for (const name of ofShare) writeFileSync(join(behind, name), Buffer.alloc(3_000_000, name));
  await house.write('p1.jpg');
  if (moment === 'from the start') await share.hang();
  const homeroll = house.start(['run'], { deadlineMs: longMs });
  if (moment === 'while its files are sent') await until(async () => (await house.immich.assets()).length > 1, 'the first are sent');
  if (moment === 'at rest') await isSafe(...ofShare);
  if (moment !== 'from the start') await share.hang();
  await house.write('p2.jpg');
  // What reads from the share lets go of its turn within half a minute; on a busy machine the rest comes close to a minute.
  await isSafeWithin(3, 'p1.jpg', 'p2.jpg');
  const isTold = async (): Promise<boolean> => (await house.say('status')).stdout.replaceAll(/\s+/g, ' ').includes('does not answer since');
  await until(isTold, 'status says that it does not answer');
  const { files: meanwhile } = await house.status();
  await share.answer();
  // What was in a step's hands is looked for every five minutes.
  await isSafeWithin(7, ...ofShare, 'p1.jpg', 'p2.jpg');
  const { code } = await homeroll.kill('SIGTERM');
  return all(
    await tollOfHouse(house),
    expecting(
      [meanwhile.gone === 0, `${meanwhile.gone} files were called gone`],
      [code === 0, `it ended with ${code}`],
      [!house.letterbox.kinds.includes('lost before safe'), 'something was told as lost'],
    ),
  );
}

export const shareFaults: readonly Fault[] = [
  onProcess({
    name: 'a share hangs, and answers again',
    tries: cases.length,
    skip: noShares,
    strike: (seed) => strike(seed, { point: 'nas', sources: [{}, { name: 'NAS', folder: 'nas' }] }),
  }),
  onProcess({
    name: 'a share below a local folder hangs, and answers again',
    tries: cases.length,
    skip: noShares,
    strike: (seed) => strike(seed, { point: 'Phone/nas', sources: [{ 'sweep every': '2 s' }] }),
  }),
];
