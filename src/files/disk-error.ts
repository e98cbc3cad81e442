/** What can go wrong when a disk is asked, sorted once into kinds that the steps can act upon. */
import { OwnerError, systemCodeOf } from '../kernel/index.ts';
import { type PathBytes, showPath } from './path-bytes.ts';

export type DiskErrorKind =
  | 'vanished'
  | 'forbidden'
  | 'away'
  | 'busy'
  | 'not a file'
  | 'not a folder'
  | 'too long'
  | 'unnameable'
  | 'broken';

/** A path could not be read; `message` tells the owner what to do. */
export class DiskError extends OwnerError {
  readonly kind: DiskErrorKind;

  constructor(kind: DiskErrorKind, path: PathBytes, cause?: unknown) {
    const sentence = cause instanceof NoAnswer ? cause.message : sentences[kind](showPath(path), systemCodeOf(cause));
    super(`disk-${kind.replaceAll(' ', '-')}`, sentence, { cause });
    this.name = 'DiskError';
    this.kind = kind;
  }

  /** True when waiting may cure it; otherwise a person must. */
  get isPassing(): boolean {
    return this.kind === 'away' || this.kind === 'busy' || this.kind === 'broken';
  }
}

/** Of a moment in unix ms, on the owner's clock: `21:04`. */
export type TimeOfDay = (ms: number) => string;

/** A mount does not answer: what is asked of it comes back neither with an answer nor with an error. Cause of a DiskError that is `away`. */
export class NoAnswer extends Error {
  // As of a system call that took too long.
  readonly code = 'ETIMEDOUT';
  /** Without what follows from it. */
  readonly fact: string;
  readonly mountPoint: PathBytes;
  readonly sinceMs: number;
  readonly #timeOfDay: TimeOfDay;

  constructor(mountPoint: PathBytes, sinceMs: number, timeOfDay: TimeOfDay) {
    const fact = `${showPath(mountPoint)}${silentSince}${timeOfDay(sinceMs)}.`;
    super(`${fact} Nothing in it counts as deleted; it goes on by itself when it answers again.`);
    this.fact = fact;
    this.mountPoint = mountPoint;
    this.sinceMs = sinceMs;
    this.#timeOfDay = timeOfDay;
    this.name = 'NoAnswer';
  }

  /** The same silence, of which somebody knows that it began then. */
  since(sinceMs: number): NoAnswer {
    return new NoAnswer(this.mountPoint, sinceMs, this.#timeOfDay);
  }
}

const silentSince = ' does not answer since ';

/** Which mount a sentence of a NoAnswer is about; undefined: it is another sentence. */
export function silentPlaceIn(sentence: string): string | undefined {
  const end = sentence.lastIndexOf(silentSince);
  return end < 0 ? undefined : sentence.slice(0, end);
}

/** Turns what the system threw at `path` into a DiskError; anything that is no system error (an abort, a bug) is thrown on. */
export function diskErrorOf(error: unknown, path: PathBytes): DiskError {
  if (error instanceof DiskError) return error;
  const code = systemCodeOf(error);
  if (code === '' || code === 'ABORT_ERR') throw error;
  return new DiskError(kinds[code] ?? 'broken', path, error);
}

/** True when the error only says that nothing is at that path. */
export function saysNothingThere(error: unknown): boolean {
  return kinds[systemCodeOf(error)] === 'vanished';
}

const kinds: Readonly<Record<string, DiskErrorKind>> = {
  ENOENT: 'vanished',
  ENOTDIR: 'vanished',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  ELOOP: 'not a file',
  ENXIO: 'not a file',
  ENAMETOOLONG: 'too long',
  EMFILE: 'busy',
  ENFILE: 'busy',
  EBUSY: 'busy',
  EAGAIN: 'busy',
  ETXTBSY: 'busy',
  // A share or a FUSE filesystem whose other end is gone.
  ENODEV: 'away',
  ENOTCONN: 'away',
  ESTALE: 'away',
  ETIMEDOUT: 'away',
  EHOSTDOWN: 'away',
  EHOSTUNREACH: 'away',
  ENETUNREACH: 'away',
  ECONNABORTED: 'away',
  ECONNRESET: 'away',
  EREMOTEIO: 'away',
};

const sentences: Readonly<Record<DiskErrorKind, (path: string, code: string) => string>> = {
  vanished: (path) => `${path} is no longer there.`,
  forbidden: (path) => `Homeroll may not read ${path}. Give the user it runs as the right to read it.`,
  away: (path) => `The disk or share that holds ${path} does not answer. Connect it again; nothing counts as deleted meanwhile.`,
  busy: (path) => `${path} cannot be opened just now: another program holds it, or too many files are open. It is tried again by itself.`,
  'not a file': (path) => `${path} is not a regular file (but a link, pipe, socket or device), so it is not read.`,
  'not a folder': (path) => `${path} is not a folder. Name a folder as the source.`,
  'too long': (path) => `${path} lies too deep for the system to open it. Move it nearer to the top.`,
  unnameable: (path) => `${path} is listed by its disk, but nothing can be had under that name. Give it a simpler name where it was made.`,
  broken: (path, code) => `The disk reports an error (${code || 'unknown'}) at ${path}. Check the disk; the file is tried again by itself.`,
};
