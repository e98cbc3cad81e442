/** The second reader by exiftool: one process for each device, one question at a time, each bounded in time. */
import type { Clock } from '../kernel/index.ts';
import { exiftoolHitch } from './exiftool-command.ts';
import { ExiftoolProcess } from './exiftool-process.ts';
import type { SecondAnswer, SecondReader, SecondReading, Told } from './second-reader.ts';
import { toldBy } from './told-dates.ts';

export interface ExiftoolParts {
  readonly clock: Clock;
  /** For one answer of exiftool. Half a minute is a hundred times what a large file takes, and a share may be slow. */
  readonly limitMs?: number;
  /** Why exiftool cannot be asked; looked for at the first question, and again as long as there is a reason. */
  readonly hitch?: () => Promise<{ readonly because: string } | undefined>;
}

interface Device {
  readonly process: ExiftoolProcess;
  /** Ends when the last question so far does. */
  turn: Promise<unknown>;
}

/** Starting and being ended take a moment on top of what an answer may take. */
const graceMs = 15_000;
/** One that was killed goes within milliseconds, even on a busy machine, unless a device holds it in the kernel. */
const killedWithinMs = 2_000;

export class ExiftoolReader implements SecondReader, AsyncDisposable {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #hitch: NonNullable<ExiftoolParts['hitch']>;
  readonly #devices = new Map<string, Device>();
  readonly #ending = new AbortController();
  #looked: ReturnType<NonNullable<ExiftoolParts['hitch']>> | undefined;

  constructor({ clock, limitMs = 30_000, hitch = exiftoolHitch }: ExiftoolParts) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#hitch = hitch;
  }

  async read(reading: SecondReading, signal: AbortSignal): Promise<SecondAnswer> {
    this.#looked ??= this.#hitch();
    const hitch = await this.#looked;
    if (hitch) {
      this.#looked = undefined;
      return { kind: 'not read', because: hitch.because };
    }
    const device = this.#deviceOf(reading.device);
    const before = device.turn;
    const answer = before.then(() => this.#answer(device, reading, AbortSignal.any([signal, this.#ending.signal])));
    device.turn = answer.catch(() => undefined);
    return answer;
  }

  async #answer({ process }: Device, reading: SecondReading, signal: AbortSignal): Promise<SecondAnswer> {
    signal.throwIfAborted();
    if (process.isStuck) await this.#bounded(process.whenGone(), signal, killedWithinMs).catch(() => signal.throwIfAborted());
    if (process.isStuck) return { kind: 'not read', because: 'exiftool hangs on what the file lies on' };
    for (let tries = 1; ; tries++) {
      const sinceMs = this.#clock.elapsed();
      try {
        return { kind: 'told', ...(await this.#ask(process, reading, signal)) };
      } catch (error) {
        signal.throwIfAborted();
        const tookMs = this.#clock.elapsed() - sinceMs;
        process.end();
        if (tookMs >= this.#limitMs)
          return { kind: 'not read', because: `exiftool did not come to an end within ${this.#limitMs / 1000} s` };
        // It died of something else, perhaps: once more by a new one.
        if (tries === 2) return { kind: 'not read', because: `exiftool could not read it (${shorten(error)})` };
      }
    }
  }

  /** A film is first read without its frames: most tell their time at once. */
  async #ask(process: ExiftoolProcess, { procPath, kind }: SecondReading, signal: AbortSignal): Promise<Told> {
    const once = async (isThorough: boolean): Promise<Told> => toldBy(await this.#bounded(process.read(procPath, { isThorough }), signal));
    const told = await once(false);
    const isEnough = kind !== 'video' || told.dates.length > 0;
    return isEnough ? told : once(true);
  }

  async #bounded<T>(asked: Promise<T>, signal: AbortSignal, limitMs = this.#limitMs + graceMs): Promise<T> {
    const over = new AbortController();
    const tooLong = this.#clock.sleep(limitMs, AbortSignal.any([over.signal, signal])).then(() => {
      throw new Error('no answer');
    });
    try {
      asked.catch(() => undefined); // whoever of both is later speaks to nobody
      return await Promise.race([asked, tooLong]);
    } finally {
      over.abort();
      tooLong.catch(() => undefined);
    }
  }

  #deviceOf(key: string): Device {
    const known = this.#devices.get(key);
    if (known) return known;
    const device = { process: new ExiftoolProcess(this.#limitMs), turn: Promise.resolve() };
    this.#devices.set(key, device);
    return device;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort(new Error('the household ends'));
    for (const { process } of this.#devices.values()) process.end();
  }
}

/** For people: one line, without the orders that the package tells behind it. */
export function shorten(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split(/\n| \(\{/);
  return line.slice(0, 120);
}
