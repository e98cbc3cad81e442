/** Turns rows of the table `file` into records and back: the border between SQL's words and ours. */
import type {
  AssetId,
  DateOrigin,
  FileId,
  FileRecord,
  FolderId,
  Kind,
  MediaNotes,
  Role,
  Sha1,
  SourceId,
  State,
  TakenAt,
} from '../domain/index.ts';
import type { SqlRow, SqlValue } from './sqlite.ts';

/** Column names beside the fields that fill them. A patch names only what changes. */
export interface FilePatch {
  readonly folderId?: FolderId;
  readonly name?: Buffer;
  readonly stem?: Buffer;
  readonly kind?: Kind;
  readonly role?: Role;
  readonly stat?: FileRecord['stat'];
  readonly seenAtMs?: number;
  readonly state?: State;
  readonly reason?: string | undefined;
  readonly sha1?: Sha1 | undefined;
  readonly assetId?: AssetId | undefined;
  readonly notes?: MediaNotes;
  readonly rank?: number;
  readonly isReady?: boolean;
  readonly dueAtMs?: number | undefined;
  readonly tries?: number;
  readonly batchId?: number;
  readonly missingSweep?: number | undefined;
}

/** The columns and values that a patch sets, in a steady order so that statements are reused. */
export function columnsOf(patch: FilePatch): readonly (readonly [column: string, value: SqlValue])[] {
  const columns: (readonly [string, SqlValue])[] = [];
  const set = (column: string, value: SqlValue | undefined): void => void columns.push([column, value ?? null]);
  if (patch.folderId !== undefined) set('folder_id', patch.folderId);
  if (patch.name) set('name', patch.name);
  if (patch.stem) set('stem', patch.stem);
  if (patch.kind) set('kind', patch.kind);
  if (patch.role) set('role', patch.role);
  if (patch.stat) {
    set('size', patch.stat.sizeBytes);
    set('mtime_ns', patch.stat.mtimeNs);
    set('ctime_ns', patch.stat.ctimeNs);
    set('birth_ns', patch.stat.birthtimeNs);
    set('device', signed(patch.stat.device));
    set('inode', signed(patch.stat.inode));
  }
  if (patch.seenAtMs !== undefined) set('seen_at', Math.trunc(patch.seenAtMs));
  if (patch.state) set('state', patch.state);
  if ('reason' in patch) set('reason', patch.reason);
  if ('sha1' in patch) set('sha1', patch.sha1 === undefined ? null : Buffer.from(patch.sha1, 'hex'));
  if ('assetId' in patch) set('asset_id', patch.assetId);
  if (patch.notes) {
    set('taken_local', patch.notes.taken?.local);
    set('taken_at', patch.notes.taken && Math.trunc(patch.notes.taken.epochMs));
    set('taken_from', patch.notes.taken?.from);
    set('clock_by', patch.notes.taken?.correctedBy);
    set('clock_else', patch.notes.taken?.elseShown);
    set('clock_unread', patch.notes.taken?.isUnread ? 1 : 0);
    set('clock_sent', patch.notes.taken?.isSentAlong ? 1 : 0);
    set('camera', patch.notes.camera);
    set('content_mark', patch.notes.contentIdentifier);
    set('film_mark', patch.notes.filmMark);
    set('duration_ms', patch.notes.durationMs === undefined ? undefined : Math.round(patch.notes.durationMs));
  }
  if (patch.rank !== undefined) set('rank', patch.rank);
  if (patch.isReady !== undefined) set('ready', patch.isReady ? 1 : 0);
  if ('dueAtMs' in patch) set('due_at', patch.dueAtMs === undefined ? null : Math.ceil(patch.dueAtMs));
  if (patch.tries !== undefined) set('tries', patch.tries);
  if (patch.batchId !== undefined) set('batch_id', patch.batchId);
  if ('missingSweep' in patch) set('missing_sweep', patch.missingSweep);
  return columns;
}

/** SQLite has signed integers only; devices and inodes use all 64 bits. */
export function signed(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

export function recordOf(row: SqlRow): FileRecord {
  const text = (column: string): string | undefined => (typeof row[column] === 'string' ? row[column] : undefined);
  const integer = (column: string): bigint => row[column] as bigint;
  const optional = (column: string): number | undefined => (row[column] === null ? undefined : Number(row[column]));
  const bytes = (column: string): Buffer => Buffer.from(row[column] as Uint8Array);
  const sha1 = row.sha1 === null ? undefined : (bytes('sha1').toString('hex') as Sha1);
  const [reason, assetId, dueAtMs, batchId] = [
    text('reason'),
    text('asset_id') as AssetId | undefined,
    optional('due_at'),
    optional('batch_id'),
  ];
  return {
    id: Number(row.id) as FileId,
    sourceId: Number(row.source_id) as SourceId,
    folderId: Number(row.folder_id) as FolderId,
    name: bytes('name'),
    stem: bytes('stem'),
    kind: row.kind as Kind,
    role: row.role as Role,
    stat: {
      sizeBytes: Number(row.size),
      mtimeNs: integer('mtime_ns'),
      ctimeNs: integer('ctime_ns'),
      birthtimeNs: integer('birth_ns'),
      device: BigInt.asUintN(64, integer('device')),
      inode: BigInt.asUintN(64, integer('inode')),
    },
    seenAtMs: Number(row.seen_at),
    state: row.state as State,
    notes: notesOf(row),
    rank: Number(row.rank),
    isReady: row.ready === 1n,
    tries: Number(row.tries),
    revision: Number(row.revision),
    ...(reason !== undefined && { reason }),
    ...(sha1 !== undefined && { sha1 }),
    ...(assetId !== undefined && { assetId }),
    ...(dueAtMs !== undefined && { dueAtMs }),
    ...(batchId !== undefined && { batchId }),
  };
}

function notesOf(row: SqlRow): MediaNotes {
  const { camera, content_mark: mark, duration_ms: duration, film_mark: film } = row;
  const taken = takenOf(row);
  return {
    ...(taken && { taken }),
    ...(typeof camera === 'string' && { camera }),
    ...(typeof mark === 'string' && { contentIdentifier: mark }),
    ...(typeof film === 'string' && { filmMark: film }),
    ...(typeof duration === 'bigint' && { durationMs: Number(duration) }),
  };
}

function takenOf(row: SqlRow): TakenAt | undefined {
  const { taken_local: local, taken_at: at, taken_from: from, clock_by: by, clock_else: elseShown } = row;
  if (typeof local !== 'string') return undefined;
  return {
    local,
    epochMs: Number(at),
    from: from as DateOrigin,
    ...(typeof by === 'string' && { correctedBy: by }),
    ...(typeof elseShown === 'string' && { elseShown }),
    ...(row.clock_unread === 1n && { isUnread: true }),
    ...(row.clock_sent === 1n && { isSentAlong: true }),
  };
}
