/** Answers that never come, or after minutes: one among many, all of one kind, and all of a server that is slow with everything. */
import { answersAwaited } from '../../../src/pipeline/index.ts';
import { House } from '../../journeys/house.ts';
import { until } from '../../journeys/program.ts';
import { TestHousehold } from '../../kit/household.ts';
import { LeapClock } from '../../kit/leap-clock.ts';
import type { Fault } from '../fault.ts';
import { tollOfHouse, tollOfHousehold } from '../scenes.ts';
import { addTolls, lie } from '../toll.ts';
import { type Faults, type Home, onHousehold } from './home.ts';

const minuteMs = 60_000;
const isUpload = (question: string): boolean => question === 'POST /api/assets';

/** Looks over its shoulder: how often the file that was sent most often was sent. */
function countSendings(home: Home): () => number {
  let most = 0;
  home.house.onAsk = (question) => {
    if (!isUpload(question)) return;
    const tries = Object.keys(home.house.states()).map((name) => home.house.file(name)?.tries ?? 0);
    most = Math.max(most, 1 + Math.max(0, ...tries));
  };
  return () => most;
}

/** Everything of this kind takes three minutes; `pace` of its seconds are one of ours. */
const slow = (name: string, endpoint: string, { patienceMs, pace }: { patienceMs: number; pace: number }): Fault =>
  onHousehold({
    name,
    tries: 1,
    wish: { wireClock: new LeapClock(pace) },
    async live(home) {
      const { house } = home;
      const sendings = countSendings(home);
      await house.comeBack([{ endpoint, fault: { kind: 'delay', delayMs: (3 * minuteMs) / pace } }]);
      await house.once({ patienceMs });
      const undone = Object.entries(house.states()).filter(([, state]) => state !== 'safe');
      return [
        sendings() <= 3 ? undefined : `a file was sent ${sendings()} times`,
        undone.length === 0 ? undefined : `with Immich as slow as it was these were left: ${JSON.stringify(undone)}`,
        await home.isFiled(),
      ];
    },
  });

/** One is waited for, on a wire whose time is real until it leaps: so nothing else falls silent, however busy the machine is. */
const oneAmongOthers: Fault = {
  group: 'Immich',
  name: 'takes one upload among others whole, and never answers it',
  by: 'household',
  tries: 8,
  isQuick: true,
  async strike(seed) {
    const wireClock = new LeapClock(1);
    const fault = { kind: 'hang', isDone: seed % 2 === 0 } as const;
    await using house = await TestHousehold.open({ wireClock, faults: [{ endpoint: 'POST /assets', nth: seed, fault }] });
    for (let number = 0; number < 8; number += 1) await house.write(`${number}.jpg`);
    const running = house.once({ patienceMs: 10 * minuteMs });
    await until(() => house.numbers().safe === 7 && answersAwaited(house.journal, house.clock.now()).length === 1, 'one is awaited');
    wireClock.leap(minuteMs);
    await running;
    const sent = house.asked.filter(isUpload).length;
    const lies = [
      sent === (fault.isDone ? 8 : 9) ? undefined : `there were ${sent} uploads`,
      house.warnings.length === 0 ? undefined : JSON.stringify(house.warnings),
    ];
    return addTolls(await tollOfHousehold(house), lie(...lies.filter((one) => one !== undefined)));
  },
};

const many = 2_000;

export const silenceFaults: readonly Fault[] = [
  oneAmongOthers,
  onHousehold({
    name: 'takes every upload and answers none, while it answers everything else',
    tries: 2,
    wish: { wireClock: new LeapClock() },
    async live(home, seed) {
      const fault = { kind: 'hang', isDone: seed % 2 === 0 } as const;
      await home.liveWith([{ endpoint: 'POST /assets', fault }], { patienceMs: 10 * minuteMs });
      const isCalledAway = home.house.warnings.some((line) => /away/.test(line));
      return [isCalledAway ? `it was called away: ${JSON.stringify(home.house.warnings)}` : undefined, await home.isFiled()];
    },
  }),
  slow('needs three minutes to answer an upload', 'POST /assets', { patienceMs: 60 * minuteMs, pace: 30 }),
  slow('needs three minutes for every answer', '*', { patienceMs: 24 * 60 * minuteMs, pace: 60 }),
  {
    group: 'Immich',
    name: 'never answers one of 500 uploads, with 2,000 files',
    by: 'household',
    tries: 1,
    async strike() {
      // As slow as real time: what is still waited for when all others are safe is waited for by one leap.
      const clock = new LeapClock(1);
      const faults: Faults = [{ endpoint: 'POST /assets', probability: 1 / 500, fault: { kind: 'hang' } }];
      await using house = await TestHousehold.open({ clock, wireClock: clock, faults });
      for (let number = 0; number < many; number += 1) await house.write(`${number}.jpg`);
      const running = house.once({ patienceMs: minuteMs });
      const safe = (): number => house.numbers().safe;
      const awaited = (): number => answersAwaited(house.journal, clock.now()).length;
      while (safe() + awaited() < many) await new Promise((resolve) => setTimeout(resolve, 100));
      if (awaited() > 0) clock.leap(minuteMs);
      await running;
      const unanswered = house.asked.filter(isUpload).length - many;
      const lies = [
        unanswered > 1 ? undefined : `only ${unanswered} were never answered`,
        safe() === many ? undefined : `after one wait ${many - safe()} were not safe`,
        house.warnings.length === 0 ? undefined : JSON.stringify(house.warnings),
      ];
      return addTolls(await tollOfHousehold(house), lie(...lies.filter((one) => one !== undefined)));
    },
  },
  {
    group: 'Immich',
    name: 'never answers one upload while `homeroll run` works',
    by: 'process',
    tries: 1,
    async strike() {
      await using house = await House.open({ faults: [{ endpoint: 'POST /assets', nth: 2, fault: { kind: 'hang' } }] });
      for (let number = 0; number < 9; number += 1) await house.write(`${number}.jpg`);
      const homeroll = house.start(['run'], { deadlineMs: 600_000 });
      const safe = async (): Promise<number> => Object.values(await house.places()).filter((place) => place === 'safe').length;
      await until(async () => (await safe()) === 8, 'the eight others are safe');
      await until(async () => /waits for Immich's answer since/.test((await house.say('status')).stdout), '`status` says so');
      // A minute of real time.
      for (let time = 0; time < 150 && (await safe()) < 9; time += 1) await new Promise((resolve) => setTimeout(resolve, 500));
      const { stdout } = await house.say('status');
      const { code, stderr } = await homeroll.kill('SIGTERM');
      return addTolls(
        await tollOfHouse(house),
        lie(
          ...(code === 0 ? [] : [`it ended with ${code}: ${stderr}`]),
          ...(/waits for/.test(stdout) ? [`\`status\` still says: ${stdout}`] : []),
          ...(/away/.test(stderr) ? [`it said: ${stderr}`] : []),
        ),
      );
    },
  },
];
