/** The one place that knows node:sqlite: a connection, prepared statements kept by their text, and transactions. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type CrashPoints, noCrashPoints } from '../kernel/index.ts';
import { CommitPoints } from './commit-points.ts';
import { JournalTrouble, troubleOf } from './trouble.ts';

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
  /** Told of every trouble, whoever it was that asked and whatever they make of the error. The statement is over by then. */
  readonly onTrouble?: (trouble: JournalTrouble) => void;
  /** Where a test may end the process: around every commit. */
  readonly crashPoints?: CrashPoints;
}

/** Synchronous on purpose: a transaction cannot be interleaved with anything else this process does. */
export class Sqlite {
  readonly #path: string;
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #durability: SqliteOptions['durability'];
  readonly #onTrouble: (trouble: JournalTrouble) => void;
  readonly #commitPoints: CommitPoints | undefined;
  #isInTransaction = false;

  constructor(path: string, options: SqliteOptions) {
    const { durability, isReadOnly = false, waitMs = 5_000, isRollbackJournal = false } = options;
    const { onTrouble = () => undefined, crashPoints = noCrashPoints } = options;
    this.#path = path;
    this.#durability = durability;
    this.#onTrouble = onTrouble;
    if (crashPoints !== noCrashPoints) this.#commitPoints = new CommitPoints(crashPoints);
    this.#connection = new DatabaseSync(path, { readOnly: isReadOnly, timeout: waitMs });
    try {
      // 24 MB of cache: what is worked on at a time is small, and a home server's memory is not.
      this.#connection.exec('PRAGMA cache_size = -24576; PRAGMA foreign_keys = ON; PRAGMA temp_store = FILE;');
      if (isReadOnly || isRollbackJournal) return;
      this.#connection.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability};`);
    } catch (error) {
      this.#connection.close();
      throw error;
    }
  }

  /** A function of bytes for statements to call. */
  define(name: string, ofBytes: (bytes: Uint8Array) => Uint8Array): void {
    this.#connection.function(name, { deterministic: true }, (value) => (value instanceof Uint8Array ? ofBytes(value) : null));
  }

  /** Runs statements without parameters. */
  execute(sql: string): void {
    this.#inOwnersWords(() => this.#connection.exec(sql));
  }

  /** @returns how many rows were changed, and the id of the last one inserted */
  run(sql: string, ...values: readonly SqlValue[]): { readonly changes: number; readonly lastId: number } {
    const write = () => this.#prepare(sql).run(...values);
    const { changes, lastInsertRowid } = this.#inOwnersWords(() => (this.#isInTransaction ? write() : this.#commit(write)));
    return { changes: Number(changes), lastId: Number(lastInsertRowid) };
  }

  /** Integers come as bigint: nanoseconds and inodes do not fit a number. */
  get(sql: string, ...values: readonly SqlValue[]): SqlRow | undefined {
    return this.#inOwnersWords(() => this.#prepare(sql).get(...values));
  }

  all(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[] {
    return this.#inOwnersWords(() => this.#prepare(sql).all(...values));
  }

  /**
   * All of `work` or nothing of it. Nested calls join the outer transaction.
   * @param isDurable this commit, and with it every one before, is on the disk when the call returns
   */
  transaction<R>(work: () => R, isDurable = false): R {
    if (this.#isInTransaction) return work();
    return this.#inOwnersWords(() => {
      if (isDurable) this.#connection.exec('PRAGMA synchronous = FULL');
      try {
        this.#connection.exec('BEGIN IMMEDIATE');
        this.#isInTransaction = true;
        const result = work();
        this.#commit(() => this.#connection.exec('COMMIT'));
        return result;
      } catch (error) {
        if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
        throw error;
      } finally {
        this.#isInTransaction = false;
        if (isDurable) this.#connection.exec(`PRAGMA synchronous = ${this.#durability}`);
      }
    });
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #commit<R>(commit: () => R): R {
    return this.#commitPoints ? this.#commitPoints.around(commit) : commit();
  }

  /** A full or failing disk is no bug of ours: it is told in words, once the transaction that it struck is taken back. */
  #inOwnersWords<R>(ask: () => R): R {
    try {
      return ask();
    } catch (error) {
      const trouble = error instanceof JournalTrouble ? error : troubleOf(error, this.#path);
      if (trouble && !this.#isInTransaction) this.#onTrouble(trouble);
      throw trouble ?? error;
    }
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
