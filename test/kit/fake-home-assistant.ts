/** A small server that speaks Home Assistant's WebSocket API as far as Homeroll uses it, and misbehaves as a test likes. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

type Fields = Readonly<Record<string, unknown>>;

/** What Home Assistant answers in place of an answer. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Subscription {
  readonly id: number;
  readonly kind: 'entities' | 'events';
  readonly wanted: readonly string[];
}

interface Visitor {
  readonly socket: WebSocket;
  isLetIn: boolean;
  readonly subscriptions: Subscription[];
}

export class FakeHomeAssistant implements AsyncDisposable {
  /** The one that it takes. */
  token = 'good';
  /** `NOT_RUNNING`, `STARTING`, `RUNNING`, `STOPPING`; undefined: an old server, that does not say. */
  state: string | undefined = 'RUNNING';
  isAdmin = true;
  /** It takes connections and says nothing any more, not even to a ping. */
  isSilent = false;
  /** Every message that came after the greeting, in order. */
  readonly heard: Fields[] = [];
  logins = 0;
  /** Answers to messages, by type; what one throws is refused. */
  readonly answers = new Map<string, (message: Fields) => unknown>();
  readonly #entities = new Map<string, { readonly s: string; readonly a: Fields }>();
  readonly #visitors = new Set<Visitor>();
  #server: Server | undefined;
  #port = 0;

  static async open(): Promise<FakeHomeAssistant> {
    const fake = new FakeHomeAssistant();
    await fake.start();
    return fake;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${this.#port}`);
  }

  get connections(): number {
    return this.#visitors.size;
  }

  timesHeard(type: string): number {
    return this.heard.filter((message) => message.type === type).length;
  }

  /** At the same address as before. */
  async start(): Promise<void> {
    const server = createServer((request, response) => response.writeHead(request.url === '/manifest.json' ? 200 : 404).end());
    const sockets = new WebSocketServer({ server, path: '/api/websocket' });
    sockets.on('connection', (socket) => this.#greet(socket));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.cut();
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** Ends all connections without a word. */
  cut(): void {
    for (const { socket } of this.#visitors) socket.terminate();
    this.#visitors.clear();
  }

  /** Says to everybody what is no message, or not one that was asked for. */
  babble(text: string): void {
    for (const { socket } of this.#visitors) socket.send(text);
  }

  say(id: string, state: string, attributes: Fields = {}): void {
    const before = this.#entities.get(id);
    this.#entities.set(id, { s: state, a: attributes });
    const gone = Object.keys(before?.a ?? {}).filter((name) => !(name in attributes));
    const change = { '+': { s: state, a: attributes }, ...(gone.length > 0 && { '-': { a: gone } }) };
    this.#tell('entities', id, before ? { c: { [id]: change } } : { a: { [id]: { s: state, a: attributes } } });
  }

  forget(id: string): void {
    this.#entities.delete(id);
    this.#tell('entities', id, { r: [id] });
  }

  fire(type: string, data: Fields, userId: string | null = null): void {
    this.#tell('events', type, { event_type: type, data, origin: 'REMOTE', context: { id: 'c', parent_id: null, user_id: userId } });
  }

  #tell(kind: Subscription['kind'], about: string, event: unknown): void {
    for (const { socket, subscriptions } of this.#visitors) {
      for (const one of subscriptions) {
        if (one.kind === kind && one.wanted.includes(about)) socket.send(JSON.stringify({ id: one.id, type: 'event', event }));
      }
    }
  }

  #greet(socket: WebSocket): void {
    const visitor: Visitor = { socket, isLetIn: false, subscriptions: [] };
    this.#visitors.add(visitor);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#visitors.delete(visitor));
    socket.on('message', (text) => {
      if (!this.isSilent) this.#hear(visitor, JSON.parse(String(text)) as Fields);
    });
    if (!this.isSilent) socket.send(JSON.stringify({ type: 'auth_required', ha_version: '2026.11.0' }));
  }

  #hear(visitor: Visitor, message: Fields): void {
    const { socket } = visitor;
    const send = (answer: Fields): void => socket.send(JSON.stringify(answer));
    if (!visitor.isLetIn) {
      this.logins += 1;
      visitor.isLetIn = message.access_token === this.token;
      send({ type: visitor.isLetIn ? 'auth_ok' : 'auth_invalid', ha_version: '2026.11.0' });
      if (!visitor.isLetIn) socket.close();
      return;
    }
    this.heard.push(message);
    const { id } = message;
    if (message.type === 'ping') {
      send({ id, type: 'pong' });
      return;
    }
    try {
      send({ id, type: 'result', success: true, result: this.#answer(message, visitor) ?? null });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send({ id, type: 'result', success: false, error: { code: error.code, message: error.message } });
      return;
    }
    if (message.type === 'subscribe_entities') send({ id, type: 'event', event: { a: this.#named(message.entity_ids) } });
  }

  #answer(message: Fields, visitor: Visitor): unknown {
    const id = Number(message.id);
    const own = this.answers.get(String(message.type));
    if (own) return own(message);
    switch (message.type) {
      case 'get_config':
        return { version: '2026.11.0', ...(this.state !== undefined && { state: this.state }) };
      case 'subscribe_entities':
        visitor.subscriptions.push({ id, kind: 'entities', wanted: message.entity_ids as readonly string[] });
        return null;
      case 'subscribe_events':
        if (!this.isAdmin) throw new Refusal('unauthorized', 'Unauthorized');
        visitor.subscriptions.push({ id, kind: 'events', wanted: [String(message.event_type)] });
        return null;
      case 'unsubscribe_events':
        visitor.subscriptions.splice(
          visitor.subscriptions.findIndex((one) => one.id === message.subscription),
          1,
        );
        return null;
      case 'call_service':
        return { context: { id: 'c' }, response: null };
      case 'get_states':
        return [...this.#entities].map(([entity, { s, a }]) => ({ entity_id: entity, state: s, attributes: a }));
      case 'get_services':
        return {};
      case 'config/entity_registry/list':
        return [...this.#entities.keys()].map((entity) => ({ entity_id: entity }));
      case 'auth/current_user':
        return { id: 'u', name: 'Owner', is_owner: false, is_admin: this.isAdmin };
      default:
        throw new Refusal('unknown_command', 'Unknown command.');
    }
  }

  #named(ids: unknown): Fields {
    return Object.fromEntries([...this.#entities].filter(([id]) => (ids as readonly string[]).includes(id)));
  }
}
