/** Decides what missing files mean: gone, or so many at once that a person is asked first. */
import { askAboutMissing, type FileRecord, type FolderId } from '../../domain/index.ts';
import { DiskError, type FileStat, isAtOrBelow, joinPath, namesIn, type PathBytes } from '../../files/index.ts';
import type { Journal } from '../../journal/index.ts';
import { type NewsDesk, putNews } from '../news.ts';
import type { SourceInUse } from '../step.ts';
import { applyEvent } from '../transitions.ts';
import { type NoticeParts, noticeFiles } from './sightings.ts';

export interface VanishParts extends NoticeParts {
  readonly news: NewsDesk;
  /** Asked before anything is said to be gone: a share that went away makes everything look deleted. */
  readonly isRootPresent: () => Promise<boolean>;
  /** Folders in it where something was mounted and is not now. */
  readonly lostMounts: () => Promise<readonly PathBytes[]>;
}

// Of a handful of files half is soon missing, and nobody wants to be asked about that.
const fewestToAskAbout = 5;
const perTransaction = 250;

/** The owner answered: what is missing is really gone. Good for one sweep. */
const permissionName = (source: SourceInUse): string => `missing accepted: ${source.id}`;

export function acceptMissing(journal: Journal, sourceId: SourceInUse['id']): void {
  journal.facts.set(`missing accepted: ${sourceId}`, 'yes');
}

/**
 * Call after a sweep that ended well. Each file is looked for once more, since a sweep takes its time: a program that writes anew by
 * removing first, or a name that changed meanwhile, is missing for a moment only.
 * @returns `asked`: it is the owner's turn; `away`: the source went away, so nothing is known to be gone
 */
export async function settleMissing(
  source: SourceInUse,
  { missing }: { missing: number },
  parts: VanishParts,
  signal: AbortSignal,
): Promise<'settled' | 'asked' | 'away'> {
  const { journal } = parts;
  const record = journal.sources.byId(source.id);
  const total = missing < fewestToAskAbout ? undefined : journal.files.presentCount(source.id);
  if (total !== undefined && missing > total / 2 && journal.facts.get(permissionName(source)) === undefined) {
    // What the owner paused stays paused; it is asked about once it goes on.
    if (record.state !== 'paused') ask(source, { missing, total }, parts);
    return 'asked';
  }
  // To ask for them is to go through all of the source.
  const nextPage = (): readonly FileRecord[] => (missing === 0 ? [] : journal.files.missing(source.id, record.sweeps, perTransaction));
  for (let page = nextPage(); page.length > 0; page = nextPage()) {
    const ways = new Map<FolderId, Promise<Way>>();
    const wayTo = (folderId: FolderId): Promise<Way> => {
      const way = ways.get(folderId) ?? lookAtWay(folderId, { source, sweep: record.sweeps }, parts);
      ways.set(folderId, way);
      return way;
    };
    const sights = await Promise.all(page.map((file) => lookFor(file, { source, wayTo }, parts)));
    signal.throwIfAborted();
    if (!(await parts.isRootPresent())) return 'away';
    const lost = await parts.lostMounts();
    if (page.some(({ folderId }) => lost.some((mount) => isAtOrBelow(journal.sources.folderPath(folderId), mount)))) return 'away';
    journal.transaction(() => {
      for (const { file, sight } of sights) if (sight === 'gone' || sight === 'unseen') noteUnfound(file, sight, parts);
    });
    for (const { file, sight } of sights) {
      if (sight === 'gone' || sight === 'unseen') continue;
      await noticeFiles(source, { folder: journal.sources.folderPath(file.folderId), files: [{ name: file.name, stat: sight }] }, parts);
    }
  }
  journal.facts.forget(permissionName(source));
  // Asked anew: the owner may have paused it meanwhile.
  if (journal.sources.stateOf(source.id) === 'asking') journal.sources.update(source.id, { state: 'present', reason: undefined });
  return 'settled';
}

interface Sight {
  readonly file: FileRecord;
  /** `unseen`: the disk did not say. */
  readonly sight: FileStat | 'gone' | 'unseen';
}

/** Whether only folders lead to a folder: through a link a look could find anything. */
type Way = 'open' | 'shut' | 'unseen';

async function lookAtWay(
  folderId: FolderId,
  { source, sweep }: { source: SourceInUse; sweep: number },
  { journal, disk }: VanishParts,
): Promise<Way> {
  if (journal.sources.isFolderSwept(folderId, sweep)) return 'open';
  const names = namesIn(journal.sources.folderPath(folderId));
  try {
    // A folder that was away for a moment, as the sweep came by, is back perhaps.
    for (let path = source.root; names.length > 0; ) {
      path = joinPath(path, names.shift() ?? Buffer.alloc(0));
      if ((await disk.stat(path))?.kind !== 'folder') return 'shut';
    }
    return 'open';
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return 'unseen';
  }
}

async function lookFor(
  file: FileRecord,
  { source, wayTo }: { source: SourceInUse; wayTo: (folderId: FolderId) => Promise<Way> },
  { journal, disk }: VanishParts,
): Promise<Sight> {
  const way = await wayTo(file.folderId);
  if (way !== 'open') return { file, sight: way === 'shut' ? 'gone' : 'unseen' };
  const path = joinPath(source.root, joinPath(journal.sources.folderPath(file.folderId), file.name));
  try {
    const stat = await disk.stat(path);
    return { file, sight: stat?.kind === 'file' ? stat : 'gone' };
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return { file, sight: 'unseen' };
  }
}

function noteUnfound({ id }: FileRecord, sight: 'gone' | 'unseen', { journal, clock }: VanishParts): void {
  // As it is by now: a step may have said something of it.
  const file = journal.files.byId(id);
  if (sight === 'unseen') journal.files.markMissing(id, undefined);
  else if (file) applyEvent(journal, file, 'vanished', { nowMs: clock.now(), reason: 'no longer on disk' });
}

function ask(source: SourceInUse, { missing, total }: { missing: number; total: number }, { journal, news, clock }: VanishParts): void {
  const nowMs = clock.now();
  const text = askAboutMissing({ source: source.config.name, missing, known: total });
  const isKnown = journal.sources.byId(source.id).state === 'asking';
  journal.transaction(() => {
    journal.sources.update(source.id, { state: 'asking', reason: text });
    if (!isKnown) putNews(journal, news, { kind: 'half missing', text, facts: { source: source.config.name, missing, total }, nowMs });
  });
}
