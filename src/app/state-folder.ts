/** Decides where the journal lives, and refuses places where it would not be safe. */
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type Config, isIn, isUnanswered, type SourceConfig } from '../config/index.ts';
import { type Disk, DiskError, type OwnFiles } from '../files/index.ts';
import { OwnerError } from '../kernel/index.ts';
import { makeFolder } from './make-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a state folder is looked at by: neither waits for what does not answer. */
export interface StateSight {
  readonly quickDisk: Disk;
  readonly files: OwnFiles;
}

/**
 * `state:`, else /data where it can be written (the container's volume), else the user's own (XDG).
 * @throws OwnerError when what it lies on does not answer: SQLite would wait for ever
 */
export async function stateFolder(
  { stateDir }: Pick<Config, 'stateDir'>,
  environment: Environment,
  { files }: Pick<StateSight, 'files'>,
): Promise<string> {
  const folder = stateDir ?? (await usualFolder(environment, files));
  await files.facts(folder).catch((error: unknown) => {
    if (isUnanswered(error)) throw unanswered(folder, error);
  });
  return folder;
}

async function usualFolder(environment: Environment, files: OwnFiles): Promise<string> {
  if (await isWritable('/data', files)) return '/data';
  const named = environment.XDG_STATE_HOME;
  // The XDG specification: a relative path in the variable is to be ignored.
  const userState = named?.startsWith('/') ? named : join(environment.HOME || homedir(), '.local', 'state');
  return join(userState, 'homeroll');
}

type Sources = readonly Pick<SourceConfig, 'name' | 'folder'>[];

/** Makes the folder where there is none. @throws OwnerError when no journal can be kept there: see {@link mustBeFit} */
export async function prepareStateFolder(folder: string, sources: Sources, sight: StateSight): Promise<void> {
  await mustBeFit(folder, sources, sight);
  try {
    await makeFolder(folder, 0o700);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

/**
 * @throws OwnerError when the folder cannot be made or written, lies in a source (every note in the journal would be a change to look at), or
 * stands on a network filesystem: SQLite's locks do not hold there
 */
export async function mustBeFit(folder: string, sources: Sources, { quickDisk: disk, files }: StateSight): Promise<void> {
  try {
    const existing = await nearestExisting(folder, disk);
    const root = await files.realPath(existing);
    const place = join(root, relative(existing, folder));
    for (const source of sources) {
      if (!isIn(place, await files.realPath(source.folder).catch(() => source.folder))) continue;
      throw new OwnerError(
        'state in source',
        `The journal cannot be kept in ${folder}: that lies in the folder of ${source.name}. Set "state" to a folder outside of it.`,
      );
    }
    if ((await disk.stat(Buffer.from(root)))?.kind === 'file') {
      throw new OwnerError('state unwritable', `The journal cannot be kept in ${folder}: ${root} is a file. Set "state" to a folder.`);
    }
    const stands = await disk.root(Buffer.from(existing));
    if (stands?.filesystem.kind === 'network') {
      throw new OwnerError(
        'state on network',
        `The journal cannot be kept in ${folder}: that is a network share (${stands.filesystem.name}). Set "state" to a folder on a local disk.`,
      );
    }
    if (stands?.filesystem.kind === 'pseudo') throw unwritable(folder, `nothing is kept on ${stands.filesystem.name}`);
    await files.mustBeWritable(existing).catch((cause: unknown) => {
      throw isUnanswered(cause) ? cause : unwritable(folder, cause);
    });
  } catch (error) {
    const why = error instanceof DiskError ? error.cause : error;
    throw isUnanswered(why) ? unanswered(folder, why) : error;
  }
}

function unanswered(folder: string, why: Error & { readonly fact?: string }): OwnerError {
  const sentence = `The journal in ${folder} cannot be reached: ${why.fact ?? 'what it lies on does not answer.'} Connect that again, or set "state" to a folder on a local disk.`;
  return new OwnerError('state unanswered', sentence, { cause: why });
}

function unwritable(folder: string, cause: unknown): OwnerError {
  const sentence = `The journal cannot be kept in ${folder}: it cannot be written. Set "state" to a folder that can.`;
  return new OwnerError('state unwritable', sentence, { cause });
}

async function nearestExisting(folder: string, disk: Disk): Promise<string> {
  for (let place = folder; ; place = dirname(place)) {
    if (place === dirname(place) || (await disk.stat(Buffer.from(place)))) return place;
  }
}

async function isWritable(folder: string, files: OwnFiles): Promise<boolean> {
  return files.mustBeWritable(folder).then(
    () => true,
    () => false,
  );
}
