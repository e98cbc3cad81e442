/** Builds a household out of its configuration: journal, engine, deliveries. The only place where these meet. */
import type { OpenHomeroll } from '../cli/index.ts';
import type { Config } from '../config/index.ts';
import { noteUnreadable } from '../desk/index.ts';
import { realDisk, systemWatcher } from '../files/index.ts';
import { HomeSocket } from '../hass/index.ts';
import { type JournalTrouble, openJournal } from '../journal/index.ts';
import { type Clock, type CrashPoints, type Log, systemIds, systemRandom } from '../kernel/index.ts';
import { Notices } from '../notices/index.ts';
import { Household, type RoundTold } from '../pipeline/index.ts';
import { Deliveries, httpPost, nameTellers } from '../tell/index.ts';
import { isToldAtHome, nameInTheHome, phonesOf, untilUp } from './at-home.ts';
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
  // Whoever tells, or looks into a calendar, is handed the same one. It is up while work lasts.
  const home = config.homeAssistant && new HomeSocket({ ...config.homeAssistant, clock, log });
  const work = noWork();
  const disk = countingDisk(realDisk, work);
  const tellers = nameTellers(config.tell, config.sources);
  tellAnew(journal, { ids: ports.ids, tellers }, { anew, stateDir, nowMs: clock.now() });
  const { timeZone, language, mqtt } = config;
  const homeroll = nameInTheHome(mqtt);
  const atHome = { home, timeZone, language, homeroll, pictureId: mqtt?.isPictureShown ? `${homeroll}_picture` : undefined };
  const deliveries = new Deliveries({ journal, tellers, post: httpPost({ clock, userAgent, crashPoints }), atHome, crashPoints, ...ports });
  const notices =
    home && new Notices({ ...ports, journal, home, crashPoints, homeroll, sources: config.sources, phones: phonesOf(tellers) });
  const household = new Household({
    ...ports,
    config,
    journal,
    disk,
    watcher: systemWatcher(disk, clock),
    crashPoints,
    connect: (account) => countingImmich(reach.connect(account), work),
    ...(home && { home }),
    tellers,
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
  const beHome = home ? [(signal: AbortSignal) => home.run(signal)] : [];
  const hearAnswers = notices ? [(signal: AbortSignal) => notices.run(signal)] : [];
  /** Work that ends, and then what is still to be told of it. Home Assistant is bothered only where somebody is told by it. */
  const telling = async (work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> => {
    const teller = home && isToldAtHome(tellers) ? home : undefined;
    const workAndTell = async (both: AbortSignal): Promise<void> => {
      await alongside([deliver], work, both);
      if (teller) await untilUp(teller, { clock, patienceMs: lastNewsMs }, both);
      await deliveries.flush(lastNewsMs, both);
    };
    await alongside(teller ? beHome : [], workAndTell, signal);
  };

  const rest = opened.move();
  return {
    journal,
    work,
    troubles: () => household.accounts.troubles(),
    async once(question, signal) {
      await household.begin(signal);
      await telling((both) => household.once(question, both), signal);
    },
    async verify(wish, signal) {
      await household.begin(signal);
      let told: RoundTold | undefined;
      const verify = async (both: AbortSignal): Promise<void> => {
        told = await household.verify(wish, both);
      };
      await telling(verify, signal);
      if (!told) throw new Error('what was verified is not known');
      return told;
    },
    async run(signal) {
      await household.begin(signal);
      await alongside([deliver, ...beHome, ...hearAnswers], (both) => household.run(both), signal);
    },
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}
