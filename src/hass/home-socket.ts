/** Home Assistant over its WebSocket: one connection, made anew for as long as it takes, and told of once when it is away. */
import { formatDuration } from '../domain/index.ts';
import { isAbort, type Log } from '../kernel/index.ts';
import { type ActionCall, type HomeAssistant, HomeAssistantError, type HomeEntity, type HomeEvent } from './home-assistant.ts';
import { Listeners } from './listeners.ts';
import { type Message, Session } from './session.ts';
import { Subscriptions } from './subscriptions.ts';
import { hasStarted } from './visit.ts';
import type { WireParts } from './wire.ts';

export interface HomeSocketParts extends WireParts {
  readonly log: Log;
  /** It does not take the token: only a person can help. Undefined: it does. */
  readonly onRefused?: (sentence: string | undefined) => void;
}

// A connection that is dead, and does not say so, is noticed by nothing else.
const pingEveryMs = 30_000;
const startingEveryMs = 1_000;
const longestPauseMs = 30_000;
// Each try with a token that is refused is a failed login there; after some it may ban this computer.
const refusedPauseMs = 300_000;

interface Follower {
  readonly ids: readonly string[];
  readonly onChange: () => void;
}

interface Hearer {
  readonly type: string;
  readonly listener: (event: HomeEvent) => void;
}

export class HomeSocket implements HomeAssistant {
  readonly #parts: HomeSocketParts;
  readonly #entities = new Map<string, HomeEntity>();
  readonly #followers: Listeners<Follower>;
  readonly #hearers: Listeners<Hearer>;
  readonly #upListeners: Listeners<(isUp: boolean) => void>;
  readonly #refusedTypes = new Set<string>();
  /** Only while it is up. */
  #session: Session | undefined;
  /** What was said of it last; undefined: nothing yet. */
  #saidUp: boolean | undefined;
  /** Why it is not up. */
  #trouble: HomeAssistantError | undefined;
  #isTroubleLogged = false;
  #awaySinceMs: number;
  #tries = 0;
  #nudge = new AbortController();

  constructor(parts: HomeSocketParts) {
    this.#parts = parts;
    this.#followers = new Listeners(parts.log);
    this.#hearers = new Listeners(parts.log);
    this.#upListeners = new Listeners(parts.log);
    this.#awaySinceMs = parts.clock.elapsed();
  }

  get isUp(): boolean {
    return this.#session !== undefined;
  }

  onUp(listener: (isUp: boolean) => void): () => void {
    const stop = this.#upListeners.add(listener);
    if (this.isUp) listener(true);
    return stop;
  }

  entity(id: string): HomeEntity | undefined {
    return this.#entities.get(id);
  }

  follow(ids: readonly string[], onChange: () => void): () => void {
    const stop = this.#followers.add({ ids, onChange });
    this.#wake();
    return stop;
  }

  onEvent(type: string, listener: (event: HomeEvent) => void): () => void {
    const stop = this.#hearers.add({ type, listener });
    this.#wake();
    return stop;
  }

  async act({ domain, action, data, entities, isAnswerWanted = false }: ActionCall, signal: AbortSignal): Promise<unknown> {
    const message = {
      type: 'call_service',
      domain,
      service: action,
      ...(data && { service_data: data }),
      ...(entities && { target: { entity_id: entities } }),
      ...(isAnswerWanted && { return_response: true }),
    };
    const answer = await this.#mustBeUp().ask(message, signal, `${domain}.${action}`);
    const isWrapped = typeof answer === 'object' && answer !== null && 'response' in answer;
    return isAnswerWanted && isWrapped ? answer.response : undefined;
  }

  async ask(message: Message, signal: AbortSignal): Promise<unknown> {
    return this.#mustBeUp().ask(message, signal);
  }

  async askFirst(message: Message, signal: AbortSignal): Promise<unknown> {
    return this.#mustBeUp().askFirst(message, signal);
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let session: Session | undefined;
      try {
        session = await Session.open(this.#parts, signal);
        await this.#keep(session, signal);
      } catch (error) {
        if (!signal.aborted) this.#goDown(error);
      } finally {
        session?.close();
      }
      if (!signal.aborted) await this.#parts.clock.sleep(this.#pauseMs(), signal).catch(() => undefined);
    }
    this.#session = undefined;
  }

