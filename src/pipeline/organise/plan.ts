/** Which albums and tags one file is to have. */
import {
  type AssetId,
  albumKey,
  type EntryAlbum,
  entryAlbumName,
  type FileRecord,
  isWished,
  type NamedSpan,
  type NamingEntry,
  type PlannedAlbum,
  planAlbums,
  planTags,
  type TakenAt,
} from '../../domain/index.ts';
import { joinPath } from '../../files/index.ts';
import type { Journal } from '../../journal/index.ts';
import { wallClock } from '../../kernel/index.ts';
import type { SourceInUse } from '../step.ts';

export interface PlanSettings {
  readonly events: readonly NamedSpan[];
  readonly language: string;
  readonly timeZone: string;
}

export interface Plan {
  readonly file: FileRecord;
  readonly assetId: AssetId;
  /** By the best that is known of it. */
  readonly takenAtMs: number;
  readonly albums: readonly PlannedAlbum[];
  readonly tags: readonly string[];
}

export interface PlanParts {
  readonly journal: Pick<Journal, 'sources' | 'history' | 'albums' | 'contents' | 'calendarEntries' | 'calendarMonths'>;
  readonly source: SourceInUse;
  readonly settings: PlanSettings;
}

export function planOf(file: FileRecord, parts: PlanParts): Plan {
  const { source, settings } = parts;
  const { assetId } = file;
  if (!assetId) throw new Error(`file ${file.id} is stored without an asset`);
  const taken = file.notes.taken ?? changedAt(Number(file.stat.mtimeNs / 1_000_000n), settings.timeZone);
  const isFiledByDisk =
    taken.from === 'modification time' && wasDone(file, parts) && parts.journal.albums.isFiled(source.account.id, assetId);
  const plan = isFiledByDisk ? planOnceMore(taken, file, parts) : { takenAtMs: taken.epochMs, ...planAt(taken, file, parts) };
  return { file, assetId, ...plan };
}

type Planned = Pick<Plan, 'albums' | 'tags'>;

/** Nothing but the disk says when it was taken, and what the disk says is not what it said: a card's times shift with summer time. */
function planOnceMore(taken: TakenAt, file: FileRecord, parts: PlanParts): Planned & Pick<Plan, 'takenAtMs'> {
  const { journal, settings } = parts;
  const plan = planAt(taken, file, parts);
  const undated = planAt(noDate, file, parts);
  // Entries of calendars are heard of late: they count by what the disk said when it came.
  const takenAtMs = journal.calendarMonths.takenAtMs(file.id) ?? taken.epochMs;
  const byEntries = planAt(changedAt(takenAtMs, settings.timeZone), file, parts).albums.filter(({ entry }) => entry !== undefined);
  const isOfAnyDate = (album: PlannedAlbum): boolean =>
    album.entry === undefined && undated.albums.some((other) => albumKey(other) === albumKey(album));
  return {
    takenAtMs,
    albums: [...plan.albums.filter(isOfAnyDate), ...byEntries],
    tags: plan.tags.filter((tag) => undated.tags.includes(tag)),
  };
}

/** What is planned for any date is planned for this one as well. */
const noDate: TakenAt = { local: '0001-01-01T00:00:00', epochMs: 0, from: 'modification time' };

/** With these bytes: what lay there before them was another picture. */
function wasDone({ id, sha1 }: FileRecord, { journal, source }: PlanParts): boolean {
  const storedAtMs = sha1 && journal.contents.find(source.account.id, sha1)?.storedAtMs;
  if (storedAtMs === undefined) return false;
  return journal.history.of(id).some(({ to, atMs }) => (to === 'safe' || to === 'kept') && atMs >= storedAtMs);
}

/** The albums that entries of its calendars name, as far as these are known. */
function entriesAround({ epochMs }: TakenAt, { journal, source, settings: { language, timeZone } }: PlanParts): readonly EntryAlbum[] {
  const localOf = (atMs: number): string => wallClock(atMs, timeZone);
  return (source.config.calendars ?? []).flatMap((wish) =>
    journal.calendarEntries
      .around(wish.calendar, epochMs)
      .filter((entry) => isWished(entry, wish))
      .map((entry) => ({ name: entryAlbumName(entry, language, localOf), span: entry.span, entry })),
  );
}

function planAt(takenAt: TakenAt, file: FileRecord, parts: PlanParts): Planned {
  const { journal, source, settings } = parts;
  const { language, events } = settings;
  const path = joinPath(journal.sources.folderPath(file.folderId), file.name).toString('utf8');
  const pictured = {
    takenAt,
    path,
    source: source.config.name,
    ...(file.notes.camera !== undefined && { camera: file.notes.camera }),
  };
  return {
    albums: planAlbums(pictured, { templates: source.config.albums, events, entries: entriesAround(takenAt, parts), language }),
    tags: planTags(pictured, source.config.tags, language),
  };
}

function changedAt(epochMs: number, timeZone: string): TakenAt {
  return { local: wallClock(epochMs, timeZone), epochMs, from: 'modification time' };
}

/** The calendar's entry that names an album for it which it was never put into. */
export function entryLackedBy(file: FileRecord, parts: PlanParts): NamingEntry | undefined {
  const { assetId } = file;
  if (!assetId) return undefined;
  const { journal, source } = parts;
  const isLacked = ({ key }: NamingEntry): boolean => {
    const album = journal.albums.find(source.account.id, key);
    return !album || !(album.isRemoved || journal.albums.isMember(album.id, assetId));
  };
  return planOf(file, parts)
    .albums.flatMap(({ entry }) => entry ?? [])
    .find(isLacked);
}
