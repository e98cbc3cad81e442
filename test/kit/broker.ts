/** An MQTT broker within the test's own process: it remembers what was published, asks for passwords, goes away and comes back. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';

export interface Published {
  readonly topic: string;
  readonly payload: string;
  readonly isRetained: boolean;
  /** Undefined: by the broker itself, as a will. */
  readonly by: string | undefined;
}

export interface BrokerWish {
  /** Left out: everybody is let in. */
  readonly password?: string;
}

export class Broker implements AsyncDisposable {
  readonly #wish: { password?: string };
  #aedes: Aedes | undefined;
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();
  #port = 0;
  /** Everything that clients published, in order. */
  readonly published: Published[] = [];
  /** What is retained now, by topic. */
  readonly retained = new Map<string, string>();
  /** The bytes of the same. */
  readonly retainedBytes = new Map<string, Buffer>();
  /** Ids of clients that were let in, in order. */
  readonly comers: string[] = [];
  /** How often somebody was turned away. */
  refusals = 0;
  /** Takes what is sent, and never says so. */
  isMute = false;

  private constructor(wish: BrokerWish) {
    this.#wish = { ...wish };
  }

  static async open(wish: BrokerWish = {}): Promise<Broker> {
    const broker = new Broker(wish);
    await broker.comeBack();
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.#port}`;
  }

  set password(password: string) {
    this.#wish.password = password;
  }

  /** At the same address, with all that was retained. */
  async comeBack(): Promise<void> {
    const aedes = await Aedes.createBroker({
      authenticate: (_client, _user, password, done) => {
        const isRight = this.#wish.password === undefined || password?.toString() === this.#wish.password;
        if (!isRight) this.refusals += 1;
        // 4: bad user name or password.
        if (isRight) done(null, true);
        else done(Object.assign(new Error('bad password'), { returnCode: 4 }), false);
      },
      authorizePublish: (_client, _packet, done) => {
        if (!this.isMute) done(null);
      },
    });
    aedes.on('client', ({ id }) => this.comers.push(id));
    aedes.on('publish', ({ topic, payload, retain }, client) => {
      if (topic.startsWith('$SYS')) return;
      const bytes = Buffer.from(payload);
      if (retain && bytes.length > 0) {
        this.retained.set(topic, bytes.toString('utf8'));
        this.retainedBytes.set(topic, bytes);
      } else if (retain) this.retained.delete(topic);
      this.published.push({ topic, payload: bytes.toString('utf8'), isRetained: retain, by: client?.id });
    });
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      aedes.handle(socket);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#aedes = aedes;
    this.#server = server;
    for (const [topic, bytes] of [...this.retainedBytes]) {
      if (this.retained.has(topic)) await this.#publish({ topic, payload: bytes, retain: true });
    }
  }

  /** Hangs up on everybody, as when its power is gone. */
  async goAway(): Promise<void> {
    const [server, aedes] = [this.#server, this.#aedes];
    this.#server = undefined;
    this.#aedes = undefined;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    await new Promise<void>((resolve) => (aedes ? aedes.close(() => resolve()) : resolve()));
  }

  /** As any other client at the broker. */
  async publish(topic: string, payload: string, { isRetained = false } = {}): Promise<void> {
    await this.#publish({ topic, payload: Buffer.from(payload), retain: isRetained });
  }

  /** A retained JSON, parsed; undefined: there is none. */
  json(topic: string) {
    const text = this.retained.get(topic);
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** What was published at a topic, in order. */
  at(topic: string): readonly string[] {
    return this.published.filter((one) => one.topic === topic).map(({ payload }) => payload);
  }

  #publish({ topic, payload, retain }: { topic: string; payload: Buffer; retain: boolean }): Promise<void> {
    return new Promise((resolve, reject) => {
      const packet = { cmd: 'publish' as const, topic, payload, retain, qos: 1 as const, dup: false };
      this.#aedes?.publish(packet, (error) => (error ? reject(error) : resolve()));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.goAway();
  }
}
