/** What a listing filters by: SQL conditions with their values, in step. */

type Value = string | number | Uint8Array;

export class Conditions {
  readonly #clauses: string[] = [];
  readonly values: Value[] = [];

  add(sql: string, ...values: Value[]): void {
    this.#clauses.push(sql);
    this.values.push(...values);
  }

  /** For a filter that may not be given. */
  when<T>(value: T | undefined, sql: string, asValue: (value: T) => Value): void {
    if (value !== undefined) this.add(sql, asValue(value));
  }

  get sql(): string {
    return this.#clauses.join(' AND ');
  }
}
