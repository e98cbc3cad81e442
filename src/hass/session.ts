/**
 * One connection to Home Assistant, from being let in to its end. It is never made again: what the client does by itself then (subscribing
 * anew, where a refusal would end the process) is left to whoever opens the next one.
 */
import { Connection } from 'home-assistant-js-websocket';
import { failureOf } from './failures.ts';
import { HomeAssistantError } from './home-assistant.ts';
import { openWire, type WireParts } from './wire.ts';
import { within } from './within.ts';

export type Message = Readonly<Record<string, unknown>> & { readonly type: string };

export class Session {
  readonly #connection: Connection;
  readonly #parts: WireParts;
  readonly #lost = new AbortController();

  private constructor(connection: Connection, parts: WireParts) {
    this.#connection = connection;
    this.#parts = parts;
    connection.addEventListener('disconnected', () => this.close());
  }

  /** @throws HomeAssistantError `away` or `unauthorised` */
  static async open(parts: WireParts, signal: AbortSignal): Promise<Session> {
    const wire = await openWire(parts, signal);
    const createSocket = (): Promise<never> => Promise.reject(new Error('a session is not made again'));
    return new Session(new Connection(wire, { setupRetry: 0, createSocket }), parts);
  }

  get version(): string {
    return this.#connection.haVersion;
  }

  /** Aborted when the connection has ended. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Ends it. Nobody is told any more, and whoever waits is told that it is away. */
  close(): void {
    this.#connection.close();
    this.#lost.abort();
  }

  /** @throws HomeAssistantError */
  ask(message: Message, signal: AbortSignal, asked = message.type): Promise<unknown> {
    return this.waitFor(() => this.#connection.sendMessagePromise({ ...message }), { asked, signal });
  }

  /** @param onEvent must not throw @returns ends the subscription @throws HomeAssistantError */
  async subscribe(message: Message, onEvent: (event: unknown) => void, signal: AbortSignal): Promise<() => void> {
    const hear = (event: unknown): void => {
      if (!this.lost.aborted) onEvent(event);
    };
    const asked = typeof message.event_type === 'string' ? `events of ${message.event_type}` : message.type;
    const subscribing = (): Promise<() => Promise<void>> => this.#connection.subscribeMessage(hear, { ...message }, { resubscribe: false });
    const end = await this.waitFor(subscribing, { asked, signal });
    return () => {
      end().catch(() => undefined);
    };
  }

  /** The first that a subscription tells. @throws HomeAssistantError */
  async askFirst(message: Message, signal: AbortSignal): Promise<unknown> {
    const first = Promise.withResolvers<unknown>();
    const end = await this.subscribe(message, (event) => first.resolve(event), signal);
    try {
      return await this.waitFor(() => first.promise, { asked: message.type, signal });
    } finally {
      end();
    }
  }

  /** Asks whether it is still there. @throws HomeAssistantError `away` */
  async ping(signal: AbortSignal): Promise<void> {
    await this.waitFor(() => this.#connection.ping(), { asked: 'ping', signal });
  }

  /** Waits for what Home Assistant is to say, as long as one waits for an answer. @throws HomeAssistantError */
  async waitFor<R>(ask: () => Promise<R>, { asked, signal }: { asked: string; signal: AbortSignal }): Promise<R> {
    const sentence = `Home Assistant does not answer (${asked}).`;
    const { clock } = this.#parts;
    try {
      return await within((by) => Promise.race([ask(), this.#loss(by)]), { clock, signal, sentence });
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error, asked);
    }
  }

  /** A subscription that was under way when the connection ended is never answered by the client. */
  #loss(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      const lose = (): void => reject(new HomeAssistantError('away', 'The connection to Home Assistant ended before it had answered.'));
      if (this.lost.aborted) lose();
      this.lost.addEventListener('abort', lose, { once: true, signal });
    });
  }
}
