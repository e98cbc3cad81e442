/** The reading process at work: answers questions about one device by the disk and the watcher that are handed in. */
import { systemCodeOf } from '../../kernel/index.ts';
import type { Disk, FolderEntry, OpenFile } from '../disk.ts';
import { DiskError } from '../disk-error.ts';
import type { PathBytes } from '../path-bytes.ts';
import { joinPath } from '../path-bytes.ts';
import type { Subscription, Watcher } from '../watch.ts';
import type { OwnFiles } from './careful-files.ts';
import type { Answers, Failure, FromChild, Listed, Question, Seen, ToChild } from './messages.ts';
import { Turns } from './turns.ts';

export interface ServeParts {
  readonly disk: Disk;
  readonly watcher: Watcher;
  readonly files: OwnFiles;
  /** Asks the filesystem that a path lies on whether it is there. */
  readonly beat: (path: PathBytes) => Promise<void>;
  readonly send: (message: FromChild) => void;
}

// Node has so many threads for files as main.ts says: when the slow calls take all of these, a beat still finds one.
const callsAtOnce = 4;

type Handlers = { readonly [Ask in Question['ask']]: (question: Question & { ask: Ask }) => Promise<Answers[Ask]> };

export class Serving {
  readonly #parts: ServeParts;
  readonly #turns = new Turns(callsAtOnce);
  readonly #files = new Map<number, OpenFile>();
  readonly #listings = new Map<number, AsyncIterator<readonly FolderEntry[]>>();
  readonly #watches = new Map<number, Subscription>();
  #number = 0;

  constructor(parts: ServeParts) {
    this.#parts = parts;
  }

  async answer({ id, ...question }: ToChild): Promise<void> {
    const { send } = this.#parts;
    try {
      const handle = this.#handlers[question.ask] as (one: typeof question) => Promise<Answers[Question['ask']]>;
      send({ tell: 'answer', id, answer: await handle(question) });
    } catch (error) {
      send({ tell: 'failure', id, failure: failureOf(error) });
    }
  }

  readonly #handlers: Handlers = {
    beat: async ({ path }) => done(await this.#parts.beat(path)),
    look: ({ paths }) => Promise.all(paths.map((path) => this.#see(path))),
    root: ({ path }) => this.#turns.take(() => this.#parts.disk.root(path)),
    space: ({ path }) => this.#turns.take(() => this.#parts.disk.freeSpace(path)),
    list: async ({ folder, stats, except }) => {
      const listing = ++this.#number;
      const except_ = new Set(except.map((name) => name.toString('latin1')));
      const lookAt = async (entry: FolderEntry): Promise<FolderEntry> => {
        const isAsked = stats && (entry.kind === 'file' || entry.kind === 'unknown') && !except_.has(entry.name.toString('latin1'));
        return isAsked ? { ...entry, ...seenOf(await this.#see(joinPath(folder, entry.name))) } : entry;
      };
      const entries = this.#parts.disk.entries(folder, new AbortController().signal);
      const looked = async function* (): AsyncGenerator<readonly FolderEntry[]> {
        for await (const chunk of entries) yield await Promise.all(chunk.map(lookAt));
      };
      this.#listings.set(listing, looked());
      return this.#more(listing);
    },
    more: ({ listing }) => this.#more(listing),
    leave: async ({ listing }) => {
      await this.#listings.get(listing)?.return?.();
      return done(this.#listings.delete(listing));
    },
    open: async ({ path }) => {
      const open = await this.#turns.take(() => this.#parts.disk.open(path));
      const file = ++this.#number;
      this.#files.set(file, open);
      return { file, descriptor: descriptorOf(open) };
    },
    file: ({ file }) => this.#turns.take(() => this.#fileOf(file).stat()),
    read: async ({ file, positionBytes, lengthBytes }) => {
      const into = Buffer.allocUnsafe(lengthBytes);
      const count = await this.#turns.take(() => this.#fileOf(file).read(into, positionBytes, lengthBytes));
      return into.subarray(0, count);
    },
    close: async ({ file }) => {
      const open = this.#fileOf(file);
      this.#files.delete(file);
      return done(await open.close());
    },
    watch: async ({ root, rules }) => {
      const watch = ++this.#number;
      const { watcher, send } = this.#parts;
      this.#watches.set(
        watch,
        await watcher.subscribe(root, (hint) => send({ tell: 'hint', watch, hint }), new AbortController().signal, rules),
      );
      return watch;
    },
    unwatch: async ({ watch }) => {
      const subscription = this.#watches.get(watch);
      this.#watches.delete(watch);
      return done(await subscription?.[Symbol.asyncDispose]());
    },
    bytes: ({ path }) => this.#turns.take(() => this.#parts.files.bytes(path.toString())),
    facts: async ({ path }) => {
      const { dev, ino, size, mtimeNs, ctimeNs, mode } = await this.#turns.take(() => this.#parts.files.facts(path.toString()));
      return { dev, ino, size, mtimeNs, ctimeNs, mode };
    },
    'real path': ({ path }) => this.#turns.take(() => this.#parts.files.realPath(path.toString())),
    writable: async ({ path }) => done(await this.#turns.take(() => this.#parts.files.mustBeWritable(path.toString()))),
  };

  async #more(listing: number): Promise<Listed> {
    const next = await this.#listings.get(listing)?.next();
    if (next && !next.done) return { listing, entries: next.value };
    this.#listings.delete(listing);
    return { listing: undefined, entries: [] };
  }

  async #see(path: PathBytes): Promise<Seen> {
    try {
      return await this.#turns.take(() => this.#parts.disk.stat(path));
    } catch (error) {
      if (error instanceof DiskError) return { failure: failureOf(error) };
      throw error;
    }
  }

  #fileOf(file: number): OpenFile {
    const open = this.#files.get(file);
    if (!open) throw new Error(`no open file ${file}`);
    return open;
  }
}

function done(_: unknown): true {
  return true;
}

/** What is listed and vanishes meanwhile, or cannot be looked at, is looked at once more by whoever lists. */
function seenOf(seen: Seen): Pick<FolderEntry, 'stat'> {
  return seen === undefined || 'failure' in seen ? {} : { stat: seen };
}

/** From `/proc/<pid>/fd/<n>`. */
function descriptorOf({ procPath }: OpenFile): number | undefined {
  const descriptor = Number(procPath?.split('/').at(-1));
  return Number.isInteger(descriptor) ? descriptor : undefined;
}

export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DiskError) return { kind: error.kind, code: systemCodeOf(error.cause), message };
  return { code: systemCodeOf(error), message };
}
