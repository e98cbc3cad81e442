/** Builds a household out of its configuration: journal, engine, deliveries. The only place where these meet. */
import type { OpenHomeroll } from '../cli/index.ts';
import type { Config } from '../config/index.ts';
import { noteUnreadable } from '../desk/index.ts';
import { realDisk, systemWatcher } from '../files/index.ts';
import { HomeSocket } from '../hass/index.ts';
import { type JournalTrouble, openJournal } from '../journal/index.ts';
import { type Clock, type CrashPoints, type Log, systemIds, systemRandom } from '../kernel/index.ts';
import { Household, type RoundTold } from '../pipeline/index.ts';
import { Deliveries, httpPost, nameTellers } from '../tell/index.ts';
import { countingDisk, countingImmich, noWork } from './count-work.ts';
import { reachImmich } from './reach-immich.ts';
import { prepareStateFolder } from './state-folder.ts';
import { type Anew, tellAnew } from './tell-anew.ts';

export interface HouseholdWish {
  readonly config: Config;
  readonly stateDir: string;
  readonly userAgent: string;
  readonly crashPoints: CrashPoints;
  readonly clock: Clock;
  readonly log: Log;
  /** The journal is a new one in the place of another. */
  readonly anew: Anew | undefined;
  /** Called at once when the journal cannot go on, whoever asked it; then all work is to be let go of. */
  readonly onTrouble: (trouble: JournalTrouble) => void;
}

// The last news of a run are worth a moment; a receiver that is away gets them at the next.
const lastNewsMs = 5_000;

/** Whoever calls it holds the state folder. @throws OwnerError when that is unfit, JournalTrouble when the journal is */
export async function openHousehold(wish: HouseholdWish): Promise<OpenHomeroll> {
  const { config, stateDir, userAgent, crashPoints, clock, log, anew, onTrouble } = wish;
  await prepareStateFolder(stateDir, config.sources, realDisk);
  await using opened = new AsyncDisposableStack();
  const journal = opened.adopt(openJournal(stateDir, { durability: 'NORMAL', isChecked: true, onTrouble, crashPoints }), (one) =>
    one.close(),
  );
  const ports = { clock, random: systemRandom, ids: systemIds, log };
  const reach = opened.use(await reachImmich({ config, userAgent, crashPoints, ...ports }));
  // Whoever tells, or looks into a calendar, is handed the same one. It is up only while `run` lasts.
  const home = config.homeAssistant && new HomeSocket({ ...config.homeAssistant, clock, log });
  const work = noWork();
  const disk = countingDisk(realDisk, work);
  const tellers = nameTellers(config.tell);
  const names = tellers.map(({ name }) => name);
  tellAnew(journal, { ids: ports.ids, tellers: names }, { anew, stateDir, nowMs: clock.now() });
  const deliveries = new Deliveries({ journal, tellers, post: httpPost({ clock, userAgent, crashPoints }), ...ports });
  const household = new Household({
    ...ports,
    config,
    journal,
    disk,
    watcher: systemWatcher(disk, clock),
    crashPoints,
    connect: (account) => countingImmich(reach.connect(account), work),
    ...(home && { home }),
    tellers: names,
    onNews: () => deliveries.wake(),
    onSwept: ({ id }, { unreadable }) => noteUnreadable(journal, id, unreadable),
  });

  /** All of them until the work ends or one fails; then none goes on. */
  const alongside = async (
    lives: readonly ((signal: AbortSignal) => Promise<void>)[],
    work: (signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> => {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const living = lives.map((live) => live(both));
    const working = work(both);
    try {
      await Promise.race([working, ...living.map((one) => one.then(() => new Promise<never>(() => undefined)))]);
    } finally {
      ending.abort();
      await Promise.allSettled([...living, working]);
    }
  };
  const deliver = (signal: AbortSignal): Promise<void> => deliveries.run(signal);

  const rest = opened.move();
  return {
    journal,
    work,
    troubles: () => household.accounts.troubles(),
    async once(question, signal) {
      await household.begin(signal);
      await alongside([deliver], (both) => household.once(question, both), signal);
      await deliveries.flush(lastNewsMs, signal);
    },
    async verify(wish, signal) {
      await household.begin(signal);
      let told: RoundTold | undefined;
      const verify = async (both: AbortSignal): Promise<void> => {
        told = await household.verify(wish, both);
      };
      await alongside([deliver], verify, signal);
      await deliveries.flush(lastNewsMs, signal);
      if (!told) throw new Error('what was verified is not known');
      return told;
    },
    async run(signal) {
      await household.begin(signal);
      const lives = home ? [deliver, (both: AbortSignal) => home.run(both)] : [deliver];
      await alongside(lives, (both) => household.run(both), signal);
    },
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}
