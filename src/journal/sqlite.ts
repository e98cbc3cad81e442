/** The one place that knows node:sqlite: a connection, prepared statements kept by their text, and transactions. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { OwnerError } from '../kernel/index.ts';

export type SqlValue = SQLInputValue;
export type SqlRow = Readonly<Record<string, unknown>>;

export interface SqliteOptions {
  /**
   * `NORMAL`: every commit survives kill -9; what a power cut may take back is work that is then simply done again, until
   * the next durable transaction, which takes all before it along. `OFF` is for simulations and locks.
   */
  readonly durability: 'NORMAL' | 'OFF';
  readonly isReadOnly?: boolean;
  /** How long to wait for another connection's lock; 5 s unless told. */
  readonly waitMs?: number;
  /** A lock database needs the old journal: in WAL mode an exclusive lock does not keep readers out. */
  readonly isRollbackJournal?: boolean;
}

/** Synchronous on purpose: a transaction cannot be interleaved with anything else this process does. */
export class Sqlite {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #durability: SqliteOptions['durability'];
  #isInTransaction = false;

  constructor(path: string, { durability, isReadOnly = false, waitMs = 5_000, isRollbackJournal = false }: SqliteOptions) {
    this.#durability = durability;
    this.#connection = new DatabaseSync(path, { readOnly: isReadOnly, timeout: waitMs });
    // 24 MB of cache: what is worked on at a time is small, and a home server's memory is not.
    this.#connection.exec('PRAGMA cache_size = -24576; PRAGMA foreign_keys = ON; PRAGMA temp_store = FILE;');
    if (isReadOnly || isRollbackJournal) return;
    this.#connection.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability};`);
  }

  /** Runs statements without parameters. */
  execute(sql: string): void {
    this.#connection.exec(sql);
  }

  /** @returns how many rows were changed, and the id of the last one inserted */
  run(sql: string, ...values: readonly SqlValue[]): { readonly changes: number; readonly lastId: number } {
    try {
      const { changes, lastInsertRowid } = this.#prepare(sql).run(...values);
      return { changes: Number(changes), lastId: Number(lastInsertRowid) };
    } catch (error) {
      throw inOwnersWords(error);
    }
  }

  /** Integers come as bigint: nanoseconds and inodes do not fit a number. */
  get(sql: string, ...values: readonly SqlValue[]): SqlRow | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[] {
    return this.#prepare(sql).all(...values);
  }

  /**
   * All of `work` or nothing of it. Nested calls join the outer transaction.
   * @param isDurable this commit, and with it every one before, is on the disk when the call returns
   */
  transaction<R>(work: () => R, isDurable = false): R {
    if (this.#isInTransaction) return work();
    if (isDurable) this.#connection.exec('PRAGMA synchronous = FULL');
    this.#connection.exec('BEGIN IMMEDIATE');
    this.#isInTransaction = true;
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw inOwnersWords(error);
    } finally {
      this.#isInTransaction = false;
      if (isDurable) this.#connection.exec(`PRAGMA synchronous = ${this.#durability}`);
    }
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#connection.prepare(sql);
    statement.setReadBigInts(true);
    this.#statements.set(sql, statement);
    return statement;
  }
}

// SQLITE_FULL
const diskIsFull = 13;

/** A full disk is no bug of ours: nothing is lost by it, and a person can mend it. */
function inOwnersWords(error: unknown): unknown {
  const isFull = error instanceof Error && 'errcode' in error && error.errcode === diskIsFull;
  if (!isFull) return error;
  const sentence = "The disk that holds Homeroll's state folder is full. Make room there and start it again; it goes on where it was.";
  return new OwnerError('journal disk full', sentence, { cause: error });
}
