/** Fires the events that automations wait for when Home Assistant is known to listen, and once more those that it may have missed. */
import type { MqttConfig } from '../config/index.ts';
import type { Journal, News } from '../journal/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import { BrokerTrouble } from './broker-trouble.ts';
import { eventsOf, type HomeEvent } from './events.ts';
import type { Link } from './link.ts';
import { topicsOf } from './names.ts';
import { type Sent, Unheard } from './unheard.ts';

export interface FiringParts {
  readonly mqtt: MqttConfig;
  readonly journal: Pick<Journal, 'facts'>;
  readonly clock: Clock;
  readonly log: Log;
  /** What Home Assistant hears is seen: it can be held to each event. */
  readonly isWatched: () => boolean;
}

// It stops listening some seconds before the broker tells that it is gone.
const beforeFarewellMs = 30_000;
// It was starting for as long, and nobody had heard it go.
const beforeBirthMs = 120_000;
// An entity shows in milliseconds what it heard.
const witnessPatienceMs = 10_000;
const mostTimes = 3;

export class Firing {
  readonly #parts: FiringParts;
  readonly #unheard: Unheard;
  readonly #waiting = new Set<() => void>();
  /** Over which events reach Home Assistant. */
  #link: Link | undefined;

  constructor(parts: FiringParts) {
    this.#parts = parts;
    this.#unheard = new Unheard(parts.journal);
  }

  /** Fires what automations may wait for in this piece of news. Resolves when the broker has it, however long that takes. */
  async tell(news: News, signal: AbortSignal): Promise<void> {
    for (const event of eventsOf(news, this.#parts.clock.now())) await this.#fire(event, signal);
  }

  /** Home Assistant listens at the other end of this link. Said again and again. @throws BrokerTrouble */
  async open(link: Link): Promise<void> {
    for (const sent of this.#unheard.all) await this.#seeTo(sent, link);
    this.#link = link;
    for (const goOn of [...this.#waiting]) goOn();
  }

  /** It listens no more, or the link is down: what happens now waits. @param wasThere false: it came just now, and nobody saw it go */
  close({ wasThere = true } = {}): void {
    if (this.#link) this.#parts.log.debug('Home Assistant starts anew: events wait for it');
    this.#link = undefined;
    this.#unheard.markMissed(this.#parts.clock.now() - (wasThere ? beforeFarewellMs : beforeBirthMs));
  }

  /** The link broke, which says nothing of Home Assistant. */
  lose(): void {
    this.#link = undefined;
  }

  /** @param attributes of Home Assistant's entity */
  noteHeard(attributes: Readonly<Record<string, unknown>>): void {
    this.#unheard.forget(attributes);
  }

  async #seeTo({ event, atMs, times, isMissed }: Sent, link: Link): Promise<void> {
    const { clock, isWatched } = this.#parts;
    const agoMs = clock.now() - atMs;
    // Set back a clock, and nothing is ever long ago.
    const isOver = (ms: number): boolean => agoMs > ms || agoMs < 0;
    const isUnseen = isWatched() && isOver(witnessPatienceMs);
    if ((isMissed || isUnseen) && times < mostTimes) await this.#send(event, link);
    else if (isMissed || isUnseen || isOver(beforeBirthMs)) this.#unheard.forget(event);
  }

  async #fire(event: HomeEvent, signal: AbortSignal): Promise<void> {
    for (;;) {
      const link = await this.#whenOpen(signal);
      try {
        return await this.#send(event, link);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof BrokerTrouble)) throw error;
        if (this.#link === link) this.#link = undefined;
      }
    }
  }

  /** Noted first: whatever happens then, it is known that somebody may have missed it. */
  #send(event: HomeEvent, link: Link): Promise<void> {
    this.#unheard.note(event, this.#parts.clock.now());
    return link.publish(topicsOf(this.#parts.mqtt).event, JSON.stringify(event), { isRetained: false });
  }

  async #whenOpen(signal: AbortSignal): Promise<Link> {
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
}
