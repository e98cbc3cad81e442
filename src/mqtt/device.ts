/**
 * The device in Home Assistant, as long as Homeroll runs: one link to the broker after the other, and what happens in between. Whatever is
 * wrong with the broker, the pictures' journey does not notice.
 */
import type { Config, MqttConfig, SourceConfig } from '../config/index.ts';
import {
  ensureInstallation,
  type Greeting,
  greetingsAt,
  type ImmichAnswer,
  noteGreeting,
  noteOrder,
  type SafePicture,
} from '../desk/index.ts';
import { deviceIdOf } from '../domain/index.ts';
import type { HomeAssistant } from '../hass/index.ts';
import type { SmallPicture } from '../immich/index.ts';
import type { Journal, News } from '../journal/index.ts';
import { type Clock, type Log, type Random, sentenceOf } from '../kernel/index.ts';
import { Audience } from './audience.ts';
import { BrokerTrouble } from './broker-trouble.ts';
import { type Arrived, readCommand } from './commands.ts';
import { offline } from './discovery.ts';
import { Firing } from './firing.ts';
import { addressOf, type Link, openLink } from './link.ts';
import { Lookout } from './lookout.ts';
import { idsOfHousehold, topicsOf } from './names.ts';
import { PictureKeeper } from './picture.ts';
import { Reconnecting } from './reconnecting.ts';
import { Session } from './session.ts';
import { type KeyedSource, keyedSources } from './source-keys.ts';
import { UpdateWatch } from './update.ts';
import { Witness } from './witness.ts';
import { wordsIn } from './words.ts';

/** How the device leaves: it is away, goes on at once in the next life, or is not wanted any more. */
export type Farewell = 'away' | 'goes on' | 'withdrawn';

export interface DeviceParts {
  readonly mqtt: MqttConfig;
  readonly caPem?: string | undefined;
  readonly language: Config['language'];
  readonly sources: readonly Pick<SourceConfig, 'name' | 'account'>[];
  readonly version: string;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** It knows best whether Home Assistant listens. Left out: Homeroll is not connected with it. */
  readonly home?: HomeAssistant | undefined;
  readonly movedBytes: () => number;
  readonly isWorking: () => boolean;
  readonly immich: () => ImmichAnswer;
  readonly fetchPicture: (picture: SafePicture, mostBytes: number, signal: AbortSignal) => Promise<SmallPicture | 'none'>;
  /** Left out: nobody asks whether there is a newer Homeroll. */
  readonly askNewest?: ((signal: AbortSignal) => Promise<string | undefined>) | undefined;
}

const farewellMs = 2_000;

export class Device {
  readonly #parts: DeviceParts;
  readonly #lookout: Lookout;
  readonly #pictures: PictureKeeper | undefined;
  readonly #updates: UpdateWatch | undefined;
  readonly #reconnecting: Reconnecting;
  readonly #sources: readonly KeyedSource[];
  readonly #nameOf: ReadonlyMap<string, string>;
  readonly #audience: Audience;
  readonly #firing: Firing;
  readonly #witness: Witness | undefined;
  #toldOf: BrokerTrouble['kind'] | undefined;
  #isToldOfQuarrel = false;
  #isToldOfDeafness = false;

  constructor(parts: DeviceParts) {
    this.#parts = parts;
    const names = parts.sources.map(({ name }) => name);
    this.#sources = keyedSources(parts.journal, names);
    this.#nameOf = new Map(this.#sources.map(({ key, name }) => [key, name]));
    this.#lookout = new Lookout(parts);
    this.#pictures = parts.mqtt.isPictureShown ? new PictureKeeper({ ...parts, sources: names, fetch: parts.fetchPicture }) : undefined;
    this.#updates = parts.askNewest && new UpdateWatch({ ...parts, askNewest: parts.askNewest });
    this.#reconnecting = new Reconnecting(parts.random);
    this.#audience = new Audience({ ...parts, isConnectionMeant: parts.home !== undefined });
    this.#firing = new Firing({ ...parts, isWatched: () => this.#witness?.isWatching ?? false });
    const onHeard = (attributes: Readonly<Record<string, unknown>>): void => this.#firing.noteHeard(attributes);
    const uniqueId = idsOfHousehold(parts.mqtt.topic).unique('event');
    this.#witness = parts.home && new Witness({ home: parts.home, clock: parts.clock, uniqueId, onHeard });
    this.#recallGreetings();
  }

