/** The table `mention`: single files that the household must hear of, gathered until they are told in one sentence. */
import type { FileId, FileRecord, SourceId } from '../domain/index.ts';
import type { Sqlite } from './sqlite.ts';
import { perhapsSql, turnedUpSql } from './turned-up.ts';

/** `perhaps lost`: what may be the same file lies elsewhere, and is to be read first. `left alone`: it waited, and is not wanted any more. */
export type MentionKind = 'lost' | 'perhaps lost' | 'proof failed' | 'let go' | 'shown again' | 'left alone';

/** All that is to be said of one kind about one source. */
export interface Mention {
  readonly kind: MentionKind;
  readonly sourceId: SourceId;
  readonly count: number;
  /** When the oldest and the newest of them came. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

const kindsSql = `
  SELECT sum(file.kind = 'photo') AS photos, sum(file.kind = 'video') AS videos
  FROM mention JOIN file ON file.id = file_id
  WHERE mention.kind = ? AND mention.source_id = ? AND NOT (file.role = 'motion' AND EXISTS (
    SELECT 1 FROM file AS still JOIN mention AS told ON told.file_id = still.id AND told.kind = mention.kind AND told.source_id = mention.source_id
    WHERE still.folder_id = file.folder_id AND still.stem = file.stem AND still.kind = 'photo'))`;

export type MentionTable = ReturnType<typeof mentionTable>;

export function mentionTable(database: Sqlite) {
  return {
    add: ({ id, sourceId }: Pick<FileRecord, 'id' | 'sourceId'>, kind: MentionKind, nowMs: number): void =>
      void database.run(
        'INSERT INTO mention (file_id, kind, source_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        id,
        kind,
        sourceId,
        Math.trunc(nowMs),
      ),
    forget: (fileId: FileId, kind: MentionKind): void =>
      void database.run('DELETE FROM mention WHERE file_id = ? AND kind = ?', fileId, kind),
    isOf: (fileId: FileId, kind: MentionKind): boolean =>
      database.get('SELECT 1 FROM mention WHERE file_id = ? AND kind = ?', fileId, kind) !== undefined,
    isAny: (kind: MentionKind, sourceId: SourceId): boolean =>
      database.get('SELECT 1 FROM mention WHERE kind = ? AND source_id = ? LIMIT 1', kind, sourceId) !== undefined,
    /** What is waiting to be told, by kind and source. */
    pending: (): readonly Mention[] =>
      database
        .all('SELECT kind, source_id, count(*) AS n, min(at) AS first, max(at) AS last FROM mention GROUP BY kind, source_id')
        .map((row) => ({
          kind: row.kind as MentionKind,
          sourceId: Number(row.source_id) as SourceId,
          count: Number(row.n),
          firstAtMs: Number(row.first),
          lastAtMs: Number(row.last),
        })),
    /** Ids of the files, at most `limit`. */
    files: ({ kind, sourceId }: Pick<Mention, 'kind' | 'sourceId'>, limit: number): readonly FileId[] =>
      database
        .all('SELECT file_id FROM mention WHERE kind = ? AND source_id = ? ORDER BY at LIMIT ?', kind, sourceId, limit)
        .map((row) => Number(row.file_id) as FileId),
    /** How many of them are on disk no longer. */
    goneCount: ({ kind, sourceId }: Pick<Mention, 'kind' | 'sourceId'>): number =>
      Number(
        database.get(
          `SELECT count(*) AS n FROM mention JOIN file ON file.id = file_id WHERE mention.kind = ? AND mention.source_id = ? AND state = 'gone'`,
          kind,
          sourceId,
        )?.n ?? 0,
      ),
    /** How many of them are photos and videos. A live photo is one photo: its motion half counts only when it is mentioned alone. */
    kinds: ({ kind, sourceId }: Pick<Mention, 'kind' | 'sourceId'>): { readonly photos: number; readonly videos: number } => {
      const row = database.get(kindsSql, kind, sourceId);
      return { photos: Number(row?.photos ?? 0), videos: Number(row?.videos ?? 0) };
    },
    /** Lost files that are on disk again, here or elsewhere, were moved. One that may have been waits until that is known. */
    forgetTurnedUp(sourceId: SourceId): void {
      database.run(turnedUpSql, sourceId);
      database.run(perhapsSql, sourceId);
    },
    forgetTold: ({ kind, sourceId }: Pick<Mention, 'kind' | 'sourceId'>): void =>
      void database.run('DELETE FROM mention WHERE kind = ? AND source_id = ?', kind, sourceId),
  };
}
