/** Builds a household out of its configuration: journal, engine, deliveries. The only place where these meet. */
import type { OpenHomeroll } from '../cli/index.ts';
import type { Config } from '../config/index.ts';
import { noteUnreadable } from '../desk/index.ts';
import { realDisk, systemWatcher } from '../files/index.ts';
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
  const work = noWork();
  const disk = countingDisk(realDisk, work);
  const tellers = nameTellers(config.tell, config.sources);
  tellAnew(journal, { ids: ports.ids, tellers }, { anew, stateDir, nowMs: clock.now() });
  const deliveries = new Deliveries({ journal, tellers, post: httpPost({ clock, userAgent, crashPoints }), crashPoints, ...ports });
  const household = new Household({
    ...ports,
    config,
    journal,
    disk,
    watcher: systemWatcher(disk, clock),
    crashPoints,
    connect: (account) => countingImmich(reach.connect(account), work),
    tellers,
    onNews: () => deliveries.wake(),
    onSwept: ({ id }, { unreadable }) => noteUnreadable(journal, id, unreadable),
  });

  /** Both until the work ends or one of them fails; then neither goes on. */
  const delivering = async (work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> => {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const deliver = deliveries.run(both);
    const working = work(both);
    try {
      await Promise.race([working, deliver.then(() => new Promise<never>(() => undefined))]);
    } finally {
      ending.abort();
      await Promise.allSettled([deliver, working]);
    }
  };

  const rest = opened.move();
  return {
    journal,
    work,
    troubles: () => household.accounts.troubles(),
    async once(question, signal) {
      await household.begin(signal);
      await delivering((both) => household.once(question, both), signal);
      await deliveries.flush(lastNewsMs, signal);
    },
    async verify(wish, signal) {
      await household.begin(signal);
      let told: RoundTold | undefined;
      await delivering(async (both) => {
        told = await household.verify(wish, both);
      }, signal);
      await deliveries.flush(lastNewsMs, signal);
      if (!told) throw new Error('what was verified is not known');
      return told;
    },
    async run(signal) {
      await household.begin(signal);
      await delivering((both) => household.run(both), signal);
    },
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}
