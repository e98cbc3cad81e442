/** The WebSocket of a real Home Assistant: one message, one answer; and events for those who subscribed. */

export type Message = Readonly<Record<string, unknown>> & { readonly type: string };
export type Listener = (event: Readonly<Record<string, unknown>>) => void;

interface Said {
  readonly id?: number;
  readonly type: string;
  readonly success?: boolean;
  readonly result?: unknown;
  readonly event?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string; readonly message: string };
}

/** What Home Assistant says no with. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = 'Refusal';
    this.code = code;
  }
}

export class HomeSocket {
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #listeners = new Map<number, Listener>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      socket.addEventListener('close', () => {
        for (const { reject } of this.#answers.values()) reject(new Error('Home Assistant closed the connection before it answered'));
        resolve();
      });
    });
  }

  static async open(url: string, token: string): Promise<HomeSocket> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/websocket`);
    const opened = new HomeSocket(socket);
    const ready = Promise.withResolvers<void>();
    socket.addEventListener('error', () => ready.reject(new Error(`no WebSocket at ${url}`)));
    socket.addEventListener('close', () => ready.reject(new Error(`the WebSocket at ${url} was closed`)));
    socket.addEventListener('message', ({ data }) => {
      const said = JSON.parse(String(data)) as Said;
      if (said.type === 'auth_required') socket.send(JSON.stringify({ type: 'auth', access_token: token }));
      else if (said.type === 'auth_ok') ready.resolve();
      else if (said.type === 'auth_invalid') ready.reject(new Error('Home Assistant does not take the token'));
      else opened.#hear(said);
    });
    await ready.promise;
    return opened;
  }

  /** @throws Refusal */
  ask(message: Message, listener?: Listener): Promise<unknown> {
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<unknown>();
    this.#answers.set(id, answer);
    if (listener) this.#listeners.set(id, listener);
    this.#socket.send(JSON.stringify({ id, ...message }));
    return answer.promise;
  }

  close(): void {
    this.#socket.close();
  }

  #hear({ id = 0, type, success, result, event, error }: Said): void {
    if (type === 'event' && event) this.#listeners.get(id)?.(event);
    const answer = this.#answers.get(id);
    if (type !== 'result' || !answer) return;
    this.#answers.delete(id);
    if (success) answer.resolve(result);
    else answer.reject(new Refusal(error?.code ?? '', error?.message ?? ''));
  }
}
