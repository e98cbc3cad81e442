/** Homeroll as its owner runs it beside Home Assistant: a process of its own, an Immich, folders with pictures, and its device. */
import { join } from 'node:path';
import { systemClock } from '../../src/kernel/index.ts';
import { makeSamples } from '../../src/practice/index.ts';
import { House, type HouseWish } from '../journeys/house.ts';
import type { Ended, Program } from '../journeys/program.ts';
import type { EntityState, RealHomeAssistant } from './home-assistant.ts';
import { waitFor } from './wait-for.ts';

export interface HomerollWish extends HouseWish {
  /** Below which its topics lie: each test has its own, and so a device of its own. */
  readonly topic: string;
  /** Anything else of the broker's settings. */
  readonly mqtt?: Readonly<Record<string, unknown>>;
}

export interface StatusAnswer {
  readonly files: Readonly<Record<string, number>>;
  readonly bytes: Readonly<Record<string, number>>;
  readonly sources: readonly { readonly name: string; readonly state: string; readonly files: Readonly<Record<string, number>> }[];
}

/** Longer than any test goes on. */
const deadlineMs = 600_000;

export class Homeroll implements AsyncDisposable {
  readonly house: House;
  readonly topic: string;
  readonly #home: RealHomeAssistant;
  readonly #mqtt: Readonly<Record<string, unknown>>;
  #program: Program | undefined;
  #isStopped = false;
  /** How often its socket was seen to be up. */
  #heard = 0;

  private constructor(house: House, home: RealHomeAssistant, { topic, mqtt = {} }: HomerollWish) {
    this.house = house;
    this.topic = topic;
    this.#home = home;
    this.#mqtt = mqtt;
  }

  static async at(home: RealHomeAssistant, wish: HomerollWish): Promise<Homeroll> {
    const homeroll = new Homeroll(await House.open(wish), home, wish);
    await homeroll.configure();
    return homeroll;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.house[Symbol.asyncDispose]();
  }

  /** Writes homeroll.yaml anew: what the test began with, and this. */
  configure(settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const { url, token, mqtt } = this.#home.started;
    return this.house.configure({
      mqtt: { url: mqtt.url, user: mqtt.username, password: mqtt.password, topic: this.topic, ...this.#mqtt },
      'home assistant': { url, token },
      log: 'debug',
      ...settings,
    });
  }

  run(): Program {
    this.#program = this.house.start(['run'], { deadlineMs });
    this.#isStopped = false;
    this.#heard = 0;
    return this.#program;
  }

  /** Until its socket is up once more: what happens in the home before, it does not see happen. */
  async hears(): Promise<void> {
    const seen = (): number => [...this.said.matchAll(/Home Assistant (?:answers|is back)/g)].length;
    await this.#whileItRuns(
      waitFor(
        'Homeroll hears Home Assistant',
        () => seen() > this.#heard,
        () => this.said,
      ),
    );
    this.#heard = seen();
  }

  /** In order, as by its service manager. */
  async stop(): Promise<Ended | undefined> {
    this.#isStopped = true;
    return this.#program?.kill('SIGTERM');
  }

  /** As by a power cut. */
  async kill(): Promise<void> {
    this.#isStopped = true;
    await this.#program?.kill('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.stop();
    this.run();
  }

  /** All that it said, to tell with a test that failed. */
  get said(): string {
    return this.#program?.said ?? '';
  }

  async status(): Promise<StatusAnswer> {
    return JSON.parse((await this.house.say('status', '--json')).stdout) as StatusAnswer;
  }

  /** Real pictures of many kinds, in the folder of a source. */
  async putSamples(source = 'Phone'): Promise<void> {
    const wish = { clock: systemClock, signal: AbortSignal.timeout(deadlineMs), isSlowFileWanted: false };
    await (await makeSamples(join(this.house.folder, source), wish)).slowFileDone;
  }

  /** The household's entity, or a source's. @param key `safe` @param source its letters as in ids: `annas_phone` */
  entity(key: string, source?: string): Promise<string> {
    return this.#whileItRuns(this.#home.entityOf(source === undefined ? `${this.topic}_${key}` : `${this.topic}-${source}-${key}`));
  }

  /** Until an entity says so. */
  async shows(key: string, state: string | ((now: EntityState) => boolean), source?: string): Promise<EntityState> {
    return this.#home.waitForState(await this.entity(key, source), state);
  }

  /** Until a file stands there: `safe`. */
  isAt(name: string, state: string, source = 'Phone'): Promise<unknown> {
    const isThere = waitFor(
      `${name} is ${state}`,
      async () => (await this.house.files()).some((file) => file.path === this.house.path(name, source) && file.state === state),
      async () => (await this.house.files()).map((file) => [file.path, file.state, file.reason]),
    );
    return this.#whileItRuns(isThere);
  }

  /** What it does not live to do it never will. */
  async #whileItRuns<T>(wish: Promise<T>): Promise<T> {
    const ended = this.#program?.ended.then(({ stdout, stderr }) => {
      if (this.#isStopped) return wish;
      throw new Error(`Homeroll ended by itself:\n${stdout}${stderr}`);
    });
    return ended === undefined ? wish : Promise.race([wish, ended]);
  }
}
