/** Homeroll's own small files: settings, keys, certificates, the place of the journal. Read where they lie, and not waited for where nobody answers. */
import { constants } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import type { TimeOfDay } from '../disk-error.ts';
import type { Mount } from '../mounts.ts';
import type { PathBytes } from '../path-bytes.ts';
import { type Device, Silence } from './device.ts';
import type { Answers, FileFacts, Question } from './messages.ts';
import { noAnswerFrom } from './remote-errors.ts';
import type { Place } from './whereabouts.ts';

/** Links are followed. Every call rejects with an error that has a `code`: the system's, or ETIMEDOUT of a NoAnswer. */
export interface OwnFiles {
  bytes(path: string): Promise<Buffer>;
  facts(path: string): Promise<FileFacts>;
  realPath(path: string): Promise<string>;
  mustBeWritable(path: string): Promise<void>;
}

export interface CarefulParts {
  readonly where: (path: PathBytes) => Promise<Place>;
  readonly deviceOf: (mount: Mount) => Device;
  readonly patienceMs?: number;
  readonly timeOfDay: TimeOfDay;
}

export const plainFiles: OwnFiles = {
  bytes: (path) => readFile(path),
  facts: (path) => stat(path, { bigint: true }),
  realPath: (path) => realpath(path),
  mustBeWritable: (path) => access(path, constants.W_OK | constants.X_OK),
};

export function carefulFiles({ where, deviceOf, patienceMs = Number.POSITIVE_INFINITY, timeOfDay }: CarefulParts): OwnFiles {
  const ask = async <Q extends Question & { readonly path: PathBytes }>(
    path: string,
    inside: () => Promise<Answers[Q['ask']]>,
    question: (path: PathBytes) => Q,
  ): Promise<Answers[Q['ask']]> => {
    const place = await where(Buffer.from(path));
    if (place.kind === 'inside') return inside();
    try {
      return await deviceOf(place.mount).ask(question(Buffer.from(path)), patienceMs);
    } catch (error) {
      throw error instanceof Silence ? noAnswerFrom(error, { point: place.mount.point, timeOfDay }) : error;
    }
  };
  return {
    bytes: (path) =>
      ask(
        path,
        () => plainFiles.bytes(path),
        (there) => ({ ask: 'bytes', path: there }),
      ),
    facts: (path) =>
      ask(
        path,
        () => plainFiles.facts(path),
        (there) => ({ ask: 'facts', path: there }),
      ),
    realPath: (path) =>
      ask(
        path,
        () => plainFiles.realPath(path),
        (there) => ({ ask: 'real path', path: there }),
      ),
    async mustBeWritable(path) {
      const inside = async (): Promise<true> => {
        await plainFiles.mustBeWritable(path);
        return true;
      };
      await ask(path, inside, (there) => ({ ask: 'writable', path: there }));
    },
  };
}
