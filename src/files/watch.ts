/** Hears of changes in a folder from the system. Hints only: what is missed here, the sweep finds. */
import { realpath } from 'node:fs/promises';
import type { AsyncSubscription, Event } from '@parcel/watcher';
import type { Clock } from '../kernel/index.ts';
import type { Disk } from './disk.ts';
import { DiskError } from './disk-error.ts';
import { gatherHints, type Hint } from './gather-hints.ts';
import { type IgnoreRules, isIgnoredPath, type LeaveAlone, leaveAlone, usualRules } from './ignored.ts';
import { joinPath, type PathBytes } from './path-bytes.ts';
import { cpuOfProcess, Pulse } from './pulse.ts';
import { watchOptions } from './unwatched.ts';
import { watchError } from './watch-error.ts';
import { WatchNames } from './watch-names.ts';
import { mayWatchMore, tryToWatch } from './watch-probe.ts';

export type Subscription = AsyncDisposable;

export interface Watcher {
  /**
   * Gives hints of changes below `root` until the subscription is closed or `signal` aborted. Sweep after subscribing: what
   * happened before is not told. A share that vanishes without a word (lazy unmount) gives no hint either: who sees the root's
   * identity change subscribes anew. So does who sweeps: the system may have dropped what it could not keep, and nobody says so.
   * @param rules what is neither watched nor hinted at; left out: the table as it is
   * @throws OwnerError when the system refuses; the source is then found by sweep alone
   */
  subscribe(root: string, onHint: (hint: Hint) => void, signal: AbortSignal, rules?: IgnoreRules): Promise<Subscription>;
}

/**
 * Watches by the system's own events (inotify, FSEvents).
 * @param mustBeSafe asked before all folders are gone through, which may happen anew at any time: rejects where one of them may not answer
 */
export function systemWatcher(disk: Disk, clock: Clock, mustBeSafe?: (root: string) => Promise<void>): Watcher {
  const names = new WatchNames();
  const pulse = new Pulse(clock, cpuOfProcess);
  return {
    async subscribe(root, onHint, signal, rules = usualRules) {
      signal.throwIfAborted();
      const listening = new Listening({ root, disk, clock, names, pulse, onHint, signal, rules, ...(mustBeSafe && { mustBeSafe }) });
      await listening.start();
      return listening;
    },
  };
}

interface ListeningParts {
  readonly root: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly names: WatchNames;
  readonly pulse: Pulse;
  readonly onHint: (hint: Hint) => void;
  readonly signal: AbortSignal;
  readonly rules: IgnoreRules;
  readonly mustBeSafe?: (root: string) => Promise<void>;
}

// 4,000: the system keeps 16,384 for all folders together, and a file that is written makes several.
const mostEventsAtOnce = 4_000;

class Listening implements AsyncDisposable {
  readonly #parts: ListeningParts;
  readonly #closing = new AbortController();
  readonly #signal: AbortSignal;
  readonly #gather: (hint: Hint) => void;
  readonly #leave: LeaveAlone;
  /** The root by its own path, links resolved; and as the watcher names it in its events. */
  #realRoot = '';
  #watchedRoot = '';
  #native: AsyncSubscription | undefined;
  #closed: Promise<void> | undefined;

  constructor(parts: ListeningParts) {
    this.#parts = parts;
    this.#leave = leaveAlone(parts.rules);
    this.#signal = AbortSignal.any([parts.signal, this.#closing.signal]);
    this.#gather = gatherHints((hints) => this.#deliver(hints), { clock: parts.clock, signal: this.#signal });
  }

