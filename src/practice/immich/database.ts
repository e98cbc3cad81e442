/** The records of the practice Immich in SQLite: in a file they outlive a restart, in memory they serve a simulation. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { schema } from './schema.ts';

/** A row as the statement names it; the statement stands beside the type in the same file. */
export type Row = object;

export class RecordDatabase implements Disposable {
  readonly #sqlite: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @param location a file, created if it is not there, or `:memory:` */
  constructor(location: string) {
    this.#sqlite = new DatabaseSync(location);
    // A stand-in may forget its last second in a power cut, but not in a restart: the WAL outlives kill -9.
    this.#sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;');
    this.#sqlite.exec(schema);
    this.#sqlite.function('fold', { deterministic: true }, (value) => foldName(String(value)));
  }

  one<R extends Row>(sql: string, ...values: SQLInputValue[]): R | undefined {
    return this.#statement(sql).get(...values) as R | undefined;
  }

  all<R extends Row>(sql: string, ...values: SQLInputValue[]): R[] {
    return this.#statement(sql).all(...values) as unknown as R[];
  }

  /** @returns how many rows changed */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  /** All of it or nothing; the work is synchronous, so no other request comes between. */
  together<T>(work: () => T): T {
    this.#sqlite.exec('BEGIN');
    try {
      const result = work();
      this.#sqlite.exec('COMMIT');
      return result;
    } catch (error) {
      this.#sqlite.exec('ROLLBACK');
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    this.#sqlite.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#sqlite.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** Names are searched without regard to case and accents. */
export function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

/** `?, ?, ?` for a list of values. At most some hundred ids come in one call, so statements stay few. */
export function places(values: readonly unknown[]): string {
  return Array(values.length).fill('?').join(', ');
}
