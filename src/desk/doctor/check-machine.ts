/** Is this machine fit: a safe place for the journal, enough ears for the folders, and the right time? */
import { formatSize, grouped } from '../../domain/index.ts';
import { type Disk, DiskError, type WatchLimits } from '../../files/index.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

export interface MachineParts {
  readonly stateDir: string;
  /** Why the journal cannot be kept there, or read. */
  readonly journalProblem?: string | undefined;
  readonly disk: Disk;
  readonly watchLimits: WatchLimits | undefined;
  readonly timeZone: string;
  /** The owner named it; otherwise it is the system's. */
  readonly isZoneChosen: boolean;
  readonly isInContainer: boolean;
}

const about = 'this machine';
// A million files make a journal of about half of this.
const enoughSpaceBytes = 1e9;
const enoughWatches = 65_536;

export async function checkMachine(parts: MachineParts): Promise<readonly Finding[]> {
  const journal = parts.journalProblem === undefined ? await checkStateDir(parts) : [problem(about, parts.journalProblem)];
  return [...journal, ...checkWatching(parts.watchLimits), checkZone(parts)];
}

async function checkStateDir({ stateDir, disk }: MachineParts): Promise<readonly Finding[]> {
  try {
    const stands = await disk.root(Buffer.from(stateDir));
    if (!stands) return [ok(about, `The journal will be kept in ${stateDir}, which is made at the first run.`)];
    const { freeBytes } = await disk.freeSpace(Buffer.from(stateDir));
    const { name, kind } = stands.filesystem;
    const where = `The journal is kept in ${stateDir} (${name}, ${formatSize(freeBytes)} free)`;
    if (kind === 'network' || kind === 'fuse') {
      return [
        problem(
          about,
          `${where}: such a filesystem does not keep locks and order as a journal needs.`,
          'Set "state" to a folder on a local disk.',
        ),
      ];
    }
    return [
      freeBytes < enoughSpaceBytes
        ? warning(about, `${where}.`, 'Make some room: without any, nothing more can be remembered.')
        : ok(about, `${where}.`),
    ];
  } catch (error) {
    if (error instanceof DiskError) return [problem(about, error.message)];
    throw error;
  }
}

function checkWatching(limits: WatchLimits | undefined): readonly Finding[] {
  if (!limits) return [];
  const sentence = `${grouped(limits.watches)} folders can be watched (fs.inotify.max_user_watches).`;
  if (limits.watches >= enoughWatches) return [ok(about, sentence)];
  return [warning(about, `Only ${sentence}`, 'If new pictures are noticed late: sysctl fs.inotify.max_user_watches=524288')];
}

function checkZone({ timeZone, isZoneChosen, isInContainer }: MachineParts): Finding {
  const isUtc = /^(Etc\/)?(UTC|GMT|UCT|Zulu)$/i.test(timeZone);
  if (isUtc && !isZoneChosen) {
    const why = isInContainer ? 'as containers are unless told otherwise' : "the system's own";
    return warning(
      about,
      `The time zone is UTC, ${why}: pictures taken around midnight may land in the wrong day's album.`,
      'Write "time zone: Europe/Berlin", or where you live.',
    );
  }
  return ok(about, `The time zone is ${timeZone}.`);
}