  /** Until `signal` is aborted. @param farewell asked then */
  async run(signal: AbortSignal, farewell: () => Farewell = () => 'away'): Promise<void> {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const lives = [this.#pictures?.run(both), this.#updates?.run(both), this.#witness?.run(both), this.#stayLinked(both, farewell)];
    const stopListening = this.#parts.home?.onUp((isUp) => {
      this.#audience.noteConnection(isUp);
      if (!isUp) this.#firing.close();
    });
    try {
      await Promise.all(lives);
    } finally {
      stopListening?.();
      ending.abort();
      await Promise.allSettled(lives);
    }
  }

  /** Resolves when the broker has it, however long that takes. */
  tell(news: News, signal: AbortSignal): Promise<void> {
    return this.#firing.tell(news, signal);
  }

  async #stayLinked(signal: AbortSignal, farewell: () => Farewell): Promise<void> {
    const { clock, log } = this.#parts;
    while (!signal.aborted) {
      let linkedAtMs: number | undefined;
      try {
        await this.#liveOnce(
          {
            farewell,
            onLinked: () => {
              linkedAtMs = clock.elapsed();
            },
          },
          signal,
        );
      } catch (error) {
        if (signal.aborted) return;
        const atMs = clock.elapsed();
        // Whoever is thrown out on the threshold was let in.
        const isHungUpOn = error instanceof BrokerTrouble && error.cause === undefined;
        this.#reconnecting.note({ atMs, lastedMs: linkedAtMs === undefined ? (isHungUpOn ? 0 : undefined) : atMs - linkedAtMs });
        if (error instanceof BrokerTrouble) this.#complain(error, linkedAtMs !== undefined);
        else log.error(`The device in Home Assistant met with something unforeseen, and is tried again: ${sentenceOf(error)}`);
      }
      await clock.sleep(this.#reconnecting.waitMs(), signal).catch(() => undefined);
    }
  }

  async #liveOnce(
    { farewell, onLinked }: { readonly farewell: () => Farewell; readonly onLinked: () => void },
    signal: AbortSignal,
  ): Promise<void> {
    const { mqtt, caPem, clock, language } = this.#parts;
    const { availability } = topicsOf(mqtt);
    let session: Session | undefined;
    const will = { topic: availability, payload: offline };
    const clientId = `homeroll-${deviceIdOf(mqtt.topic)}`;
    const link = await openLink({ mqtt, caPem, clientId, will, clock, onMessage: (arrived) => session?.hear(arrived) }, signal);
    onLinked();
    noteGreeting(this.#parts.journal, topicsOf(mqtt).birth, { nowMs: clock.now() });
    session = new Session(link, {
      ...this.#parts,
      sources: this.#sources,
      address: addressOf(mqtt.url),
      installation: ensureInstallation(this.#parts.journal, this.#parts.random),
      words: wordsIn(language),
      look: () => this.#lookout.look(),
      takeOrder: (arrived) => this.#takeOrder(arrived),
      pictures: this.#pictures,
      updates: this.#updates,
      audience: this.#audience,
      onGreeting: (said, isRetained) => this.#hear(said, isRetained),
      onIntroduced: () => this.#listens(link),
      onDeaf: () => this.#complainOfDeafness(),
    });
    try {
      await session.run(signal);
      await this.#leave(session, farewell());
    } finally {
      this.#firing.lose();
      await this.#within(farewellMs, link.end());
    }
  }

  /** Home Assistant knows us by now: what is wrong from here on is told anew. */
  async #listens(link: Link): Promise<void> {
    if (this.#toldOf) this.#parts.log.info('The MQTT broker is back, and so is the device in Home Assistant.');
    this.#toldOf = undefined;
    if (this.#audience.isAwaited) this.#firing.lose();
    else await this.#firing.open(link);
  }

  /** What happens now waits for Home Assistant to be back, or to know us. */
  #hear(said: Greeting, isRetained: boolean): void {
    const { journal, clock, mqtt } = this.#parts;
    const wasThere = said === 'farewell' || this.#audience.isAwaited;
    this.#audience.hear(said, isRetained);
    if (this.#audience.isAwaited) this.#firing.close({ wasThere });
    noteGreeting(journal, topicsOf(mqtt).birth, { said, nowMs: clock.now() });
  }

  /** An earlier life may have heard it go. */
  #recallGreetings(): void {
    const { journal, clock, mqtt } = this.#parts;
    const { birth } = topicsOf(mqtt);
    const { last } = greetingsAt(journal, birth) ?? {};
    if (last?.said === 'farewell') this.#audience.recallFarewell(clock.now() - last.atMs);
  }

  async #leave(session: Session, farewell: Farewell): Promise<void> {
    if (farewell === 'goes on') return;
    const said = farewell === 'withdrawn' ? session.withdraw() : session.leave();
    await this.#within(
      farewellMs,
      said.catch(() => undefined),
    );
  }

  async #within(patienceMs: number, work: Promise<void>): Promise<void> {
    const over = new AbortController();
    await Promise.race([work, this.#parts.clock.sleep(patienceMs, over.signal)]);
    over.abort();
  }

  /** One line when it begins; another only when it turns out that a person is needed. */
  #complain(trouble: BrokerTrouble, wasLinked: boolean): void {
    const { log, mqtt } = this.#parts;
    if (this.#reconnecting.isQuarrel) {
      if (!this.#isToldOfQuarrel) log.warn(quarrelSentence(mqtt));
      this.#isToldOfQuarrel = true;
      return;
    }
    this.#isToldOfQuarrel = false;
    log.debug('the link to the broker ended', { why: trouble.message });
    // A link that broke is made again within a second or so, and nobody needs to hear of it.
    if (wasLinked || this.#toldOf === trouble.kind || (this.#toldOf !== undefined && trouble.kind === 'away')) return;
    log.warn(`${trouble.message} Pictures are kept safe meanwhile; only the device in Home Assistant waits.`);
    this.#toldOf = trouble.kind;
  }

  #complainOfDeafness(): void {
    const { log, mqtt } = this.#parts;
    const sentence = `The MQTT broker does not let Homeroll read the topics below "${mqtt.topic}": buttons and switches do nothing. Allow its user there.`;
    if (!this.#isToldOfDeafness) log.warn(sentence);
    this.#isToldOfDeafness = true;
  }

  #takeOrder(arrived: Arrived): void {
    const { log, mqtt, journal } = this.#parts;
    const command = readCommand(arrived, { topic: mqtt.topic, sources: this.#nameOf });
    if (command.kind === 'nonsense') {
      log.warn(`A command by MQTT is left alone: ${command.why}.`, { topic: arrived.topic });
      return;
    }
    const { kind, subject } = command.order;
    // Resuming is also the answer to a question that a source asks; who switches off a pause has not heard it.
    if (kind === 'resume' && !this.#isPaused(subject)) return;
    log.info('ordered by MQTT', { order: kind, ...(subject !== undefined && { about: subject }) });
    try {
      noteOrder(journal, command.order, this.#parts.clock.now());
    } catch (error) {
      log.warn(`The order was not taken. ${sentenceOf(error)}`, { order: kind });
    }
  }

  #isPaused(source: string | undefined): boolean {
    const { paused, sources } = this.#lookout.look();
    return source === undefined ? paused : sources.some(({ name, state }) => name === source && state === 'paused');
  }
}

function quarrelSentence({ url, topic }: MqttConfig): string {
  return `Another program uses the name "homeroll-${deviceIdOf(topic)}" at the MQTT broker ${addressOf(url)}: each throws the other out. Is it a second Homeroll? Give one of them another "topic" under "mqtt".`;
}
