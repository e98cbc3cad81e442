/** Immich is not there, or says that it is not: the breaker. */
import { House } from '../../journeys/house.ts';
import type { Fault } from '../fault.ts';
import { tollOfHouse } from '../scenes.ts';
import { addTolls, lie } from '../toll.ts';
import { onHousehold, questionOf } from './home.ts';

const hourMs = 3_600_000;

/** Away while it works, for so long; whoever looks meanwhile finds no try counted. */
const awayFor = (name: string, stepMs: number, steps: number): Fault =>
  onHousehold({
    name,
    tries: 4,
    async live(home, seed) {
      const { house } = home;
      home.beforeQuestion(4 + 2 * seed, () => house.goAway());
      const run = await house.run();
      house.journal.orders.give('sweep', undefined, house.clock.now());
      await house.until(() => house.warnings.length > 0);
      for (let step = 0; step < steps; step += 1) {
        house.clock.leap(stepMs);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const tries = home.tries;
      house.asked.length = 0;
      await house.comeBack();
      await house.until(() => house.infos.includes('Immich is back'));
      const first = house.asked.at(0);
      await run.stop();
      await home.settle();
      return [
        tries,
        first?.endsWith('/ping') ? undefined : `the first thing it was asked was ${first}`,
        home.saysOnce(/^Immich is away/),
        await home.isFiled(),
      ];
    },
  });

export const awayFaults: readonly Fault[] = [
  {
    group: 'Immich',
    name: 'away at start',
    by: 'process',
    tries: 2,
    isQuick: true,
    async strike(seed) {
      await using house = await House.open();
      for (let number = 0; number <= seed; number += 1) await house.write(`a${number}.jpg`);
      await house.server.close();
      const { code } = await house.once();
      await house.server.comeBack();
      const { code: later } = await house.once();
      const codes = code === 4 && later === 0 ? [] : [`the exit codes were ${code} and ${later}`];
      return addTolls(await tollOfHouse(house), lie(...codes));
    },
  },
  awayFor('away for an hour', hourMs / 20, 20),
  awayFor('away for a month', 24 * hourMs, 30),
  onHousehold({
    name: 'answers everything with 500, 502, 503 or 504 and a web page',
    tries: 4,
    isQuick: true,
    async live(home, seed) {
      const status = [500, 502, 503, 504][seed % 4] ?? 500;
      const { house } = home;
      home.beforeQuestion(2 + 3 * seed, () => house.comeBack([{ endpoint: '*', fault: { kind: 'status', status, body: 'html' } }]));
      const run = house.once({ patienceMs: 100_000_000 });
      await house.until(() => house.warnings.length > 0);
      house.clock.leap(60_000);
      const tries = home.tries;
      await house.comeBack();
      await run;
      return [tries, home.saysOnce(status === 500 ? /busy/ : /away/), await home.isFiled()];
    },
  }),
  onHousehold({
    name: 'answers one kind of question with 500 or 503 and a web page',
    tries: 9,
    async live(home, seed) {
      const status = seed % 2 === 0 ? 500 : 503;
      const endpoint = questionOf(seed);
      const before = home.house.asked.length;
      await home.liveWith([{ endpoint, fault: { kind: 'status', status, body: 'html' } }]);
      const asked = home.house.asked.slice(before).filter((question) => !/\/(ping|version)$/.test(question)).length;
      return [asked > 150 ? `Immich was asked ${asked} times` : undefined, await home.isFiled()];
    },
  }),
  onHousehold({
    name: 'asks for time: 429 or 503 with Retry-After',
    tries: 4,
    async live(home, seed) {
      const { house } = home;
      const status = seed % 2 === 0 ? 429 : 503;
      const endpoint = ['POST /assets', 'POST /assets/bulk-upload-check'][(seed >> 1) % 2] ?? '';
      await house.comeBack([{ endpoint, from: 1, count: 2, fault: { kind: 'status', status, retryAfterS: 600 } }]);
      const run = house.once({ patienceMs: 100_000_000 });
      await house.until(() => house.warnings.length > 0);
      const tries = home.tries;
      for (let minute = 0; minute < 45; minute += 1) {
        house.clock.leap(60_000);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await run;
      return [tries, home.saysOnce(/busy|away/), await home.isFiled()];
    },
  }),
  onHousehold({
    name: 'goes into maintenance, and comes out of it',
    tries: 3,
    isQuick: true,
    async live(home, seed) {
      const { house } = home;
      home.beforeQuestion(3 + 3 * seed, () => house.comeBack([{ endpoint: '*', fault: { kind: 'maintenance' } }]));
      const run = house.once({ patienceMs: 100_000_000 });
      await house.until(() => house.warnings.length > 0);
      house.clock.leap(hourMs);
      const tries = home.tries;
      await house.comeBack();
      await run;
      return [tries, home.saysOnce(/maintenance/), await home.isFiled()];
    },
  }),
];
