/** Follows the owner's file, and all that it points at, while Homeroll runs: reads it again when it was changed and stands still. */
import { resolve } from 'node:path';
import type { Clock } from '../kernel/index.ts';
import { type Loaded, loadConfig } from './load.ts';
import type { Surroundings } from './surroundings.ts';

export interface FollowParts {
  readonly configFile: string;
  readonly surroundings: Surroundings;
  readonly clock: Clock;
  /** What a look from outside tells of a file; another text whenever it was written or replaced. */
  readonly stampOf: (path: string) => Promise<string>;
  readonly lookEveryMs?: number;
}

export interface Reading {
  readonly loaded: Loaded;
  /** Of every file that was read for it: homeroll.yaml, secrets.yaml, key files, certificates. */
  readonly texts: ReadonlyMap<string, string>;
  /** Somebody asked for it, and waits for a word. */
  readonly isAsked: boolean;
}

// Looked at rather than listened to: it costs next to nothing, and works on every mount that a container may be given.
const usualLookEveryMs = 1_000;

export class ConfigFollower {
  readonly #parts: FollowParts;
  #isAsked = false;
  #wake: () => void = () => undefined;

  constructor(parts: FollowParts) {
    this.#parts = parts;
  }

  /** Reads it now, changed or not. */
  lookNow(): void {
    this.#isAsked = true;
    this.#wake();
  }

  /** Until `signal` is aborted. `hear` gets the first reading at once, and another whenever the texts are others than before, or when asked. */
  async follow(hear: (reading: Reading) => Promise<void>, signal: AbortSignal): Promise<void> {
    let seen = '';
    let texts: Reading['texts'] = new Map([[resolve(this.#parts.configFile), '']]);
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      const isAsked = this.#isAsked;
      this.#isAsked = false;
      const now = await this.#stamps(texts);
      if (isAsked || now !== seen) {
        // Taken before the reading: what is written during it is another change.
        seen = isFirst ? now : await this.#settled(texts, now, signal);
        const reading = await readConfig(this.#parts, isAsked);
        const isOther = !areSame(texts, reading.texts);
        texts = reading.texts;
        if (isOther || isAsked) await hear(reading);
      }
      await this.#rest(signal);
    }
  }

  /** Editors write twice, or rename, or leave half a file for a moment. */
  async #settled(texts: Reading['texts'], stamps: string, signal: AbortSignal): Promise<string> {
    for (let before = stamps; ; ) {
      await this.#parts.clock.sleep(this.#lookEveryMs, signal);
      const now = await this.#stamps(texts);
      if (now === before) return now;
      before = now;
    }
  }

  async #stamps(texts: Reading['texts']): Promise<string> {
    const stamps = await Promise.all([...texts.keys()].map(async (path) => [path, await this.#parts.stampOf(path)]));
    return JSON.stringify(stamps);
  }

  async #rest(signal: AbortSignal): Promise<void> {
    if (this.#isAsked) return;
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await this.#parts.clock.sleep(this.#lookEveryMs, AbortSignal.any([signal, woken.signal])).catch(() => undefined);
    this.#wake = () => undefined;
  }

  get #lookEveryMs(): number {
    return this.#parts.lookEveryMs ?? usualLookEveryMs;
  }
}

async function readConfig({ configFile, surroundings }: FollowParts, isAsked: boolean): Promise<Reading> {
  const texts = new Map<string, string>();
  const loaded = await loadConfig(configFile, {
    ...surroundings,
    async readText(path) {
      // Also of one that cannot be read: it may turn up later.
      texts.set(path, '');
      const text = await surroundings.readText(path);
      texts.set(path, text);
      return text;
    },
  });
  return { loaded, texts, isAsked };
}

function areSame(some: Reading['texts'], others: Reading['texts']): boolean {
  return some.size === others.size && [...some].every(([path, text]) => others.get(path) === text);
}