  /** @throws HomeAssistantError when it is lost, however that shows */
  async #keep(session: Session, signal: AbortSignal): Promise<never> {
    const { clock, log } = this.#parts;
    await this.#untilStarted(session, signal);
    const subscriptions = new Subscriptions(session, {
      log,
      entities: this.#entities,
      refused: this.#refusedTypes,
      onChange: (ids) => this.#tellFollowers(ids),
      onEvent: (type, event) => this.#hearers.tell((hearer) => hearer.type === type && hearer.listener(event)),
    });
    for (let pingAtMs = clock.elapsed() + pingEveryMs; ; ) {
      const nudged = this.#nudge.signal;
      await subscriptions.renew(this.#wanted, signal);
      if (!this.isUp) this.#goUp(session);
      await this.#sleep(pingAtMs - clock.elapsed(), session, AbortSignal.any([signal, nudged]));
      signal.throwIfAborted();
      if (clock.elapsed() < pingAtMs) continue;
      await session.ping(signal);
      pingAtMs = clock.elapsed() + pingEveryMs;
    }
  }

  /** While it starts, persons are not where they are, and the home is empty. */
  async #untilStarted(session: Session, signal: AbortSignal): Promise<void> {
    while (!(await hasStarted(session, signal))) {
      this.#trouble ??= new HomeAssistantError('away', 'Home Assistant is starting.');
      this.#say(false);
      await this.#sleep(startingEveryMs, session, signal);
    }
  }

  /** @throws HomeAssistantError when the connection has ended meanwhile */
  async #sleep(delayMs: number, session: Session, signal: AbortSignal): Promise<void> {
    await this.#parts.clock.sleep(Math.max(0, delayMs), AbortSignal.any([signal, session.lost])).catch(() => undefined);
    if (session.lost.aborted) throw new HomeAssistantError('away', 'The connection to Home Assistant ended.');
  }

  #goUp(session: Session): void {
    const { log, clock } = this.#parts;
    const afterMs = clock.elapsed() - this.#awaySinceMs;
    if (this.#isTroubleLogged) log.info(`Home Assistant is back after ${formatDuration(Math.max(1_000, afterMs))}`);
    else log.debug('Home Assistant answers', { version: session.version });
    this.#trouble = undefined;
    this.#isTroubleLogged = false;
    this.#tries = 0;
    this.#session = session;
    this.#parts.onRefused?.(undefined);
    this.#say(true);
    this.#tellFollowers();
  }

  /** One line when it begins, and another only when it turns out that a person is needed. */
  #goDown(error: unknown): void {
    const { log, clock } = this.#parts;
    if (!(error instanceof HomeAssistantError) && !isAbort(error))
      log.error('Home Assistant could not be talked to', { error: String(error) });
    const trouble =
      error instanceof HomeAssistantError ? error : new HomeAssistantError('away', 'Home Assistant is away.', { cause: error });
    const wasUp = this.isUp;
    this.#session = undefined;
    if (wasUp) this.#awaySinceMs = clock.elapsed();
    this.#tries += 1;
    const isOther = this.#trouble !== undefined && this.#trouble.isPassing !== trouble.isPassing;
    this.#trouble = trouble;
    if (trouble.code === 'unauthorised') this.#parts.onRefused?.(trouble.message);
    this.#say(false);
    // A connection may break, and be there again at the first try: a proxy that ends it every hour is nobody's trouble.
    if (wasUp || (this.#isTroubleLogged && !isOther)) return;
    log.warn(trouble.message);
    this.#isTroubleLogged = true;
  }

  #say(isUp: boolean): void {
    if (this.#saidUp === isUp) return;
    this.#saidUp = isUp;
    this.#upListeners.tell((listener) => listener(isUp));
  }

  /** @param changed left out: perhaps all of them */
  #tellFollowers(changed?: readonly string[]): void {
    const isAbout = ({ ids }: Follower): boolean => changed === undefined || changed.some((id) => ids.includes(id));
    if (this.isUp) this.#followers.tell((follower) => isAbout(follower) && follower.onChange());
  }

  get #wanted(): { readonly entities: readonly string[]; readonly eventTypes: readonly string[] } {
    return {
      entities: [...new Set(this.#followers.all.flatMap(({ ids }) => ids))],
      eventTypes: [...new Set(this.#hearers.all.map(({ type }) => type))],
    };
  }

  #pauseMs(): number {
    if (this.#trouble?.code === 'unauthorised') return refusedPauseMs;
    return Math.min(1_000 * 2 ** (this.#tries - 1), longestPauseMs);
  }

  #mustBeUp(): Session {
    if (this.#session) return this.#session;
    const { code, message } = this.#trouble ?? { code: 'away', message: 'Home Assistant was not reached yet.' };
    throw new HomeAssistantError(code, message);
  }

  /** Something else is wanted of the connection. */
  #wake(): void {
    const before = this.#nudge;
    this.#nudge = new AbortController();
    before.abort();
  }
}
