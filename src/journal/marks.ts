/** The table `mark`: what marks in folders leave alone, and which of them wait for their owner's yes. */
import type { SourceId } from '../domain/index.ts';
import type { Sqlite, SqlRow } from './sqlite.ts';

export interface MarkPlace {
  readonly sourceId: SourceId;
  /** Relative to the source's root. */
  readonly folder: Buffer;
  readonly kind: 'nomedia' | 'patterns';
}

export interface MarkRecord extends MarkPlace {
  /** The content that counts, one character for each byte. */
  readonly counts?: string;
  /** The content that lies there and does not count: its owner is asked, or said no. */
  readonly offered?: string;
  readonly askedAtMs?: number;
  readonly question?: string;
  /** Of the file as it was last read, as its reader wrote it. */
  readonly stat?: string;
  readonly problem?: string;
}

export type MarkTable = ReturnType<typeof markTable>;

// Far more than a phone has. Beyond them a mark's folder is walked, and what is in it is left alone all the same once it is judged.
const mostThatCount = 5_000;

export function markTable(database: Sqlite) {
  /** Asked for each file; changed by hand of the owner only. Other processes give orders, and write nothing here. */
  const remembered = new Map<SourceId, readonly MarkRecord[]>();
  return {
    find({ sourceId, folder, kind }: MarkPlace): MarkRecord | undefined {
      const row = database.get('SELECT * FROM mark WHERE source_id = ? AND folder = ? AND kind = ?', sourceId, folder, kind);
      return row && recordOf(row);
    },
    put({ sourceId, folder, kind, counts, offered, askedAtMs, question, stat, problem }: MarkRecord): void {
      remembered.delete(sourceId);
      const sql =
        'INSERT OR REPLACE INTO mark (source_id, folder, kind, counts, offered, asked_at, question, stat, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
      const asked = askedAtMs === undefined ? null : Math.trunc(askedAtMs);
      database.run(sql, sourceId, folder, kind, counts ?? null, offered ?? null, asked, question ?? null, stat ?? null, problem ?? null);
    },
    remove({ sourceId, folder, kind }: MarkPlace): void {
      remembered.delete(sourceId);
      database.run('DELETE FROM mark WHERE source_id = ? AND folder = ? AND kind = ?', sourceId, folder, kind);
    },
    /** Those that count now, in the order of their folders. */
    thatCount(sourceId: SourceId): readonly MarkRecord[] {
      const sql = 'SELECT * FROM mark WHERE source_id = ? AND counts IS NOT NULL ORDER BY folder LIMIT ?';
      const marks = remembered.get(sourceId) ?? database.all(sql, sourceId, mostThatCount).map(recordOf);
      remembered.set(sourceId, marks);
      return marks;
    },
    /** In what state each of a folder is; most folders have none. */
    isAnyIn: (sourceId: SourceId): boolean => database.get('SELECT 1 FROM mark WHERE source_id = ? LIMIT 1', sourceId) !== undefined,
    /** Those that their owner must answer about, or that cannot be read; the first few. */
    inQuestion: (sourceId: SourceId, limit: number): readonly MarkRecord[] =>
      database
        .all(
          'SELECT * FROM mark WHERE source_id = ? AND (asked_at IS NOT NULL OR problem IS NOT NULL) ORDER BY folder LIMIT ?',
          sourceId,
          limit,
        )
        .map(recordOf),
  };
}

function recordOf(row: SqlRow): MarkRecord {
  const text = <Field extends string>(field: Field) =>
    (typeof row[field] === 'string' ? { [field]: row[field] } : {}) as { [F in Field]?: string };
  return {
    sourceId: Number(row.source_id) as SourceId,
    folder: Buffer.from(row.folder as Uint8Array),
    kind: row.kind as MarkRecord['kind'],
    ...text('counts'),
    ...text('offered'),
    ...text('question'),
    ...text('stat'),
    ...text('problem'),
    ...(row.asked_at !== null && { askedAtMs: Number(row.asked_at) }),
  };
}
