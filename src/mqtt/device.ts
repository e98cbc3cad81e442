/**
 * The device in Home Assistant, as long as Homeroll runs: one link to the broker after the other, and what happens in between. Whatever is
 * wrong with the broker, the pictures' journey does not notice.
 */
import type { Config, MqttConfig, SourceConfig } from '../config/index.ts';
import { type ImmichAnswer, noteOrder, type SafePicture } from '../desk/index.ts';
import { deviceIdOf } from '../domain/index.ts';
import type { SmallPicture } from '../immich/index.ts';
import type { Journal, News } from '../journal/index.ts';
import { type Clock, type Log, type Random, sentenceOf } from '../kernel/index.ts';
import { BrokerTrouble } from './broker-trouble.ts';
import { type Arrived, readCommand } from './commands.ts';
import { offline } from './discovery.ts';
import { eventsOf, type HomeEvent } from './events.ts';
import { addressOf, type Link, openLink } from './link.ts';
import { Lookout } from './lookout.ts';
import { sourceIdsOf, topicsOf } from './names.ts';
import { PictureKeeper } from './picture.ts';
import { Reconnecting } from './reconnecting.ts';
import { Session } from './session.ts';
import { UpdateWatch } from './update.ts';
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
  readonly #sourceOf: ReadonlyMap<string, string>;
  /** Over which events reach Home Assistant. */
  #link: Link | undefined;
  readonly #waiting = new Set<() => void>();
  #toldOf: BrokerTrouble['kind'] | undefined;
  #isToldOfQuarrel = false;
  #isToldOfDeafness = false;

  constructor(parts: DeviceParts) {
    this.#parts = parts;
    const names = parts.sources.map(({ name }) => name);
    const ids = sourceIdsOf(names);
    this.#sourceOf = new Map(names.map((name, index) => [ids[index] ?? '', name]));
    this.#lookout = new Lookout(parts);
    this.#pictures = parts.mqtt.isPictureShown ? new PictureKeeper({ ...parts, sources: names, fetch: parts.fetchPicture }) : undefined;
    this.#updates = parts.askNewest && new UpdateWatch({ ...parts, askNewest: parts.askNewest });
    this.#reconnecting = new Reconnecting(parts.random);
  }

  /** Until `signal` is aborted. @param farewell asked then */
  async run(signal: AbortSignal, farewell: () => Farewell = () => 'away'): Promise<void> {
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const lives = [this.#pictures?.run(both), this.#updates?.run(both), this.#stayLinked(both, farewell)];
    try {
      await Promise.all(lives);
    } finally {
      ending.abort();
      await Promise.allSettled(lives);
    }
  }

  /** Fires what automations may wait for in this piece of news. Resolves when the broker has it, however long that takes. */
  async tell(news: News, signal: AbortSignal): Promise<void> {
    for (const event of eventsOf(news, this.#parts.clock.now())) await this.#fire(event, signal);
  }

  async #fire(event: HomeEvent, signal: AbortSignal): Promise<void> {
    const { event: topic } = topicsOf(this.#parts.mqtt);
    for (;;) {
      const link = await this.#whenLinked(signal);
      try {
        return await link.publish(topic, JSON.stringify(event), { isRetained: false });
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof BrokerTrouble)) throw error;
        if (this.#link === link) this.#link = undefined;
      }
    }
  }

  async #whenLinked(signal: AbortSignal): Promise<Link> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#link && !this.#link.isDown) return this.#link;
      await new Promise<void>((resolve) => {
        const goOn = (): void => {
          signal.removeEventListener('abort', goOn);
          this.#waiting.delete(goOn);
          resolve();
        };
        signal.addEventListener('abort', goOn, { once: true });
        this.#waiting.add(goOn);
      });
    }
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
    session = new Session(link, {
      ...this.#parts,
      sources: this.#parts.sources.map(({ name }) => name),
      words: wordsIn(language),
      look: () => this.#lookout.look(),
      takeOrder: (arrived) => this.#takeOrder(arrived),
      pictures: this.#pictures,
      updates: this.#updates,
      onListening: (isListening) => (isListening ? this.#listens(link) : this.#listensNoMore()),
      onDeaf: () => this.#complainOfDeafness(),
    });
    try {
      await session.run(signal);
      await this.#leave(session, farewell());
    } finally {
      this.#link = undefined;
      await this.#within(farewellMs, link.end());
    }
  }

  /** Home Assistant knows us by now: what is wrong from here on is told anew. */
  #listens(link: Link): void {
    if (this.#toldOf) this.#parts.log.info('The MQTT broker is back, and so is the device in Home Assistant.');
    this.#toldOf = undefined;
    this.#link = link;
    for (const goOn of [...this.#waiting]) goOn();
  }

  /** What happens now waits for Home Assistant to be back. */
  #listensNoMore(): void {
    if (this.#link) this.#parts.log.debug('Home Assistant starts anew: events wait for it');
    this.#link = undefined;
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
    const command = readCommand(arrived, { topic: mqtt.topic, sources: this.#sourceOf });
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
