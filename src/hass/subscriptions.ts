/** What one session has subscribed to: the states of all entities that are followed, and the types of events that somebody waits for. */
import type { Log } from '../kernel/index.ts';
import { applyChanges, readChanges } from './entity-changes.ts';
import { HomeAssistantError, type HomeEntity, type HomeEvent } from './home-assistant.ts';
import { readEvent } from './read-event.ts';
import type { Session } from './session.ts';

export interface Wanted {
  readonly entities: readonly string[];
  readonly eventTypes: readonly string[];
}

export interface SubscriptionParts {
  readonly log: Log;
  /** Kept up to date. */
  readonly entities: Map<string, HomeEntity>;
  readonly onChange: (ids: readonly string[]) => void;
  readonly onEvent: (type: string, event: HomeEvent) => void;
  /** Types that were refused, and told of. */
  readonly refused: Set<string>;
}

export class Subscriptions {
  readonly #session: Session;
  readonly #parts: SubscriptionParts;
  readonly #eventTypes = new Set<string>();
  #entities: ReadonlySet<string> = new Set();
  /** Of the subscription that counts. */
  #heard: ReadonlySet<string> | undefined;
  #endEntities: (() => void) | undefined;

  constructor(session: Session, parts: SubscriptionParts) {
    this.#session = session;
    this.#parts = parts;
  }

  /** Subscribes to what is wanted and was not until now; what is wanted no more is heard until the connection ends. */
  async renew({ entities, eventTypes }: Wanted, signal: AbortSignal): Promise<void> {
    for (const type of eventTypes) if (!this.#eventTypes.has(type)) await this.#hear(type, signal);
    // Without names Home Assistant would tell of all that it has.
    if (entities.some((id) => !this.#entities.has(id))) await this.#follow(new Set([...this.#entities, ...entities]), signal);
  }

  async #follow(ids: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const { entities, log, onChange } = this.#parts;
    const first = Promise.withResolvers<void>();
    let isFirst = true;
    const end = await this.#session.subscribe(
      { type: 'subscribe_entities', entity_ids: [...ids] },
      (event) => {
        const changes = readChanges(event);
        if (!changes) log.debug('Home Assistant told of entities in words that are not understood');
        if (!changes) return;
        // The one before is not ended yet, and says the same.
        if (!isFirst && this.#heard !== ids) return;
        this.#heard = ids;
        // What it does not name in its first words is not there.
        if (isFirst) for (const id of ids) if (!changes.a?.[id]) entities.delete(id);
        const changed = applyChanges(entities, changes);
        onChange(isFirst ? [...ids] : changed);
        isFirst = false;
        first.resolve();
      },
      signal,
    );
    await this.#session.waitFor(() => first.promise, { asked: 'subscribe_entities', signal });
    this.#entities = ids;
    this.#endEntities?.();
    this.#endEntities = end;
  }

  /** Being refused one type of event is no reason to do without all the rest. */
  async #hear(type: string, signal: AbortSignal): Promise<void> {
    const { refused, log, onEvent } = this.#parts;
    this.#eventTypes.add(type);
    try {
      const tell = (said: unknown): void => {
        const event = readEvent(said);
        if (event) onEvent(type, event);
      };
      await this.#session.subscribe({ type: 'subscribe_events', event_type: type }, tell, signal);
      refused.delete(type);
    } catch (error) {
      if (!(error instanceof HomeAssistantError) || error.isPassing) throw error;
      if (!refused.has(type)) log.warn(error.message);
      refused.add(type);
    }
  }
}
