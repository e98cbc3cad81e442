/** The tables `account`, `source` and `folder`: where files come from and whose they are. */
import type { FolderId, SourceId, UserId } from '../domain/index.ts';
import type { Sqlite, SqlRow, SqlValue } from './sqlite.ts';

export interface AccountRecord {
  readonly id: number;
  readonly name: string;
  readonly userId: UserId;
}

export type SourceState = 'present' | 'away' | 'asking' | 'paused';

export interface SourceRecord {
  readonly id: SourceId;
  readonly name: string;
  readonly root: Buffer;
  readonly accountId?: number;
  readonly rules: string;
  readonly state: SourceState;
  readonly reason?: string;
  /** What the root stood on when files were last seen in it, as its reader wrote it. */
  readonly standsOn?: string;
  readonly sweeps: number;
  readonly sweptAtMs?: number;
  /** When the first whole sweep ended; until then everything found is backlog. */
  readonly backlogAtMs?: number;
  readonly runDueAtMs?: number;
}

export interface SourcePatch {
  readonly root?: Buffer;
  readonly accountId?: number;
  readonly rules?: string;
  readonly state?: SourceState;
  readonly reason?: string | undefined;
  readonly standsOn?: string;
  readonly sweeps?: number;
  readonly sweptAtMs?: number;
  readonly backlogAtMs?: number;
  readonly runDueAtMs?: number | undefined;
}

const columnNames: Readonly<Record<keyof SourcePatch, string>> = {
  root: 'root',
  accountId: 'account_id',
  rules: 'rules',
  state: 'state',
  reason: 'reason',
  standsOn: 'stands_on',
  sweeps: 'sweeps',
  sweptAtMs: 'swept_at',
  backlogAtMs: 'backlog_at',
  runDueAtMs: 'run_due_at',
};

const renameAccountSql = `
  UPDATE account SET name = ? WHERE id = (
    SELECT id FROM account WHERE user_id = ? AND name NOT IN (SELECT value FROM json_each(?)) ORDER BY since DESC, id DESC LIMIT 1)`;

export type SourceTable = ReturnType<typeof sourceTable>;

