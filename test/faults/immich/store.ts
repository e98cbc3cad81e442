/** What Immich itself gets wrong or loses: its disk, its version, its clock, its trash. */
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestHousehold } from '../../kit/household.ts';
import type { Fault } from '../fault.ts';
import { filed, onHousehold } from './home.ts';

const dayS = 86_400;

/** Where its disk keeps an asset of Anna's. */
function storedPath({ immichAtHand: { dataDir, users } }: TestHousehold, assetId: string): string {
  return join(dataDir, 'originals', users[0]?.id ?? '', assetId);
}

/** Bytes that go wrong on its disk before they are read back. */
const damaged = (name: string, damage: (path: string, seed: number) => Promise<void>): Fault =>
  onHousehold({
    name,
    tries: 3,
    isQuick: name.startsWith('a bit'),
    async live(home, seed) {
      const { house } = home;
      const met = new Set<string>();
      let spoiled: { readonly assetId: string; readonly path: string; readonly whole: Buffer } | undefined;
      house.onAsk = async (question) => {
        const assetId = /assets\/(.*)\/original/.exec(question)?.[1];
        if (assetId === undefined || met.add(assetId).size !== seed || spoiled) return;
        const path = storedPath(house, assetId);
        spoiled = { assetId, path, whole: await readFile(path) };
        await damage(path, seed);
      };
      await house.once();
      if (!spoiled) return ['no asset was read back'];
      const { assetId, path, whole } = spoiled;
      const file = Object.keys(house.states()).find((one) => house.file(one)?.assetId === assetId) ?? 'none';
      const state = house.state(file);
      const alarms = house.news().filter(({ kind, text }) => kind === 'proof failed' && text.includes(file)).length;
      await writeFile(path, whole);
      house.journal.orders.give('retry', undefined, house.clock.now());
      await house.once({ patienceMs: 60_000 });
      return [
        state === 'blocked' ? undefined : `a file whose bytes are wrong in Immich is ${state}`,
        alarms === 1 ? undefined : `told ${alarms} times`,
        await home.isFiled(),
      ];
    },
  });

export const storeFaults: readonly Fault[] = [
  ...([500, 507] as const).map((status) =>
    onHousehold({
      name: `its disk is full (${status})`,
      tries: 2,
      isQuick: status === 500,
      async live(home, seed) {
        const { house } = home;
        await house.comeBack([{ endpoint: 'POST /assets', from: seed, fault: { kind: 'disk-full', status } }]);
        await house.once({ patienceMs: 60_000 });
        const sent = house.timesAsked('POST /api/assets') - house.timesAsked('POST /api/assets/bulk');
        await house.comeBack();
        await home.settle();
        const said = house.warnings.filter((line) => /busy.*one file after the other/.test(line)).length;
        return [
          sent > 30 ? `bytes were sent ${sent} times in vain` : undefined,
          said === 1 ? undefined : `the log said ${JSON.stringify(house.warnings)}`,
          await home.isFiled(),
        ];
      },
    }),
  ),
  ...(['2.7.5', '3.1.0'] as const).map((version, index) =>
    onHousehold({
      name: `comes back as another version, ${version} before`,
      tries: 3,
      isQuick: index === 0,
      wish: { version, sources: [filed] },
      async live(home, seed) {
        const { house } = home;
        const other = version === '2.7.5' ? '3.1.0' : '2.7.5';
        home.beforeQuestion(5 + 4 * seed, () => house.comeBack([], { version: other }));
        const run = await house.run();
        const sweep = (): number => house.journal.orders.give('sweep', undefined, house.clock.now());
        sweep();
        await house.until(() => {
          house.clock.leap(1_000);
          return house.numbers().safe === 5 && Object.values(house.states()).every((state) => state === 'safe');
        });
        // And once more while nobody looks.
        await house.comeBack([], { version });
        await house.write('IMG_9.jpg');
        sweep();
        await house.until(() => {
          house.clock.leap(1_000);
          return house.state('IMG_9.jpg') === 'safe';
        });
        await run.stop();
        await house.remove('IMG_9.jpg');
        const [album] = await house.albums();
        return [
          album?.assetCount === 6 ? undefined : `the album holds ${album?.assetCount}`,
          house.warnings.length > 1 ? house.warnings.join() : undefined,
        ];
      },
    }),
  ),
  onHousehold({
    name: 'its clock is off by a day',
    tries: 4,
    isQuick: true,
    wish: { sources: [filed, { ...filed, name: 'Card' }] },
    async live(home, seed) {
      const { house } = home;
      await house.comeBack([{ endpoint: 'POST /albums', nth: 1, fault: { kind: 'answer-lost' } }], {
        clockOffsetS: seed % 2 === 0 ? dayS : -dayS,
      });
      await house.once({ patienceMs: 60_000 });
      await home.settle();
      return [await home.isFiled(), house.warnings.length === 0 ? undefined : house.warnings.join()];
    },
  }),
  damaged('a bit flips in its store', async (path, seed) => {
    const bytes = await readFile(path);
    const at = seed % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(path, bytes);
  }),
  damaged('an original is truncated, with the right checksum', (path, seed) => truncate(path, seed)),
  onHousehold({
    name: 'has the same bytes in its trash already',
    tries: 2,
    async live(home) {
      const { house } = home;
      await house.upload('old.jpg', 'the bytes of IMG_1.jpg');
      const [old] = await house.assets();
      await house.byHand('DELETE', '/assets', { ids: [old?.id] });
      await house.once();
      const state = house.state('IMG_1.jpg');
      house.journal.orders.give('keep', house.path('IMG_1.jpg').toString('base64'), house.clock.now());
      await house.once({ patienceMs: 60_000 });
      const names = (await house.assets()).map(({ originalFileName }) => originalFileName);
      return [
        state === 'blocked' ? undefined : `bytes that lie in the trash are ${state}`,
        house.state('IMG_1.jpg') === 'safe' && names.includes('old.jpg') ? undefined : `kept, it is ${house.state('IMG_1.jpg')}`,
      ];
    },
  }),
  onHousehold({
    name: 'an asset is removed after it was proven',
    tries: 2,
    async live(home, seed) {
      const { house } = home;
      await house.once();
      const asset = (await house.assets()).find(({ originalFileName }) => originalFileName === 'IMG_1.jpg');
      await house.byHand('DELETE', '/assets', { ids: [asset?.id], force: seed % 2 === 0 });
      const before = house.timesAsked('POST /api/assets');
      await house.write('copy of IMG_1.jpg', 'the bytes of IMG_1.jpg');
      await house.once();
      const state = house.state('copy of IMG_1.jpg');
      const told = house.news().filter(({ kind }) => kind === 'let go').length;
      const sent = house.timesAsked('POST /api/assets') - house.timesAsked('POST /api/assets/bulk') - before;
      await house.remove('IMG_1.jpg');
      await house.once();
      return [
        state === 'letGo' && told === 1 ? undefined : `its copy is ${state}, told ${told} times`,
        sent > 0 ? 'it was sent again' : undefined,
      ];
    },
  }),
];
