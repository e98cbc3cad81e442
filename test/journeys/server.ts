/** The house's Immich: the practice one over HTTP. It can be sent away, come back with other faults, and be held in the middle of an answer. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/kernel/index.ts';
import {
  type FaultPlan,
  type PracticeUser,
  type RunningPracticeImmich,
  startPracticeImmich,
  type Version,
} from '../../src/practice/index.ts';
import { until } from './program.ts';

interface ServerWish {
  readonly dataDir: string;
  readonly version: Version;
  readonly faults: FaultPlan['faults'];
}

/** As a fault of a plan: the call is held until the test lets it go. */
export const held = { kind: 'delay', delayMs: 1 } as const;

export class Server {
  readonly #wish: ServerWish;
  readonly #gate = new Gate();
  #running: RunningPracticeImmich | undefined;
  #url = '';
  users: readonly PracticeUser[] = [];

  private constructor(wish: ServerWish) {
    this.#wish = wish;
  }

  static async start(wish: ServerWish): Promise<Server> {
    const server = new Server(wish);
    await server.comeBack(wish.faults);
    return server;
  }

  get url(): string {
    return this.#url;
  }

  keyOf(name: string): string {
    return this.users.find((user) => user.name === name)?.key ?? '';
  }

  /** Cuts every connection: as a server whose power is gone. */
  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#gate.open();
    await running?.close();
  }

  /** The same pictures at the same address. */
  async comeBack(faults: FaultPlan['faults'] = []): Promise<void> {
    await this.close();
    this.#gate.shut();
    const port = this.#url === '' ? 0 : Number(new URL(this.#url).port);
    const { dataDir, version } = this.#wish;
    const running = await startPracticeImmich({ port, dataDir, version, faults: { faults: [...faults] }, clock: this.#gate });
    this.#running = running;
    this.#url = running.url;
    this.users = running.users;
  }

  /** Until a call is held by a `held` fault. */
  whenHeld(): Promise<void> {
    return until(() => this.#gate.holds > 0, 'a call is held');
  }

  letGo(): void {
    this.#gate.open();
  }

  get dataDir(): string {
    return this.#wish.dataDir;
  }

  /** Where the disk of the server keeps what it was sent. */
  storedPath(userName: string, assetId: string): string {
    const user = this.users.find(({ name }) => name === userName);
    return join(this.#wish.dataDir, 'originals', user?.id ?? '', assetId);
  }

  /** Files on the server's disk that it is still receiving. */
  get incoming(): readonly string[] {
    return readdirSync(join(this.#wish.dataDir, 'incoming'));
  }
}

/** The server's clock, whose naps last until the gate is opened: faults of kind `delay` become doors. */
class Gate implements Clock {
  readonly now = systemClock.now;
  readonly elapsed = systemClock.elapsed;
  readonly #waiting = new Set<() => void>();
  #isOpen = false;

  get holds(): number {
    return this.#waiting.size;
  }

  shut(): void {
    this.#isOpen = false;
  }

  open(): void {
    this.#isOpen = true;
    for (const letThrough of [...this.#waiting]) letThrough();
  }

  sleep(_delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#isOpen) return resolve();
      const leave = (end: () => void): void => {
        this.#waiting.delete(letThrough);
        signal.removeEventListener('abort', giveUp);
        end();
      };
      const letThrough = (): void => leave(resolve);
      const giveUp = (): void => leave(() => reject(signal.reason));
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.add(letThrough);
    });
  }
}
