/** The table `orders`: what people ask of a Homeroll, whether or not it runs at that moment. */
import type { Sqlite } from './sqlite.ts';

export type OrderKind = 'pause' | 'resume' | 'retry' | 'keep' | 'let go' | 'sweep' | 'verify' | 'proof' | 'strangers';

export interface Order {
  readonly id: number;
  readonly kind: OrderKind;
  /** A path (base64 of its bytes), a source's name, what to verify or which proof, by kind. `keep` and `let go` take a path, or `source ` and a name. */
  readonly subject?: string;
}

export type OrderTable = ReturnType<typeof orderTable>;

export function orderTable(database: Sqlite) {
  return {
    give: (kind: OrderKind, subject: string | undefined, nowMs: number): number =>
      database.run('INSERT INTO orders (at, kind, subject) VALUES (?, ?, ?)', Math.trunc(nowMs), kind, subject ?? null).lastId,
    waiting: (): readonly Order[] =>
      database.all('SELECT * FROM orders WHERE taken_at IS NULL ORDER BY id').map((row) => ({
        id: Number(row.id),
        kind: row.kind as OrderKind,
        ...(typeof row.subject === 'string' && { subject: row.subject }),
      })),
    take: (id: number, answer: string, nowMs: number): void =>
      void database.run('UPDATE orders SET taken_at = ?, answer = ? WHERE id = ?', Math.trunc(nowMs), answer, id),
    /** What was done about an order; undefined while nobody took it. */
    answer(id: number): string | undefined {
      const answer = database.get('SELECT answer FROM orders WHERE id = ?', id)?.answer;
      return typeof answer === 'string' ? answer : undefined;
    },
  };
}
