/** The table `outbox`: news written with what they tell, and sent at least once with the same id and text. */
import type { Sqlite, SqlRow } from './sqlite.ts';

export interface News {
  readonly id: string;
  /** Which way it goes: a teller's name. */
  readonly teller: string;
  readonly kind: string;
  readonly text: string;
  /** The same for machines. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly madeAtMs: number;
  readonly tries: number;
}

/** News, and what became of them. */
export interface Posted extends News {
  /** Neither delivered nor given up. */
  readonly isWaiting: boolean;
}

export interface DueQuestion {
  readonly nowMs: number;
  /** What is due later than that from now is due as well: the clock was set back. */
  readonly longestWaitMs: number;
  readonly limit: number;
}

const dueForSql = 'SELECT * FROM outbox WHERE (due_at <= ? OR due_at > ?) AND teller = ? ORDER BY made_at, id LIMIT ?';

const alikeSql = 'SELECT * FROM outbox WHERE teller = ? AND made_at = ? AND kind = ? AND text = ? LIMIT 1';

export type OutboxTable = ReturnType<typeof outboxTable>;

export function outboxTable(database: Sqlite) {
  return {
    put(news: Omit<News, 'tries'>): void {
      database.run(
        'INSERT INTO outbox (id, teller, kind, text, facts, made_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        news.id,
        news.teller,
        news.kind,
        news.text,
        JSON.stringify(news.facts),
        Math.trunc(news.madeAtMs),
        Math.trunc(news.madeAtMs),
      );
    },
    /** News whose time has come, the oldest first. */
    due: (nowMs: number, limit: number): readonly News[] =>
      database.all('SELECT * FROM outbox WHERE due_at <= ? ORDER BY made_at, id LIMIT ?', Math.floor(nowMs), limit).map(newsOf),
    /** The same for one teller: a way that is slow must not hold up the others. */
    dueFor: (teller: string, { nowMs, longestWaitMs, limit }: DueQuestion): readonly News[] =>
      database.all(dueForSql, Math.floor(nowMs), Math.ceil(nowMs + longestWaitMs), teller, limit).map(newsOf),
    /** When the next is due, of one teller or of all. */
    nextDueAtMs(teller?: string): number | undefined {
      const due = database.get(
        'SELECT min(due_at) AS due FROM outbox WHERE due_at IS NOT NULL AND teller = coalesce(?, teller)',
        teller ?? null,
      )?.due;
      return typeof due === 'bigint' ? Number(due) : undefined;
    },
    markDelivered: (id: string, nowMs: number): void =>
      void database.run('UPDATE outbox SET delivered_at = ?, due_at = NULL, problem = NULL WHERE id = ?', Math.trunc(nowMs), id),
    /** Tries again at `dueAtMs`; undefined gives up. */
    markFailed: (id: string, problem: string, dueAtMs: number | undefined): void =>
      void database.run(
        'UPDATE outbox SET tries = tries + 1, problem = ?, due_at = ? WHERE id = ?',
        problem,
        dueAtMs === undefined ? null : Math.ceil(dueAtMs),
        id,
      ),
    /** Not to be told any more, for a reason that is no failure of a try. */
    letGo: (id: string, because: string): void =>
      void database.run('UPDATE outbox SET due_at = NULL, problem = ? WHERE id = ?', because, id),
    /** Waits on by the teller's own timing: no try was made. */
    postpone: (id: string, untilMs: number): void => void database.run('UPDATE outbox SET due_at = ? WHERE id = ?', Math.ceil(untilMs), id),
    /** All that waits for this teller may be tried now. */
    makeDue: (teller: string, nowMs: number): void =>
      void database.run(
        'UPDATE outbox SET due_at = ?1 WHERE due_at IS NOT NULL AND due_at > ?1 AND teller = ?2',
        Math.floor(nowMs),
        teller,
      ),
    /** The same news on another way; undefined: they were not put for it. */
    alike({ kind, text, madeAtMs }: Pick<News, 'kind' | 'text' | 'madeAtMs'>, teller: string): Posted | undefined {
      const row = database.get(alikeSql, teller, Math.trunc(madeAtMs), kind, text);
      return row && postedOf(row);
    },
    /** Told at once, whatever its teller gathers. */
    hurry: (id: string, nowMs: number): void =>
      void database.run(
        `UPDATE outbox SET due_at = ?, facts = json_set(facts, '$.isAtOnce', json('true')) WHERE id = ?`,
        Math.floor(nowMs),
        id,
      ),
    /** An order that somebody gave by a button under it. */
    noteOrder: (id: string, order: number): void =>
      void database.run(`UPDATE outbox SET facts = json_set(facts, '$.order', ?) WHERE id = ?`, order, id),
    /** Also long after it was delivered. */
    byId(id: string): Posted | undefined {
      const row = database.get('SELECT * FROM outbox WHERE id = ?', id);
      return row && postedOf(row);
    },
    /** What waits for a teller that is none of these any more is not tried again. */
    giveUpUnless: (tellers: readonly string[]): void =>
      void database.run(
        `UPDATE outbox SET due_at = NULL, problem = 'no longer configured'
         WHERE due_at IS NOT NULL AND teller NOT IN (SELECT value FROM json_each(?))`,
        JSON.stringify(tellers),
      ),
    /** Nobody waits for what was delivered or given up; a button under it may be pressed for some time. */
    forgetEnded: (madeBeforeMs: number): void =>
      void database.run('DELETE FROM outbox WHERE due_at IS NULL AND made_at < ?', Math.trunc(madeBeforeMs)),
    all: (): readonly News[] => database.all('SELECT * FROM outbox ORDER BY made_at, id').map(newsOf),
  };
}

function postedOf(row: SqlRow): Posted {
  return { ...newsOf(row), isWaiting: row.due_at !== null };
}

function newsOf(row: SqlRow): News {
  return {
    id: String(row.id),
    teller: String(row.teller),
    kind: String(row.kind),
    text: String(row.text),
    facts: JSON.parse(String(row.facts)) as Record<string, unknown>,
    madeAtMs: Number(row.made_at),
    tries: Number(row.tries),
  };
}
