/** A fake Home Assistant, our socket to it, and what that logged. At its end nothing may have escaped from either. */
import assert from 'node:assert/strict';
import { HomeSocket } from '../../src/hass/index.ts';
import { type Log, Secret } from '../../src/kernel/index.ts';
import { FakeHomeAssistant } from './fake-home-assistant.ts';
import { LeapClock } from './leap-clock.ts';

export class HomeSocketScene implements AsyncDisposable {
  readonly fake: FakeHomeAssistant;
  // No faster: on a busy machine an answer may take a while, and nobody's patience is to end by that.
  readonly clock = new LeapClock(4);
  /** At `info` and above; the fake's address is `http://home`. */
  readonly lines: string[] = [];
  readonly home: HomeSocket;
  /** What it told of a token that is refused. */
  refusal: string | undefined;
  readonly #ending = new AbortController();
  readonly #escaped: unknown[] = [];
  #running: Promise<void> = Promise.resolve();

  private constructor(fake: FakeHomeAssistant) {
    this.fake = fake;
    const say = (line: string): void => void this.lines.push(line.replace(fake.url.origin, 'http://home'));
    const log: Log = { debug: () => undefined, info: say, warn: say, error: (line, facts) => say(`${line}: ${facts?.error}`) };
    const onRefused = (sentence: string | undefined): void => {
      this.refusal = sentence;
    };
    this.home = new HomeSocket({ url: fake.url, token: new Secret('good'), clock: this.clock, log, onRefused });
  }

  static async open(): Promise<HomeSocketScene> {
    const scene = new HomeSocketScene(await FakeHomeAssistant.open());
    process.on('unhandledRejection', scene.#noteEscape);
    process.on('uncaughtException', scene.#noteEscape);
    return scene;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.fake.stop();
    // What was rejected by now is told in the next round.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', this.#noteEscape);
    process.off('uncaughtException', this.#noteEscape);
    assert.deepEqual(this.#escaped, []);
  }

  run(): void {
    this.#running = this.home.run(this.#ending.signal);
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  async up(): Promise<void> {
    this.run();
    await this.until(() => this.home.isUp);
  }

  async until(isSo: () => boolean): Promise<void> {
    const giveUpMs = performance.now() + 8_000;
    while (!isSo()) {
      if (performance.now() > giveUpMs) throw new Error(`it never became so: ${isSo}; the log: ${this.lines.join(' | ')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  readonly #noteEscape = (error: unknown): void => void this.#escaped.push(error);
}
