/** When a batch is closed and told, and what is said of it. */
import {
  type BatchNews,
  countedAs,
  inTrash,
  isAtRest,
  isOver,
  type Need,
  type State,
  stateNames,
  sum,
  type Tally,
  tellBacklogDone,
  tellBacklogFound,
  tellBacklogProgress,
  tellBatch,
} from '../../domain/index.ts';
import type { BatchRecord, Journal } from '../../journal/index.ts';
import { batchQuietMs } from '../batching.ts';
import type { Fresh } from '../news.ts';

const unfinished = stateNames.filter((state) => !isAtRest(state));

// A batch whose rest hangs is told all the same, with both numbers.
const longestSilenceMs = 3_600_000;
// A small backlog is done before anybody needs to hear that it was found.
const foundAfterMs = 60_000;
const progressEveryMs = 86_400_000;

export interface BatchVerdict {
  readonly close?: boolean;
  readonly isEnd?: boolean;
  readonly isProgress?: boolean;
  readonly news?: Fresh;
  /** When to look again, unless something happens before. */
  readonly nextAtMs?: number;
}

/**
 * @param isLastWord nothing more will arrive in this run: close it and tell it now
 * @param isGoing its source is worked on: of what stands still nobody says every day that it is on its way
 */
export function lookAtBatch(
  batch: BatchRecord,
  journal: Journal,
  { nowMs, isLastWord, isGoing }: { nowMs: number; isLastWord: boolean; isGoing: boolean },
): BatchVerdict {
  const quietAtMs = batch.lastAtMs + batchQuietMs;
  const isClosing =
    batch.closedAtMs === undefined &&
    (isLastWord || (batch.kind === 'fresh' && isOver({ sinceMs: batch.lastAtMs, forMs: batchQuietMs }, nowMs)));
  if (batch.closedAtMs === undefined && !isClosing) return batch.kind === 'fresh' ? { nextAtMs: quietAtMs } : {};
  const close = isClosing ? { close: true } : {};
  const closedAtMs = batch.closedAtMs ?? nowMs;
  const isUnfinished = journal.files.isAnyOfBatchIn(batch.id, unfinished);
  if (!isUnfinished || isLastWord) return { ...close, isEnd: true, ...endOf(batch, journal) };
  if (batch.kind === 'backlog' && !isGoing) return close;
  if (batch.kind === 'backlog') return { ...close, ...progressOf(batch, journal, { nowMs, closedAtMs }) };
  if (isOver({ sinceMs: closedAtMs, forMs: longestSilenceMs }, nowMs)) return { ...close, isEnd: true, ...endOf(batch, journal) };
  return { ...close, nextAtMs: closedAtMs + longestSilenceMs };
}

function progressOf(batch: BatchRecord, journal: Journal, { nowMs, closedAtMs }: { nowMs: number; closedAtMs: number }): BatchVerdict {
  const wait =
    batch.progressAtMs === undefined
      ? { sinceMs: closedAtMs, forMs: foundAfterMs }
      : { sinceMs: batch.progressAtMs, forMs: progressEveryMs };
  if (!isOver(wait, nowMs)) return { nextAtMs: wait.sinceMs + wait.forMs };
  const { source, safe, stored, found } = newsOf(batch, journal);
  const total = sum(found);
  const done = sum(safe) + sum(stored);
  const isFirst = batch.progressAtMs === undefined;
  const text = isFirst ? tellBacklogFound({ source, found }) : tellBacklogProgress({ source, done, total, isProven: sum(stored) === 0 });
  const kind = isFirst ? 'backlog found' : 'backlog progress';
  const news: Fresh = { kind, text, facts: { source, batch: batch.id, total, done } };
  return { isProgress: true, news, nextAtMs: nowMs + progressEveryMs };
}

/** Nothing is said of a batch in which nothing was wanted. */
function endOf(batch: BatchRecord, journal: Journal): Pick<BatchVerdict, 'news'> {
  const { found: _, ...news } = newsOf(batch, journal);
  if (sum(news.safe) + sum(news.stored) + news.waiting + news.needs.length === 0) return {};
  const text = batch.kind === 'backlog' ? tellBacklogDone(news) : tellBatch(news);
  const blocked = news.needs.reduce((total, { count }) => total + count, 0);
  const trashed = news.needs.find(({ reason }) => reason === inTrash)?.count ?? 0;
  const numbers = { safe: news.safe, stored: news.stored, waiting: news.waiting, blocked, ...(trashed > 0 && { trashed }) };
  const facts = { source: news.source, batch: batch.id, ...numbers };
  return { news: { kind: 'batch safe', text, facts } };
}

interface CountedNews extends BatchNews {
  /** All photos and videos of the batch that are wanted or not judged yet. */
  readonly found: Tally;
}

function newsOf(batch: BatchRecord, journal: Journal): CountedNews {
  const counts = journal.files.batchCounts(batch.id).filter(({ role, kind }) => role === 'main' && (kind === 'photo' || kind === 'video'));
  const tally = (fits: (state: State) => boolean): Tally => {
    const of = (wanted: string): number =>
      counts.reduce((total, { kind, state, count }) => total + (kind === wanted && fits(state) ? count : 0), 0);
    return { photos: of('photo'), videos: of('video') };
  };
  const needs: readonly Need[] = journal.files.batchNeeds(batch.id);
  return {
    source: journal.sources.byId(batch.sourceId).name,
    safe: tally((state) => countedAs(state) === 'safe'),
    stored: tally((state) => state === 'unproven' || state === 'kept'),
    waiting: sum(tally((state) => state === 'stored' || countedAs(state) === 'waiting' || countedAs(state) === 'unjudged')),
    needs,
    found: tally((state) => !['unwanted', 'gone', 'letGo'].includes(countedAs(state))),
  };
}
