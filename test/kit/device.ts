/** The device with a journal of its own and a broker, and nothing of the journey around it. */
import type { SourceConfig } from '../../src/config/index.ts';
import type { SafePicture } from '../../src/desk/index.ts';
import type { SmallPicture } from '../../src/immich/index.ts';
import { type Log, Secret, seededRandom } from '../../src/kernel/index.ts';
import { Device, type Farewell } from '../../src/mqtt/index.ts';
import { Broker } from './broker.ts';
import type { HomeByHand } from './home-by-hand.ts';
import { LeapClock } from './leap-clock.ts';
import { TestJournal } from './test-journal.ts';

export interface DeviceWish {
  readonly broker?: Broker;
  readonly home?: TestJournal;
  readonly topic?: string;
  /** Where Home Assistant's birth message stands. */
  readonly birth?: string;
  /** Homeroll is connected with it. */
  readonly hass?: HomeByHand;
  readonly password?: string;
  readonly isPictureShown?: boolean;
  readonly sources?: readonly Pick<SourceConfig, 'name' | 'account'>[];
  readonly askNewest?: () => Promise<string | undefined>;
  readonly picture?: () => Promise<SmallPicture | 'none'>;
}

export class TestDevice implements AsyncDisposable {
  readonly broker: Broker;
  readonly home: TestJournal;
  // The broker has a second of real time to answer, also on a busy machine.
  readonly clock = new LeapClock(10);
  readonly device: Device;
  /** What the log said at `info` and above. */
  readonly said: string[] = [];
  /** How often it has looked at the household. */
  looks = 0;
  readonly work = { movedBytes: 0, isWorking: false, isReachable: true };
  readonly pictures: SafePicture[] = [];
  farewell: Farewell = 'away';
  readonly #owned: AsyncDisposableStack = new AsyncDisposableStack();
  readonly #ending = new AbortController();
  readonly #running: Promise<void>;

  private constructor(wish: DeviceWish, broker: Broker) {
    this.broker = broker;
    this.home = wish.home ?? this.#owned.use(new TestJournal());
    if (!wish.broker) this.#owned.use(broker);
    const {
      topic = 'homeroll',
      birth,
      hass,
      password,
      isPictureShown = false,
      sources = [{ name: 'Phone', account: 'anna' }],
      askNewest,
      picture = async () => 'none' as const,
    } = wish;
    const hear = (sentence: string): void => void this.said.push(sentence);
    const log: Log = { debug: () => undefined, info: hear, warn: hear, error: hear };
    const { work } = this;
    this.device = new Device({
      mqtt: {
        url: new URL(broker.url),
        ...(password !== undefined && { user: 'homeroll', password: new Secret(password) }),
        topic,
        discovery: 'homeassistant',
        ...(birth !== undefined && { birth }),
        isPictureShown,
        isUpdateAsked: askNewest !== undefined,
      },
      language: 'en',
      sources,
      version: '0.1.0',
      journal: this.home.journal,
      clock: this.clock,
      random: seededRandom(1),
      log,
      home: hass,
      movedBytes: () => work.movedBytes,
      isWorking: () => {
        this.looks += 1;
        return work.isWorking;
      },
      immich: () => ({ reachable: work.isReachable, version: '3.1.0' }),
      fetchPicture: (wanted) => {
        this.pictures.push(wanted);
        return picture();
      },
      askNewest,
    });
    this.#running = this.device.run(this.#ending.signal, () => this.farewell);
  }

  static async open(wish: DeviceWish = {}): Promise<TestDevice> {
    return new TestDevice(wish, wish.broker ?? (await Broker.open()));
  }

  /** As at the end of a life. */
  async stop(farewell: Farewell = 'away'): Promise<void> {
    this.farewell = farewell;
    this.#ending.abort();
    await this.#running;
  }

  get state() {
    return this.broker.json('homeroll/state');
  }

  /** Waits for what is to become so, however slow the machine is. */
  async until(isSo: () => boolean, what = String(isSo)): Promise<void> {
    const giveUpMs = performance.now() + 10_000;
    while (!isSo()) {
      if (performance.now() > giveUpMs) throw new Error(`it never became so: ${what}; ${this.said.join(' ')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Until it is introduced, and its first states are told. */
  whenKnown(): Promise<void> {
    return this.until(() => this.state !== undefined && this.broker.retained.has('homeroll/source/phone/state'), 'the device is known');
  }

  order(): string | undefined {
    const [order] = this.home.journal.orders.waiting();
    return order && [order.kind, order.subject].filter((word) => word !== undefined).join(' ');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#owned.disposeAsync();
  }
}
