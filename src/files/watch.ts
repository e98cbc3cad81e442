/** Hears of changes in a folder from the system. Hints only: what is missed here, the sweep finds. */
import { realpath } from 'node:fs/promises';
import type { AsyncSubscription, Event } from '@parcel/watcher';
import { type Clock, OwnerError, sentenceOf } from '../kernel/index.ts';
import type { Disk } from './disk.ts';
import { DiskError } from './disk-error.ts';
import { gatherHints, type Hint } from './gather-hints.ts';
import { isIgnoredName, isIgnoredPath } from './ignored.ts';
import { joinPath, type PathBytes } from './path-bytes.ts';
import { isWatchLimit, mayWatchMore, tryToWatch } from './watch-probe.ts';

export type Subscription = AsyncDisposable;

export interface Watcher {
  /**
   * Gives hints of changes below `root` until the subscription is closed or `signal` aborted. Sweep after subscribing: what
   * happened before is not told. A share that vanishes without a word (lazy unmount) gives no hint either: who sees the root's
   * identity change subscribes anew.
   * @throws OwnerError when the system refuses; the source is then found by sweep alone
   */
  subscribe(root: string, onHint: (hint: Hint) => void, signal: AbortSignal): Promise<Subscription>;
}

/** Watches by the system's own events (inotify, FSEvents). */
export function systemWatcher(disk: Disk, clock: Clock): Watcher {
  return {
    async subscribe(root, onHint, signal) {
      signal.throwIfAborted();
      const listening = new Listening({ root, disk, clock, onHint, signal });
      await listening.start();
      return listening;
    },
  };
}

interface ListeningParts {
  readonly root: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly onHint: (hint: Hint) => void;
  readonly signal: AbortSignal;
}

// 10 s: a folder tree being copied in would otherwise have us start anew for each of its folders.
const renewAtMostEveryMs = 10_000;

class Listening implements AsyncDisposable {
  readonly #parts: ListeningParts;
  readonly #closing = new AbortController();
  readonly #signal: AbortSignal;
  readonly #gather: (hint: Hint) => void;
  /** The root as the system names it in events: absolute, links resolved. */
  #realRoot = '';
  #native: AsyncSubscription | undefined;
  #renewal: Promise<void> | undefined;
  #closed: Promise<void> | undefined;
  #renewedAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: ListeningParts) {
    this.#parts = parts;
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
    await this.#renewal;
    await this.#stopListening();
  }

  async #listen(): Promise<void> {
    const { root } = this.#parts;
    try {
      // Loaded only now: where its binary does not suit the machine, everything but hints still works.
      const { default: parcel } = await import('@parcel/watcher');
      this.#realRoot = await realpath(root); // a link as the root would be refused
      await tryToWatch(this.#realRoot);
      this.#native = await parcel.subscribe(this.#realRoot, (error, events) => {
        if (error) this.#gather({ kind: 'everything' });
        for (const event of events ?? []) this.#hear(event);
      });
    } catch (error) {
      throw watchError(root, error);
    }
  }

  async #stopListening(): Promise<void> {
    const native = this.#native;
    this.#native = undefined;
    // After a lazy unmount it throws EINVAL: there is nothing left to close.
    await native?.unsubscribe().catch(() => undefined);
  }

  #hear(event: Event): void {
    const hint = hintOf(this.#realRoot, event);
    if (hint) this.#gather(hint);
  }

  async #deliver(hints: readonly Hint[]): Promise<void> {
    for (const hint of hints) this.#parts.onHint(hint);
    for (const hint of hints) {
      if (hint.kind === 'lost' || this.#renewal !== undefined) return;
      if (hint.kind === 'everything' || (await this.#isDeafIn(hint.path))) {
        this.#renewal = this.#renew().finally(() => {
          this.#renewal = undefined;
        });
      }
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
        if (entries.some(({ name, kind }) => kind === 'folder' && !isIgnoredName(name))) return true;
      }
      return !(await mayWatchMore(folder.toString()));
    } catch (error) {
      if (error instanceof DiskError || this.#signal.aborted) return false;
      throw error;
    }
  }

  /** Listens anew, so that every folder is heard; what happened meanwhile is for a sweep to find. */
  async #renew(): Promise<void> {
    const { clock, onHint } = this.#parts;
    try {
      await clock.sleep(Math.max(0, this.#renewedAtMs + renewAtMostEveryMs - clock.elapsed()), this.#signal);
      await this.#stopListening();
      await this.#listen();
      this.#signal.throwIfAborted();
      this.#renewedAtMs = clock.elapsed();
      onHint({ kind: 'everything' });
    } catch (error) {
      if (!this.#signal.aborted) onHint({ kind: 'lost', why: sentenceOf(error) });
    }
  }
}

/**
 * What an event of the watcher asks us to look at. The watcher gives paths as text: where a name was no UTF-8 it holds `�`,
 * and the hint is for the folder above. Pure; exported for its test.
 */
export function hintOf(root: string, { path, type }: Pick<Event, 'path' | 'type'>): Hint | undefined {
  if (path === root) {
    // The watcher goes silent after this one event, even when the folder comes back.
    return type === 'delete' ? { kind: 'lost', why: `${root} was moved or removed.` } : { kind: 'everything' };
  }
  const names = path.slice(root.endsWith('/') ? root.length : root.length + 1).split('/');
  const garbledAt = names.findIndex((name) => name.includes('\ufffd'));
  const readable = Buffer.from((garbledAt < 0 ? names : names.slice(0, garbledAt)).join('/'));
  if (isIgnoredPath(readable)) return undefined;
  return readable.length === 0 ? { kind: 'everything' } : { kind: 'path', path: readable };
}

function watchError(root: string, error: unknown): OwnerError {
  const said = sentenceOf(error);
  const meanwhile = `New files in ${root} are found by the regular sweep only`;
  if (isWatchLimit(error)) {
    const cure = 'Raise it: sysctl fs.inotify.max_user_watches=524288';
    return new OwnerError('watch-limit', `${meanwhile}, because the system lets us watch no more folders. ${cure}`, { cause: error });
  }
  if (said.includes('EMFILE') || said.includes('Too many open files')) {
    const cure = 'Raise it: sysctl fs.inotify.max_user_instances=512';
    return new OwnerError('watch-limit', `${meanwhile}, because too many programs watch folders. ${cure}`, { cause: error });
  }
  return new OwnerError('watch-refused', `${meanwhile}, because the system refuses to watch it (${said}).`, { cause: error });
}
