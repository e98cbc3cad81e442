/** What is really so: read straight out of Immich's records and out of the journal, past everything that could tell it wrongly. */
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { albumMarker, markerLine, type State, type UserId } from '../../src/domain/index.ts';
import type { Source } from './volumes.ts';

export interface AssetRow {
  readonly id: string;
  readonly ownerId: string;
  readonly sha1: string;
  readonly isTrashed: boolean;
  readonly visibility: string;
  readonly liveVideoId: string | null;
}

export interface AlbumRow {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly description: string;
  readonly members: ReadonlySet<string>;
}

/** The line in the description of the album that is planned by this name, or by this key. */
export function markerOf(ownerId: string, name: string): string {
  return markerLine(albumMarker(ownerId as UserId, name));
}

/** The owner may rename it; the marker stays. */
export function isPlannedBy({ description, ownerId }: Pick<AlbumRow, 'description' | 'ownerId'>, name: string): boolean {
  return description.includes(markerOf(ownerId, name));
}

export interface JournalRow {
  readonly id: number;
  readonly source: Source;
  /** Absolute, one character for each byte. */
  readonly path: string;
  readonly kind: string;
  readonly role: string;
  readonly state: State;
  readonly reason: string | null;
  readonly sha1: string | null;
  readonly assetId: string | null;
  readonly sizeBytes: number;
  readonly batchId: number | null;
  readonly stem: string;
}

const assetsSql = `SELECT id, owner_id AS ownerId, lower(hex(checksum)) AS sha1, trashed_at IS NOT NULL AS isTrashed, visibility,
  live_video_id AS liveVideoId FROM asset ORDER BY seq`;
const albumsSql = 'SELECT id, owner_id AS ownerId, name, description FROM album ORDER BY seq';
const membersSql = 'SELECT album_id AS album, asset_id AS asset FROM album_asset';
const rowsSql = `SELECT file.id, source.name AS source, source.root, folder.path AS folder, file.name, file.stem, file.kind, file.role,
  file.state, file.reason, lower(hex(file.sha1)) AS sha1, file.asset_id AS assetId, file.size AS sizeBytes, file.batch_id AS batchId
  FROM file JOIN folder ON folder.id = folder_id JOIN source ON source.id = file.source_id ORDER BY file.id`;

/** A database that others write; what was read of it is read again only when something changed. */
class Watched {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #kept = new Map<string, unknown>();
  #version: unknown;

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { readOnly: true });
  }

  all<T>(sql: string, ...values: readonly (string | number)[]): T[] {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement.all(...values) as unknown as T[];
  }

  kept<T>(name: string, read: () => T): T {
    const version = this.all<{ data_version: number }>('PRAGMA data_version')[0]?.data_version;
    if (version !== this.#version) this.#kept.clear();
    this.#version = version;
    if (!this.#kept.has(name)) this.#kept.set(name, read());
    return this.#kept.get(name) as T;
  }

  close(): void {
    this.#database.close();
  }
}

export class Truth {
  readonly #immich: Watched;
  readonly #journal: Watched;

  constructor(folder: string) {
    this.#immich = new Watched(join(folder, 'immich.sqlite'));
    this.#journal = new Watched(join(folder, 'journal.sqlite'));
  }

  assets(): readonly AssetRow[] {
    return this.#immich.kept('assets', () =>
      this.#immich.all<AssetRow>(assetsSql).map((row) => ({ ...row, isTrashed: Boolean(row.isTrashed) })),
    );
  }

  asset(id: string | null): AssetRow | undefined {
    const byId = this.#immich.kept('assets by id', () => new Map(this.assets().map((asset) => [asset.id, asset])));
    return id === null ? undefined : byId.get(id);
  }

  /** What a user's library holds of these bytes: once, or in the trash, or not at all. */
  assetOf(ownerId: string, sha1: string): AssetRow | undefined {
    const byContent = this.#immich.kept(
      'assets by content',
      () => new Map(this.assets().map((asset) => [`${asset.ownerId} ${asset.sha1}`, asset])),
    );
    return byContent.get(`${ownerId} ${sha1}`);
  }

  albums(): readonly AlbumRow[] {
    return this.#immich.kept('albums', () => {
      const members = new Map<string, Set<string>>();
      for (const { album, asset } of this.#immich.all<{ album: string; asset: string }>(membersSql)) {
        members.set(album, (members.get(album) ?? new Set()).add(asset));
      }
      return this.#immich.all<Omit<AlbumRow, 'members'>>(albumsSql).map((row) => ({ ...row, members: members.get(row.id) ?? new Set() }));
    });
  }

  rows(): readonly JournalRow[] {
    return this.#journal.kept('rows', () => this.#journal.all<RawRow>(rowsSql).map(rowOf));
  }

  rowAt(path: string): JournalRow | undefined {
    return this.#journal.kept('rows by path', () => new Map(this.rows().map((row) => [row.path, row]))).get(path);
  }

  /** True when Homeroll knows these bytes in this user's library; what others have is another matter. */
  isMet(ownerId: string, sha1: string): boolean {
    // What is only remembered to be sent hidden may not be there yet.
    const sql = `SELECT 1 FROM content JOIN account ON account.id = account_id
      WHERE user_id = ? AND lower(hex(sha1)) = ? AND NOT (asset_id = '' AND let_go_at IS NULL AND shown_by IS NOT NULL)`;
    return this.ask(sql, ownerId, sha1).length > 0;
  }

  isLetGo(ownerId: string, sha1: string): boolean {
    const sql = `SELECT 1 FROM content JOIN account ON account.id = account_id
      WHERE user_id = ? AND lower(hex(sha1)) = ? AND let_go_at IS NOT NULL`;
    return this.ask(sql, ownerId, sha1).length > 0;
  }

  /** Anything else that the journal holds. */
  ask<T>(sql: string, ...values: readonly (string | number)[]): readonly T[] {
    return this.#journal.all<T>(sql, ...values);
  }

  close(): void {
    this.#immich.close();
    this.#journal.close();
  }
}

interface RawRow extends Omit<JournalRow, 'path' | 'stem'> {
  readonly root: Uint8Array;
  readonly folder: Uint8Array;
  readonly name: Uint8Array;
  readonly stem: Uint8Array;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

function rowOf({ root, folder, name, stem, sha1, ...row }: RawRow): JournalRow {
  const path = [text(root), text(folder), text(name)].filter(Boolean).join('/');
  return { ...row, path, stem: `${text(root)}/${text(folder)}/${text(stem)}`, sha1: sha1 || null };
}
