/** The way to Immich, and what stands on it: limits, silence, drips, cuts, and answers that are none. */
import type { Fault } from '../fault.ts';
import { type Faults, hastyWire, onHousehold, questionOf } from './home.ts';

type OneFault = Faults[number]['fault'];

/** One call of some kind goes wrong so; the seed moves it on. */
const once = (name: string, fault: (seed: number) => OneFault, { tries = 9, isQuick = false, isSilent = false } = {}): Fault =>
  onHousehold({
    name,
    tries,
    isQuick,
    ...(isSilent && { wish: hastyWire() }),
    async live(home, seed) {
      await home.liveWith([{ endpoint: questionOf(seed), nth: 1 + (seed % 2), fault: fault(seed) }]);
      const alarms = home.house.news().filter(({ kind }) => kind === 'proof failed');
      return [alarms.length === 0 ? undefined : JSON.stringify(alarms), await home.isFiled()];
    },
  });

export const wayFaults: readonly Fault[] = [
  onHousehold({
    name: 'a proxy takes no large files (413)',
    tries: 3,
    isQuick: true,
    async live(home) {
      const { house } = home;
      const fault = { kind: 'status', status: 413, body: 'html', server: 'nginx/1.27' } as const;
      await house.comeBack([{ endpoint: 'POST /assets', from: 2, count: 1, fault }]);
      await house.once();
      const blocked = Object.entries(house.states()).filter(([, state]) => state === 'blocked');
      const reason = house.file(blocked[0]?.[0] ?? '')?.reason ?? '';
      await house.comeBack();
      house.journal.orders.give('retry', undefined, house.clock.now());
      await house.once({ patienceMs: 60_000 });
      return [
        blocked.length >= 1 && blocked.length <= 2 ? undefined : `${blocked.length} files were blocked`,
        /nginx\/1\.27.*raise its limit/.test(reason) ? undefined : `the reason is "${reason}"`,
        house.warnings.length === 0 ? undefined : `the log said ${JSON.stringify(house.warnings)}`,
        await home.isFiled(),
      ];
    },
  }),
  once('cuts the connection at byte N of the request', (seed) => ({ kind: 'reset', of: 'request', afterBytes: 40 * seed }), {
    isQuick: true,
  }),
  once('cuts the connection at byte N of the answer', (seed) => ({ kind: 'reset', of: 'response', afterBytes: 7 * (seed - 1) })),
  once('stores it, and its answer is lost', () => ({ kind: 'answer-lost' })),
  once('answers a web page with 200', () => ({ kind: 'html' })),
  once('answers JSON that ends in the middle', (seed) => ({ kind: 'cut-short', toBytes: 3 * seed })),
  once('answers a byte a minute', () => ({ kind: 'trickle', bytes: 1, pauseMs: 400 }), { tries: 4, isSilent: true }),
  once('never answers', () => ({ kind: 'hang' }), { isSilent: true }),
  once('stops at the end of the answer and does not hang up', (seed) => ({ kind: 'stall', afterBytes: 6 * seed }), { isSilent: true }),
  onHousehold({
    name: 'every third answer goes wrong in another way',
    tries: 6,
    async live(home, seed) {
      const kinds: readonly OneFault[] = [
        { kind: 'status', status: 500 },
        { kind: 'reset', of: 'request', afterBytes: 100 },
        { kind: 'answer-lost' },
        { kind: 'reset', of: 'response', afterBytes: 10 },
        { kind: 'html' },
      ];
      await home.house.comeBack(
        kinds.map((fault, index) => ({ endpoint: '*', from: 1 + ((index * 3 + seed) % 15), probability: 0.12, fault })),
      );
      for (let round = 0; round < 4; round += 1) {
        await home.house.once({ patienceMs: 20_000 });
        home.house.clock.leap(60_000);
      }
      await home.house.comeBack();
      await home.settle();
      return [await home.isFiled()];
    },
  }),
];
