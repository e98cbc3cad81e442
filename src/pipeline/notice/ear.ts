/** Listens to one source's folder, and gathers what it hears until somebody looks. */
import type { Hint, PathBytes, Subscription, Watcher } from '../../files/index.ts';
import { isAbort, type Log, sentenceOf } from '../../kernel/index.ts';
import type { SourceInUse } from '../step.ts';

// Hints gather while a long sweep goes on; beyond so many one more sweep is cheaper, and nothing grows.
const mostPaths = 2_000;

export interface EarParts {
  readonly watcher: Watcher;
  readonly log: Log;
  readonly onHeard: (what: Heard) => void;
}

export type Heard =
  /** There is something to look at. */
  | { readonly kind: 'paths' }
  /** Single paths will not do. */
  | { readonly kind: 'sweep' }
  /** Something may have gone unheard. */
  | { readonly kind: 'unsure'; readonly why: string };

export class Ear {
  readonly #source: Pick<SourceInUse, 'root' | 'config' | 'ignoring'>;
  readonly #parts: EarParts;
  /** By their bytes, each once. */
  readonly #paths = new Map<string, PathBytes>();
  #subscription: Subscription | undefined;
  #isDeaf = false;

  constructor(source: Pick<SourceInUse, 'root' | 'config' | 'ignoring'>, parts: EarParts) {
    this.#source = source;
    this.#parts = parts;
  }

  get isListening(): boolean {
    return this.#subscription !== undefined;
  }

  /** The system did not let us listen. */
  get isDeaf(): boolean {
    return this.#isDeaf;
  }

  /** Begins to listen, if the system lets us: anew where it listened, so that every folder is heard. What came before, a sweep must find. */
  async listen(signal: AbortSignal): Promise<void> {
    const { watcher, log } = this.#parts;
    const { root, config, ignoring } = this.#source;
    await this.close();
    try {
      this.#subscription = await watcher.subscribe(root.toString('utf8'), (hint) => this.#hear(hint), signal, ignoring());
      this.#isDeaf = false;
    } catch (error) {
      if (isAbort(error) || signal.aborted) throw error;
      if (!this.#isDeaf) log.warn(sentenceOf(error), { source: config.name });
      this.#isDeaf = true;
    }
  }

  async close(): Promise<void> {
    const subscription = this.#subscription;
    this.#subscription = undefined;
    await subscription?.[Symbol.asyncDispose]();
  }

  /** What was heard since it was asked last. */
  take(): readonly PathBytes[] {
    const paths = [...this.#paths.values()];
    this.#paths.clear();
    return paths;
  }

  #hear(hint: Hint): void {
    const { onHeard } = this.#parts;
    if (hint.kind === 'unsure') {
      onHeard(hint);
      return;
    }
    if (hint.kind === 'path') this.#paths.set(hint.path.toString('latin1'), hint.path);
    const isTooMuch = this.#paths.size > mostPaths;
    if (isTooMuch) this.#paths.clear();
    if (hint.kind === 'lost') void this.close();
    onHeard({ kind: hint.kind === 'path' && !isTooMuch ? 'paths' : 'sweep' });
  }
}
