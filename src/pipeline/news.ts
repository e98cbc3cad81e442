/** Puts news for the household into the outbox: once for each way it goes, in the transaction of what it tells. */
import type { Journal } from '../journal/index.ts';
import type { Ids } from '../kernel/index.ts';

export interface NewsDesk {
  readonly ids: Ids;
  /** The ways news go, by name; see `tell:` in the configuration. */
  readonly tellers: readonly string[];
}

export interface Fresh {
  readonly kind: string;
  readonly text: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Call inside a transaction. */
export function putNews(journal: Pick<Journal, 'outbox'>, { ids, tellers }: NewsDesk, news: Fresh & { readonly nowMs: number }): void {
  const { kind, text, facts, nowMs } = news;
  for (const teller of tellers) journal.outbox.put({ id: ids.uuid(), teller, kind, text, facts, madeAtMs: nowMs });
}
