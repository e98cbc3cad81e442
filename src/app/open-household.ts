/** Builds a household out of its configuration: journal, engine, whatever tells, the device. The only place where these meet. */
import type { OpenHomeroll } from '../cli/index.ts';
import type { AccountConfig, Config } from '../config/index.ts';
import { noteUnreadable } from '../desk/index.ts';
import type { Immich } from '../immich/index.ts';
import { type JournalTrouble, openJournal } from '../journal/index.ts';
import { type Clock, type CrashPoints, type Log, sentenceOf, systemIds, systemRandom } from '../kernel/index.ts';
import { ExiftoolReader } from '../media/index.ts';
import type { Device } from '../mqtt/index.ts';
import { Household, type RoundTold } from '../pipeline/index.ts';
import { countingDisk, countingImmich, type Heard, noWork } from './count-work.ts';
import { farewellTo, openDevice } from './open-device.ts';
import { openTelling } from './open-telling.ts';
import { pictureToSend } from './picture-to-send.ts';
import { reachImmich } from './reach-immich.ts';
import type { Sight } from './sight.ts';
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
  readonly sight: Sight;
  /** The journal is a new one in the place of another. */
  readonly anew: Anew | undefined;
  /** Called at once when the journal cannot go on, whoever asked it; then all work is to be let go of. */
  readonly onTrouble: (trouble: JournalTrouble) => void;
}

/** Whoever calls it holds the state folder. @throws OwnerError when that is unfit, JournalTrouble when the journal is */
export async function openHousehold(wish: HouseholdWish): Promise<OpenHomeroll> {
  const { config, stateDir, userAgent, version, isSupervised, crashPoints, clock, log, sight, anew, onTrouble } = wish;
  await prepareStateFolder(stateDir, config.sources, sight);
  await using opened = new AsyncDisposableStack();
  const journal = opened.adopt(openJournal(stateDir, { durability: 'NORMAL', isChecked: true, onTrouble, crashPoints }), (one) =>
    one.close(),
  );
  const ports = { clock, random: systemRandom, ids: systemIds, log };
  const reach = opened.use(await reachImmich({ config, userAgent, crashPoints, files: sight.files, ...ports }));
  const work = noWork();
  const heard: Heard = {};
  const connected = new Map<string, Immich>();
  const connect = (account: AccountConfig): Immich => {
    const immich = countingImmich(reach.connect(account), work, heard);
    connected.set(account.name, immich);
    return immich;
  };
  const eyes = sight.eyes(config);
  const disk = countingDisk(eyes.disk, work);
  const secondReader = opened.use(new ExiftoolReader({ clock }));
  const immichOf = (account: string): Immich | undefined => connected.get(account);
  const pictureOf = pictureToSend({ journal, log, immichOf });
  const telling = openTelling({ ...ports, config, journal, userAgent, pictureOf, crashPoints });
  const { home, tellers, onNews } = telling;
  tellAnew(journal, { ids: ports.ids, tellers, onNews }, { anew, stateDir, nowMs: clock.now() });
  const household = new Household({
    ...ports,
    config,
    journal,
    disk,
    secondReader,
    watcher: eyes.watcher,
    crashPoints,
    connect,
    ...(home && { home }),
    tellers,
    onNews,
    onSwept: ({ id }, { unreadable }) => noteUnreadable(journal, id, unreadable),
  });

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
      await telling.afterwards((both) => household.once(question, both), signal);
    },
    async verify(wish, signal) {
      await household.begin(signal);
      let told: RoundTold | undefined;
      const verify = async (both: AbortSignal): Promise<void> => {
        told = await household.verify(wish, both);
      };
      await telling.afterwards(verify, signal);
      if (!told) throw new Error('what was verified is not known');
      return told;
    },
    async run(signal) {
      const device = await openDevice({
        ...{ config, version, userAgent, isSupervised, journal, work, household, home, files: sight.files },
        ...ports,
        immichOf,
        immichVersion: () => heard.version,
      });
      const over = new AbortController();
      const shown = showing(device, AbortSignal.any([signal, over.signal]), signal);
      try {
        await household.begin(signal);
        await telling.beside((both) => household.run(both), device, signal);
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