  async start(): Promise<void> {
    await this.#listen();
    const close = (): void => void this[Symbol.asyncDispose]();
    this.#parts.signal.addEventListener('abort', close, { once: true, signal: this.#closing.signal });
    if (!this.#parts.signal.aborted) return;
    await this[Symbol.asyncDispose]();
    this.#parts.signal.throwIfAborted();
  }

  /** May be called more than once; each call resolves only when the watcher has let go of the root. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    const native = this.#native;
    this.#native = undefined;
    // A folder that is gone without a word, by a lazy unmount or because its event was dropped, cannot be let go of.
    const { names } = this.#parts;
    if (native)
      await names.lettingGo(
        this.#realRoot,
        native.unsubscribe().catch(() => names.spoil(this.#realRoot)),
      );
  }

  async #listen(): Promise<void> {
    const { root, names, pulse } = this.#parts;
    try {
      // Loaded only now: where its binary does not suit the machine, everything but hints still works.
      const { default: parcel } = await import('@parcel/watcher');
      await this.#parts.mustBeSafe?.(root);
      this.#realRoot = await realpath(root); // a link as the root would be refused
      await names.whenLetGo(this.#realRoot);
      this.#watchedRoot = names.nameOf(this.#realRoot);
      await tryToWatch(this.#realRoot);
      const hear = (error: Error | null, events: readonly Event[]): void => this.#hear(error, events ?? []);
      this.#native = await parcel.subscribe(this.#watchedRoot, hear, await watchOptions(this.#parts.rules)).catch((error: unknown) => {
        names.spoil(this.#realRoot);
        throw error;
      });
      pulse.onStill((why) => this.#gather({ kind: 'unsure', why }), this.#signal);
    } catch (error) {
      throw watchError(root, error);
    }
  }

  #hear(error: Error | null, events: readonly Event[]): void {
    if (error) this.#gather({ kind: 'everything' });
    if (events.length > mostEventsAtOnce) this.#gather({ kind: 'unsure', why: 'so much changed at once' });
    for (const event of events) {
      const hint = hintOf(this.#watchedRoot, event, this.#leave);
      if (hint) this.#gather(hint);
    }
  }

  async #deliver(hints: readonly Hint[]): Promise<void> {
    for (const hint of hints) this.#parts.onHint(hint);
    for (const hint of hints) {
      if (hint.kind !== 'path' || !(await this.#isDeafIn(hint.path))) continue;
      this.#parts.onHint({ kind: 'everything' });
      return;
    }
  }

  /**
   * Of a folder that was moved in or made with folders in it (mkdir -p), only the outermost is watched: changes further down
   * would go unheard for ever. At the system's limit a folder is not watched either, and nobody says so.
   */
  async #isDeafIn(path: PathBytes): Promise<boolean> {
    const { disk } = this.#parts;
    const folder = joinPath(Buffer.from(this.#realRoot), path);
    try {
      if ((await disk.stat(folder))?.kind !== 'folder') return false;
      for await (const entries of disk.entries(folder, this.#signal)) {
        if (entries.some((entry) => entry.kind === 'folder' && !this.#leave(path, entry))) return true;
      }
      return !(await mayWatchMore(folder.toString()));
    } catch (error) {
      if (error instanceof DiskError || this.#signal.aborted) return false;
      throw error;
    }
  }
}

/**
 * What an event of the watcher asks us to look at. The watcher gives paths as text: where a name was no UTF-8 it holds `�`,
 * and the hint is for the folder above. Pure; exported for its test.
 */
export function hintOf(root: string, { path, type }: Pick<Event, 'path' | 'type'>, leave = leaveAlone(usualRules)): Hint | undefined {
  if (path === root) {
    // The watcher goes silent after this one event, even when the folder comes back.
    return type === 'delete' ? { kind: 'lost', why: `${root} was moved or removed.` } : { kind: 'everything' };
  }
  const names = path.slice(root.endsWith('/') ? root.length : root.length + 1).split('/');
  const garbledAt = names.findIndex((name) => name.includes('\ufffd'));
  const readable = Buffer.from((garbledAt < 0 ? names : names.slice(0, garbledAt)).join('/'));
  if (isIgnoredPath(readable, leave)) return undefined;
  return readable.length === 0 ? { kind: 'everything' } : { kind: 'path', path: readable };
}
