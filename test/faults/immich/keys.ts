/** Immich is there, and does not let us: refused keys, missing permissions, quotas, another server behind the same address. */
import type { Fault } from '../fault.ts';
import { type Faults, filed, type Home, onHousehold, questions } from './home.ts';

const hourMs = 3_600_000;
const refused: Faults = questions.map((endpoint) => ({ endpoint, fault: { kind: 'status', status: 401, message: 'Invalid API key' } }));

const permissions = [
  'user.read',
  'asset.upload',
  'asset.download',
  'asset.read',
  'asset.update',
  'album.read',
  'album.create',
  'albumAsset.create',
  'tag.create',
  'tag.asset',
] as const;

/** Where pictures stand while the key lacks it. */
const standing: Readonly<Record<(typeof permissions)[number], string>> = {
  'user.read': 'hashed',
  'asset.upload': 'hashed',
  'asset.download': 'stored',
  'asset.read': 'safe',
  'asset.update': 'safe',
  'album.read': 'proven',
  'album.create': 'proven',
  'albumAsset.create': 'proven',
  'tag.create': 'proven',
  'tag.asset': 'proven',
};

/** A key that may do what Homeroll does, but for one thing. */
async function useKeyWithout({ house }: Home, without: string): Promise<{ readonly id: string }> {
  const name = 'homeroll';
  const list = permissions.filter((permission) => permission !== without);
  const { secret, apiKey } = (await house.byHand('POST', '/api-keys', { name, permissions: list })) as KeyMade;
  house.useKey('anna', secret);
  return apiKey;
}

interface KeyMade {
  readonly secret: string;
  readonly apiKey: { readonly id: string };
}

export const keyFaults: readonly Fault[] = [
  onHousehold({
    name: 'refuses the key from one moment on (rotated)',
    tries: 4,
    isQuick: true,
    async live(home, seed) {
      const { house } = home;
      home.beforeQuestion(3 + 3 * seed, () => house.comeBack(refused));
      const run = await house.run();
      house.journal.orders.give('sweep', undefined, house.clock.now());
      await house.until(() => house.warnings.length > 0);
      for (let minute = 0; minute < 60; minute += 1) {
        house.clock.leap(60_000);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const { tries } = home;
      const refusals = house.timesAsked('GET /api/users/me');
      await house.comeBack();
      for (let minute = 0; minute < 12; minute += 1) {
        house.clock.leap(60_000);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await house.until(() => house.infos.includes('Immich takes the key again'));
      await run.stop();
      await home.settle();
      const told = house.news().filter(({ kind }) => kind === 'key refused');
      return [
        tries,
        refusals > 24 ? `a refused key was tried ${refusals} times in an hour` : undefined,
        told.length === 1 && /Make a new one/.test(told[0]?.text ?? '') ? undefined : `the household was told ${JSON.stringify(told)}`,
        home.saysOnce(/does not accept the key/, 'Immich takes the key again'),
        await home.isFiled(),
      ];
    },
  }),
  ...permissions.map((permission, index) =>
    onHousehold({
      name: `the key lacks ${permission}`,
      tries: 2,
      isQuick: index === 7,
      async live(home, seed) {
        const { house } = home;
        const all = house.config.immich.accounts[0]?.key.reveal() ?? '';
        // Meets the still without its video, so that two halves are to be joined later.
        await house.move('IMG_2.MOV', '../IMG_2.MOV');
        if (permission === 'asset.read' || permission === 'asset.update') await house.once();
        await house.move('../IMG_2.MOV', 'IMG_2.MOV');
        const key = await useKeyWithout(home, permission);
        await house.once({ patienceMs: 20_000 });
        const { tries } = home;
        const state = house.state('IMG_1.jpg');
        const said = house.warnings.filter((line) => line.includes(`"${permission}"`)).length;
        const news = house.news().filter(({ text }) => text.includes(`"${permission}"`)).length;
        const mine = house.config.immich.accounts[0]?.key.reveal() ?? '';
        house.useKey('anna', all);
        await house.byHand('PUT', `/api-keys/${key.id}`, { permissions: ['all'] });
        house.useKey('anna', mine);
        if (seed % 2 === 0) house.journal.orders.give('retry', undefined, house.clock.now());
        else house.clock.leap(hourMs);
        await house.once({ patienceMs: 60_000 });
        return [
          tries,
          state === standing[permission] ? undefined : `without it pictures are ${state}`,
          said === 1 && house.warnings.length === 1 ? undefined : `the log said ${JSON.stringify(house.warnings)}`,
          news === 1 ? undefined : `the household was told ${JSON.stringify(house.news())}`,
          await home.isFiled(),
        ];
      },
    }),
  ),
  onHousehold({
    name: 'the quota of one account is used up',
    tries: 2,
    isQuick: true,
    wish: { sources: [filed, { ...filed, name: 'Card', account: 'ben' }] },
    async live(home, seed) {
      const { house } = home;
      const [anna] = (await house.byHand('GET', '/users')) as { id: string }[];
      await house.byHand('PUT', `/admin/users/${anna?.id}`, { quotaSizeInBytes: 20 * seed });
      await house.write('b.jpg', 'what Ben saw', 'Card');
      await house.once();
      const others = house.state('b.jpg', 'Card');
      const sent = house.timesAsked('POST /api/assets') - house.timesAsked('POST /api/assets/bulk');
      const { tries } = home;
      await house.byHand('PUT', `/admin/users/${anna?.id}`, { quotaSizeInBytes: null });
      house.clock.leap(hourMs);
      await house.once();
      const told = house.news().filter(({ text }) => /quota/.test(text) && text.includes('"anna"')).length;
      return [
        tries,
        others === 'safe' ? undefined : `the other account stood still: ${others}`,
        sent > 7 ? `bytes were sent ${sent} times in vain` : undefined,
        told === 1 && house.warnings.length === 1 ? undefined : `told ${told} times, and ${house.warnings.length} lines`,
        await home.isFiled(),
      ];
    },
  }),
  onHousehold({
    name: 'another server answers at the same address',
    tries: 3,
    async live(home, seed) {
      const { house } = home;
      home.beforeQuestion(3 + 4 * seed, () => house.comeBack([], { dataDir: 'another' }));
      await house.once({ patienceMs: 20_000 });
      const { tries } = home;
      await house.comeBack();
      await home.settle();
      return [tries, house.warnings.length === 1 ? undefined : JSON.stringify(house.warnings), await home.isFiled()];
    },
  }),
];
