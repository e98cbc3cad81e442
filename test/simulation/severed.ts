/** Ports of one life of Homeroll, and the crash that severs all of them at once: nothing of that life reaches the world any more. */
import type { Disk, OpenFile } from '../../src/files/index.ts';
import type { Journal } from '../../src/journal/index.ts';
import type { Clock, CrashPoints } from '../../src/kernel/index.ts';
import type { HomePort } from '../../src/pipeline/index.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Thrown into whatever still runs of a crashed life. */
class Crashed extends Error {}

export class Severed {
  readonly #clock: VirtualClock;
  #isAlive = true;
  #reachesLeft = Number.POSITIVE_INFINITY;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  sever(): void {
    this.#isAlive = false;
    this.#clock.forgetAll();
  }

  crashAt(reaches: number): void {
    this.#reachesLeft = reaches;
  }

  /** Promises of a crashed life never settle: what was left over from before must not write into the new journal. */
  async orNever<R>(promise: Promise<R>): Promise<R> {
    try {
      const result = await promise;
      if (!this.#isAlive) return await new Promise(() => undefined);
      return result;
    } catch (error) {
      if (!this.#isAlive) return await new Promise(() => undefined);
      throw error;
    }
  }

  get crashPoints(): CrashPoints {
    return { reach: () => this.#reach() };
  }

  clock(): Clock {
    const clock = this.#clock;
    return {
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      sleep: (delayMs, signal) => this.orNever(clock.sleep(delayMs, signal)),
    };
  }

  home(home: HomePort): HomePort {
    const heard = <Args extends readonly unknown[]>(listener: (...args: Args) => void) => {
      return (...args: Args): void => {
        if (this.#isAlive) listener(...args);
      };
    };
    return {
      get isUp() {
        return home.isUp;
      },
      onUp: (listener) => home.onUp(heard(listener)),
      entity: (id) => home.entity(id),
      follow: (ids, onChange) => home.follow(ids, heard(onChange)),
      act: (call, signal) => this.orNever(home.act(call, signal)),
      askFirst: (message, signal) => this.orNever(home.askFirst(message, signal)),
    };
  }

  disk(disk: Disk): Disk {
    const severed = this;
    const openFile = (file: OpenFile): OpenFile => ({
      stat: () => this.orNever(file.stat()),
      read: (into, position, length) => this.orNever(file.read(into, position, length)),
      close: () => this.orNever(file.close()),
      [Symbol.asyncDispose]: () => this.orNever(file.close()),
    });
    return {
      stat: (path) => this.orNever(disk.stat(path)),
      open: async (path) => openFile(await this.orNever(disk.open(path))),
      root: (path) => this.orNever(disk.root(path)),
      freeSpace: (path) => this.orNever(disk.freeSpace(path)),
      async *entries(folder, signal) {
        for await (const chunk of disk.entries(folder, signal)) yield await severed.orNever(Promise.resolve(chunk));
      },
    };
  }

  /**
   * The journal of a crashed life can no longer be written, nor read.
   * @param onCall hears what was called, after it was done
   */
  journal(journal: Journal, onCall: OnCall): Journal {
    const wrap = (table: string, name: string, target: object, call: AnyCall): AnyCall => {
      const heard = `${table}.${name}`;
      const isHeard = isWorthHearing.has(heard);
      const isCommit = heard === '.transaction' || heard === '.durably';
      return (...args) => {
        if (!this.#isAlive) throw new Crashed();
        if (isCommit) this.#reach();
        const result = call.apply(target, args);
        if (isCommit) this.#reach();
        if (isHeard) onCall(heard, args, result);
        return result;
      };
    };
    return mapJournal(journal, wrap);
  }

  #reach(): void {
    if (!this.#isAlive) throw new Crashed();
    this.#reachesLeft -= 1;
    if (this.#reachesLeft > 0) return;
    this.sever();
    throw new Crashed();
  }
}

/** Calls of the journal that tell what the household is told, and what is believed of a content. */
const isWorthHearing: ReadonlySet<string> = new Set([
  'batches.begin',
  'batches.join',
  'batches.close',
  'outbox.put',
  'sources.update',
  'mentions.add',
  'contents.markProven',
  'contents.markLetGo',
]);

export type OnCall = (call: string, args: readonly unknown[], result: unknown) => void;

type AnyCall = (...args: unknown[]) => unknown;

/** The same journal, each call of it wrapped: `table` is `files`, `outbox`, …, or empty for the journal's own. */
export function mapJournal(journal: Journal, wrap: (table: string, name: string, target: object, call: AnyCall) => AnyCall): Journal {
  const mapped: Record<string, unknown> = {};
  for (const [table, value] of Object.entries(journal)) {
    if (typeof value === 'function') mapped[table] = table === 'close' ? value.bind(journal) : wrap('', table, journal, value as AnyCall);
    else {
      // Calls of a table that call one another by `this` meet the wrapped ones.
      const calls: Record<string, unknown> = {};
      for (const [name, call] of Object.entries(value as object)) calls[name] = wrap(table, name, calls, call as AnyCall);
      mapped[table] = calls;
    }
  }
  return mapped as unknown as Journal;
}
