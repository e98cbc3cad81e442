/** Builds a household out of its configuration: journal, engine, deliveries. The only place where these meet. */
import type { OpenHomeroll } from '../cli/index.ts';
import type { AccountConfig, Config } from '../config/index.ts';
import { noteUnreadable } from '../desk/index.ts';
import { realDisk, systemWatcher } from '../files/index.ts';
import { HomeSocket } from '../hass/index.ts';
import type { Immich } from '../immich/index.ts';
import { type JournalTrouble, openJournal } from '../journal/index.ts';
import { type Clock, type CrashPoints, type Log, sentenceOf, systemIds, systemRandom } from '../kernel/index.ts';
import type { Device } from '../mqtt/index.ts';
import { Notices } from '../notices/index.ts';
import { Household, type RoundTold } from '../pipeline/index.ts';
import { Deliveries, deviceTeller, httpPost, nameTellers } from '../tell/index.ts';
import { alongside, type Life } from './alongside.ts';
import { isCalendarAsked, isHomeAsked, nameInTheHome, phonesOf, untilUp } from './at-home.ts';
import { countingDisk, countingImmich, type Heard, noWork } from './count-work.ts';
import { farewellTo, openDevice } from './open-device.ts';
import { reachImmich } from './reach-immich.ts';
import { prepareStateFolder } from './state-folder.ts';
import { type Anew, tellAnew } from './tell-anew.ts';

export interface HouseholdWish {
  readonly config: Config;
  readonly stateDir: string;
  readonly userAgent: string;
  readonly version: string;
  /** Homeroll is one of the Apps that Home Assistant's Supervisor looks after. */
  readonly isSupervised: boolean;
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
  const { config, stateDir, userAgent, version, isSupervised, crashPoints, clock, log, anew, onTrouble } = wish;
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
  const heard: Heard = {};
  const connected = new Map<string, Immich>();
  const connect = (account: AccountConfig): Immich => {
    const immich = countingImmich(reach.connect(account), work, heard);
    connected.set(account.name, immich);
    return immich;
  };
  const disk = countingDisk(realDisk, work);
  const { timeZone, language, mqtt } = config;
  const tellers = [...nameTellers(config.tell, config.sources), ...(mqtt ? [deviceTeller] : [])];
  const homeroll = nameInTheHome(mqtt);
  const atHome = { home, timeZone, language, homeroll, pictureId: mqtt?.isPictureShown ? `${homeroll}_picture` : undefined };
  const telling = { journal, tellers, post: httpPost({ clock, userAgent, crashPoints }), atHome, crashPoints, ...ports };
  // Until there is a device its news wait.
  let deliveries = new Deliveries(telling);
  const onNews = (): void => deliveries.wake();
  tellAnew(journal, { ids: ports.ids, tellers, onNews }, { anew, stateDir, nowMs: clock.now() });
  const notices =
    home && new Notices({ ...ports, journal, home, crashPoints, homeroll, sources: config.sources, phones: phonesOf(tellers) });
  const household = new Household({
    ...ports,
    config,
    journal,
    disk,
    watcher: systemWatcher(disk, clock),
    crashPoints,
    connect,
    ...(home && { home }),
    tellers,
    onNews,
    onSwept: ({ id }, { unreadable }) => noteUnreadable(journal, id, unreadable),
  });

  const deliver: Life = (signal) => deliveries.run(signal);
  const beHome: readonly Life[] = home ? [(signal) => home.run(signal)] : [];
  const hearAnswers: readonly Life[] = notices ? [(signal) => notices.run(signal)] : [];
  /** Work that ends, and then what is still to be told of it. Home Assistant is bothered only where somebody asks or is told by it. */
  const workThenTell = async (work: Life, signal: AbortSignal): Promise<void> => {
    const asked = home && isHomeAsked(tellers, config.sources) ? home : undefined;
    const workAndTell: Life = async (both) => {
      if (home && isCalendarAsked(config.sources)) await untilUp(home, { clock, patienceMs: lastNewsMs }, both);
      await work(both);
      const isAnythingLeft = journal.outbox.nextDueAtMs() !== undefined;
      if (asked && isAnythingLeft) await untilUp(asked, { clock, patienceMs: lastNewsMs }, both);
      await deliveries.whenTold(lastNewsMs, both);
    };
    await alongside([deliver, ...(asked ? beHome : [])], workAndTell, signal);
  };

  /** Whatever happens to the device, the journey goes on. */
  const showing = async (device: Device | undefined, both: AbortSignal, signal: AbortSignal): Promise<void> => {
    const next = (): Config | undefined => nextConfigOf(signal);
    await device
      ?.run(both, () => farewellTo(config.mqtt, next()))
      .catch((error: unknown) => log.error(`The device in Home Assistant stands still until the next start: ${sentenceOf(error)}`));
  };

  const rest = opened.move();
  return {
    journal,
    work,
    troubles: () => household.accounts.troubles(),
    async once(question, signal) {
      await household.begin(signal);
      await workThenTell((both) => household.once(question, both), signal);
    },
    async verify(wish, signal) {
      await household.begin(signal);
      let told: RoundTold | undefined;
      const verify = async (both: AbortSignal): Promise<void> => {
        told = await household.verify(wish, both);
      };
      await workThenTell(verify, signal);
      if (!told) throw new Error('what was verified is not known');
      return told;
    },
    async run(signal) {
      const device = await openDevice({
        ...{ config, version, userAgent, isSupervised, journal, work, household },
        ...ports,
        immichOf: (account) => connected.get(account),
        immichVersion: () => heard.version,
      });
      if (device) deliveries = new Deliveries({ ...telling, tellDevice: (news, both) => device.tell(news, both) });
      const over = new AbortController();
      const shown = showing(device, AbortSignal.any([signal, over.signal]), signal);
      try {
        await household.begin(signal);
        await alongside([deliver, ...beHome, ...hearAnswers], (both) => household.run(both), signal);
      } finally {
        over.abort();
        await shown;
      }
    },
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}

/** The settings that the next life begins with, where this one ends for their sake. */
export interface OtherSettings {
  readonly kind: 'other settings';
  readonly next: Config;
}

function nextConfigOf({ reason }: AbortSignal): Config | undefined {
  return typeof reason === 'object' && reason !== null && (reason as Partial<OtherSettings>).kind === 'other settings'
    ? (reason as OtherSettings).next
    : undefined;
}
