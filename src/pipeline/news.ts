/** Puts news for the household into the outbox: once for each way it goes, in the transaction of what it tells. */
import type { NewsKind } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Ids } from '../kernel/index.ts';

/** A way that news go; see `tell:` in the configuration. */
export interface Hearer {
  readonly name: string;
  /** What is not wanted is never put into the outbox for it. */
  wants(news: Fresh): boolean;
}

export interface NewsDesk {
  readonly ids: Ids;
  readonly tellers: readonly Hearer[];
  /** There is something new in the outbox, or will be when the transaction has ended. */
  readonly onNews: () => void;
}

export interface Fresh {
  readonly kind: NewsKind;
  readonly text: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Call inside a transaction. */
export function putNews(
  journal: Pick<Journal, 'outbox'>,
  { ids, tellers, onNews }: NewsDesk,
  news: Fresh & { readonly nowMs: number },
): void {
  const { kind, text, facts, nowMs } = news;
  const hearers = tellers.filter((teller) => teller.wants({ kind, text, facts }));
  for (const { name } of hearers) journal.outbox.put({ id: ids.uuid(), teller: name, kind, text, facts, madeAtMs: nowMs });
  if (hearers.length > 0) onNews();
}
