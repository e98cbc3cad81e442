/** The tables `history`, `tally` and `fact`: what happened, how many stand where, and small facts. */
import type { FileId, SourceId, State } from '../domain/index.ts';
import type { Sqlite, SqlRow } from './sqlite.ts';

export interface HistoryEntry {
  readonly atMs: number;
  /** Undefined: the first sighting. */
  readonly from?: State;
  readonly to: State;
  readonly reason?: string;
}

export interface TallyEntry {
  readonly sourceId: SourceId;
  readonly state: State;
  readonly files: number;
  readonly bytes: number;
}

/** A move with its number and its file, for those who follow along. */
export interface NumberedEntry extends HistoryEntry {
  readonly id: number;
  readonly fileId: FileId;
}

export type HistoryTable = ReturnType<typeof historyTable>;

export function historyTable(database: Sqlite) {
  return {
    add(fileId: FileId, { atMs, from, to, reason }: HistoryEntry): void {
      database.run(
        'INSERT INTO history (file_id, at, from_state, to_state, reason) VALUES (?, ?, ?, ?, ?)',
        fileId,
        Math.trunc(atMs),
        from ?? null,
        to,
        reason ?? null,
      );
    },
    of: (fileId: FileId): readonly HistoryEntry[] =>
      database.all('SELECT * FROM history WHERE file_id = ? ORDER BY id', fileId).map(entryOf),
    /** Number of the newest entry; 0 when there is none. */
    lastId: (): number => Number(database.get('SELECT max(id) AS id FROM history')?.id ?? 0),
    /** The last things that happened after entry `afterId`, the newest first. */
    newest: (afterId: number, limit: number): readonly NumberedEntry[] =>
      database
        .all('SELECT * FROM history WHERE id > ? ORDER BY id DESC LIMIT ?', afterId, limit)
        .map((row) => ({ ...entryOf(row), id: Number(row.id), fileId: Number(row.file_id) as FileId })),
    /** What happened after entry `afterId`, the oldest first. */
    after: (afterId: number, limit: number): readonly NumberedEntry[] =>
      database
        .all('SELECT * FROM history WHERE id > ? ORDER BY id LIMIT ?', afterId, limit)
        .map((row) => ({ ...entryOf(row), id: Number(row.id), fileId: Number(row.file_id) as FileId })),
  };
}

function entryOf(row: SqlRow): HistoryEntry {
  return {
    atMs: Number(row.at),
    to: row.to_state as State,
    ...(typeof row.from_state === 'string' && { from: row.from_state as State }),
    ...(typeof row.reason === 'string' && { reason: row.reason }),
  };
}

export type TallyTable = ReturnType<typeof tallyTable>;

export function tallyTable(database: Sqlite) {
  return {
    /** Counted files and their bytes by source and state. */
    all: (): readonly TallyEntry[] =>
      database.all('SELECT * FROM tally WHERE files > 0').map((row) => ({
        sourceId: Number(row.source_id) as SourceId,
        state: row.state as State,
        files: Number(row.files),
        bytes: Number(row.bytes),
      })),
  };
}

export type FactTable = ReturnType<typeof factTable>;

export function factTable(database: Sqlite) {
  return {
    get(name: string): string | undefined {
      const value = database.get('SELECT value FROM fact WHERE name = ?', name)?.value;
      return typeof value === 'string' ? value : undefined;
    },
    set: (name: string, value: string): void =>
      void database.run('INSERT INTO fact VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', name, value),
    forget: (name: string): void => void database.run('DELETE FROM fact WHERE name = ?', name),
  };
}
