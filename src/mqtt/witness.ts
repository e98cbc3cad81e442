/** Sees by the connection with Home Assistant which events its entity has heard. */
import { type HomeAssistant, HomeAssistantError, registeredEntities, registryEvent } from '../hass/index.ts';
import { type Clock, Waker } from '../kernel/index.ts';

export interface WitnessParts {
  readonly home: HomeAssistant;
  readonly clock: Clock;
  /** Of the entity that fires the events. */
  readonly uniqueId: string;
  /** @param attributes with the last event that it heard */
  readonly onHeard: (attributes: Readonly<Record<string, unknown>>) => void;
}

// It is made within seconds after it was introduced; one that somebody disabled never is.
const lookAgainMs = 10_000;

export class Witness {
  readonly #parts: WitnessParts;
  readonly #waker = new Waker();
  #entity: string | undefined;
  #unfollow: (() => void) | undefined;

  constructor(parts: WitnessParts) {
    this.#parts = parts;
  }

  /** What the entity hears is seen. */
  get isWatching(): boolean {
    const { home } = this.#parts;
    const state = this.#entity === undefined || !home.isUp ? undefined : home.entity(this.#entity)?.state;
    return state !== undefined && state !== 'unavailable';
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { home, clock } = this.#parts;
    const lookAnew = (): void => {
      this.#entity = undefined;
      this.#waker.wake();
    };
    const stops = [
      home.onUp((isUp) => isUp && lookAnew()),
      home.onEvent(registryEvent, ({ data }) => data.old_entity_id === this.#entity && lookAnew()),
    ];
    try {
      while (!signal.aborted) {
        this.#waker.arm();
        if (home.isUp && this.#entity === undefined) await this.#look(signal);
        await this.#waker.wait(clock, this.#entity === undefined ? clock.now() + lookAgainMs : undefined, signal);
      }
    } finally {
      for (const stop of stops) stop();
      this.#unfollow?.();
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { home, uniqueId, onHeard } = this.#parts;
    try {
      const found = (await registeredEntities(home, signal)).find((one) => one.platform === 'mqtt' && one.uniqueId === uniqueId);
      if (!found) return;
      const { id } = found;
      this.#entity = id;
      this.#unfollow?.();
      this.#unfollow = home.follow([id], () => onHeard(home.entity(id)?.attributes ?? {}));
    } catch (error) {
      if (signal.aborted) return;
      // Without it events are sent as to anybody else.
      if (!(error instanceof HomeAssistantError)) throw error;
    }
  }
}