export function sourceTable(database: Sqlite) {
  return {
    all: (): readonly SourceRecord[] => database.all('SELECT * FROM source ORDER BY id').map(sourceOf),
    byId(id: SourceId): SourceRecord {
      const row = database.get('SELECT * FROM source WHERE id = ?', id);
      if (!row) throw new Error(`no source ${id} in the journal`);
      return sourceOf(row);
    },

    /** Those that go to this account, also when they are in the configuration no more. */
    idsOf: (accountId: number): readonly SourceId[] =>
      database.all('SELECT id FROM source WHERE account_id = ? ORDER BY id', accountId).map(({ id }) => Number(id) as SourceId),
    /** Asked every minute, and so without the rest of it. */
    standing(id: SourceId): Pick<SourceRecord, 'state' | 'standsOn'> {
      const row = database.get('SELECT state, stands_on FROM source WHERE id = ?', id);
      if (!row) throw new Error(`no source ${id} in the journal`);
      return { state: row.state as SourceState, ...(typeof row.stands_on === 'string' && { standsOn: row.stands_on }) };
    },
    stateOf: (id: SourceId): SourceState => (database.get('SELECT state FROM source WHERE id = ?', id)?.state ?? 'away') as SourceState,

    /** The source of this name, made known if it was not. */
    ensure(name: string, root: Buffer): SourceRecord {
      database.run('INSERT INTO source (name, root) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET root = excluded.root', name, root);
      return sourceOf(database.get('SELECT * FROM source WHERE name = ?', name) ?? {});
    },

    /**
     * A source that the owner gave another name is known by its folder: what is known of its files stays, also when two swap names.
     * @param configured all sources of the configuration. Call inside a transaction
     */
    noteRenames(configured: readonly { readonly name: string; readonly root: Buffer }[]): void {
      const known = database.all('SELECT * FROM source ORDER BY id').map(sourceOf);
      const renamed = configured.flatMap(({ name, root }) => {
        const same = known.filter((record) => record.root.equals(root));
        const [first] = same;
        return !first || same.some((record) => record.name === name) ? [] : [{ id: first.id, name }];
      });
      // Another folder had that name before: it gives it up, and is found again by its folder.
      const displaced = known.filter(({ id, name }) => renamed.some((one) => one.name === name) && !renamed.some((one) => one.id === id));
      const names = [...renamed, ...displaced.map(({ id, name }) => ({ id, name: `${name} (before, ${id})` }))];
      // Two steps, since names are unique at every moment.
      for (const { id } of names) database.run('UPDATE source SET name = ? WHERE id = ?', `\u0000${id}`, id);
      for (const { id, name } of names) database.run('UPDATE source SET name = ? WHERE id = ?', name, id);
    },

    update(id: SourceId, patch: SourcePatch): void {
      const columns = Object.entries(patch).map(([field, value]) => [columnNames[field as keyof SourcePatch], columnValue(value)] as const);
      const assignments = columns.map(([column]) => `${column} = ?`).join(', ');
      database.run(`UPDATE source SET ${assignments} WHERE id = ?`, ...columns.map(([, value]) => value), id);
    },

    /** The account row of this user under this name, made if it is new. */
    ensureAccount(name: string, userId: UserId, nowMs: number): AccountRecord {
      database.run('INSERT INTO account (name, user_id, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', name, userId, nowMs);
      const id = database.get('SELECT id FROM account WHERE name = ? AND user_id = ?', name, userId)?.id;
      return { id: Number(id), name, userId };
    },
    /** The user an account turned out to be when it was last asked. */
    latestAccount(name: string): AccountRecord | undefined {
      const row = database.get('SELECT * FROM account WHERE name = ? ORDER BY since DESC, id DESC LIMIT 1', name);
      return row && { id: Number(row.id), name, userId: row.user_id as UserId };
    },
    /** An account that the owner gave another name is known by its user: what is known of its contents and albums stays. */
    noteAccountRename(name: string, userId: UserId, inUse: readonly string[]): void {
      if (database.get('SELECT 1 FROM account WHERE name = ? AND user_id = ?', name, userId)) return;
      database.run(renameAccountSql, name, userId, JSON.stringify(inUse));
    },
    /** The account's name stands for this user from now on. */
    renewAccount: (id: number, nowMs: number): void =>
      void database.run('UPDATE account SET since = ? WHERE id = ?', Math.trunc(nowMs), id),
    account(id: number): AccountRecord | undefined {
      const row = database.get('SELECT * FROM account WHERE id = ?', id);
      return row && { id, name: String(row.name), userId: row.user_id as UserId };
    },

    /** The row of a folder, made if it is new. `path` is relative to the source's root. */
    ensureFolder(sourceId: SourceId, path: Buffer): FolderId {
      const known = database.get('SELECT id FROM folder WHERE source_id = ? AND path = ?', sourceId, path)?.id;
      if (known !== undefined) return Number(known) as FolderId;
      return database.run('INSERT INTO folder (source_id, path) VALUES (?, ?)', sourceId, path).lastId as FolderId;
    },
    findFolder(sourceId: SourceId, path: Buffer): FolderId | undefined {
      const id = database.get('SELECT id FROM folder WHERE source_id = ? AND path = ?', sourceId, path)?.id;
      return id === undefined ? undefined : (Number(id) as FolderId);
    },
    folderPath: (id: FolderId): Buffer => Buffer.from((database.get('SELECT path FROM folder WHERE id = ?', id)?.path ?? []) as Uint8Array),
    markFolderSwept: (id: FolderId, sweep: number): void => void database.run('UPDATE folder SET sweep = ? WHERE id = ?', sweep, id),
    isFolderSwept: (id: FolderId, sweep: number): boolean =>
      database.get('SELECT 1 FROM folder WHERE id = ? AND sweep = ?', id, sweep) !== undefined,
    /** Folders that the sweep did not come across, a page at a time in the order of ids. */
    unsweptFolders: (sourceId: SourceId, sweep: number, afterId: number): readonly FolderId[] =>
      database
        .all('SELECT id FROM folder WHERE source_id = ? AND sweep < ? AND id > ? ORDER BY id LIMIT 200', sourceId, sweep, afterId)
        .map((row) => Number(row.id) as FolderId),
  };
}

function columnValue(value: SourcePatch[keyof SourcePatch]): SqlValue {
  if (value === undefined) return null;
  return typeof value === 'number' ? Math.trunc(value) : value;
}

function sourceOf(row: SqlRow): SourceRecord {
  const optional = <Field extends string>(field: Field, column: string) =>
    (row[column] === null ? {} : { [field]: Number(row[column]) }) as { [F in Field]?: number };
  return {
    id: Number(row.id) as SourceId,
    name: String(row.name),
    root: Buffer.from(row.root as Uint8Array),
    rules: String(row.rules),
    state: row.state as SourceState,
    sweeps: Number(row.sweeps),
    ...(typeof row.reason === 'string' && { reason: row.reason }),
    ...(typeof row.stands_on === 'string' && { standsOn: row.stands_on }),
    ...optional('accountId', 'account_id'),
    ...optional('sweptAtMs', 'swept_at'),
    ...optional('backlogAtMs', 'backlog_at'),
    ...optional('runDueAtMs', 'run_due_at'),
  };
}
