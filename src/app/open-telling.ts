/** Builds all that tells the household of its pictures: Home Assistant's socket, the ways that news go, the notices and answers. */
import type { Config } from '../config/index.ts';
import { type HomeAssistant, HomeSocket, renamedHome } from '../hass/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, CrashPoints, Ids, Log, Random } from '../kernel/index.ts';
import type { Device } from '../mqtt/index.ts';
import { Notices } from '../notices/index.ts';
import { HomeWatch, noteHomeRefusal, rememberMissing } from '../pipeline/index.ts';
import { Deliveries, deviceTeller, httpAsk, httpPost, type NamedTeller, nameTellers, type ReceiverPorts, smtpMail } from '../tell/index.ts';
import { alongside, type Life } from './alongside.ts';
import { isCalendarAsked, isHomeAsked, nameInTheHome, phonesOf, untilUp } from './at-home.ts';

export interface TellingWish {
  readonly config: Config;
  readonly journal: Journal;
  readonly userAgent: string;
  /** The picture that goes with a message, for receivers that ask for one. */
  readonly pictureOf: ReceiverPorts['pictureOf'];
  readonly crashPoints: CrashPoints;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  readonly log: Log;
}

export interface Telling {
  /** Whoever looks into a calendar, or asks who is there, is handed the same one. It is up while work lasts. */
  readonly home: HomeAssistant | undefined;
  readonly tellers: readonly NamedTeller[];
  /** There is something new in the outbox. */
  onNews(): void;
  /** Everything that tells, beside work that goes on until `signal` is aborted. */
  beside(work: Life, device: Device | undefined, signal: AbortSignal): Promise<void>;
  /** Work that ends, and then what is still to be told of it. */
  afterwards(work: Life, signal: AbortSignal): Promise<void>;
}

// The last news of a run are worth a moment; a receiver that is away gets them at the next.
const lastNewsMs = 5_000;

export function openTelling(wish: TellingWish): Telling {
  const { config, journal, userAgent, pictureOf, crashPoints, clock, log } = wish;
  const { timeZone, language, mqtt, sources } = config;
  const onRefused = (sentence: string | undefined): void => noteHomeRefusal(journal, sentence);
  const socket = config.homeAssistant && new HomeSocket({ ...config.homeAssistant, clock, log, onRefused });
  // The owner may have written another token since, or takes no Home Assistant any more.
  onRefused(undefined);
  if (!socket) rememberMissing(journal, []);
  const tellers = [...nameTellers(config.tell, sources), ...(mqtt ? [deviceTeller] : [])];
  const homeroll = nameInTheHome(mqtt);
  const onNews = (): void => deliveries.wake();
  const watch = socket && new HomeWatch({ ...wish, news: { ids: wish.ids, tellers, onNews }, home: socket });
  const home = socket && watch && renamedHome(socket, watch);
  const nameNow = (id: string): string => watch?.nameNow(id) ?? id;
  const atHome = { home, nameNow, timeZone, language, homeroll, pictureId: mqtt?.isPictureShown ? `${homeroll}_picture` : undefined };
  const http = { clock, userAgent, crashPoints };
  const receivers = { ask: httpAsk(http), mail: smtpMail({ crashPoints }), pictureOf };
  const parts = { ...wish, tellers, post: httpPost(http), receivers, atHome };
  // Until there is a device its news wait.
  let deliveries = new Deliveries(parts);
  const notices = home && new Notices({ ...wish, home, homeroll, sources, phones: phonesOf(tellers) });
  const deliver: Life = (signal) => deliveries.run(signal);
  const beHome: readonly Life[] = socket ? [(signal) => socket.run(signal)] : [];
  return {
    home,
    tellers,
    onNews,
    async beside(work, device, signal) {
      if (device) deliveries = new Deliveries({ ...parts, tellDevice: (news, both) => device.tell(news, both) });
      const answer: readonly Life[] = notices ? [(both) => notices.run(both)] : [];
      const see: readonly Life[] = watch ? [(both) => watch.run(both)] : [];
      await alongside([deliver, ...beHome, ...answer, ...see], work, signal);
    },
    async afterwards(work, signal) {
      // Home Assistant is bothered only where somebody asks it, or is told by it.
      const asked = home && isHomeAsked(tellers, sources) ? home : undefined;
      const wait = (both: AbortSignal): Promise<void> | undefined => asked && untilUp(asked, { clock, patienceMs: lastNewsMs }, both);
      const workAndTell: Life = async (both) => {
        if (isCalendarAsked(sources)) await wait(both);
        await work(both);
        if (journal.outbox.nextDueAtMs() !== undefined) await wait(both);
        await deliveries.whenTold(lastNewsMs, both);
      };
      await alongside([deliver, ...(asked ? beHome : [])], workAndTell, signal);
    },
  };
}
