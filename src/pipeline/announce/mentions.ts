/** What is said of single files that need a word: lost, let go, not what was sent. Several in one sentence. */
import { isOver, tellLeftAlone, tellLetGo, tellLost, tellProofFailed, tellReplaced, tellShownAgain } from '../../domain/index.ts';
import { showPath } from '../../files/index.ts';
import type { Journal, Mention, Replaced } from '../../journal/index.ts';
import { assertNever } from '../../kernel/index.ts';
import type { Fresh } from '../news.ts';

/** All but what waits for something to be known. */
export type Told = (Mention & { readonly kind: Exclude<Mention['kind'], 'perhaps lost'> }) | Replaced;

export const isTold = (mention: Mention | Replaced): mention is Told => mention.kind !== 'perhaps lost';

/** How long more of the same are waited for. An alarm waits less. */
const gatherMs: Readonly<Record<Told['kind'], number>> = {
  lost: 60_000,
  replaced: 60_000,
  'left alone': 60_000,
  'let go': 60_000,
  'proof failed': 5_000,
  'shown again': 60_000,
};

export function dueAtMs({ kind, firstAtMs }: Told): number {
  return firstAtMs + gatherMs[kind];
}

export function isDue({ kind, firstAtMs }: Told, nowMs: number): boolean {
  return isOver({ sinceMs: firstAtMs, forMs: gatherMs[kind] }, nowMs);
}

export function newsOf(mention: Told, journal: Journal): Fresh {
  const source = journal.sources.byId(mention.sourceId).name;
  if (mention.kind === 'replaced') return newsOfReplaced(mention, journal, source);
  const tally = journal.mentions.kinds(mention);
  const names = journal.mentions.files(mention, 3).map((id) => showPath(journal.files.byId(id)?.name ?? Buffer.from('?')));
  const onNoDisk = journal.mentions.goneCount(mention);
  const facts = { source, count: mention.count, names, ...(onNoDisk > 0 && mention.kind !== 'lost' && { onNoDisk }) };
  switch (mention.kind) {
    case 'lost':
      return { kind: 'lost before safe', text: tellLost({ source, lost: tally, names }), facts };
    case 'left alone':
      return { kind: 'left alone', text: tellLeftAlone({ source, left: tally, reasons: reasonsOf(mention, journal) }), facts };
    case 'let go':
      return { kind: 'let go', text: tellLetGo({ source, removed: tally, onNoDisk }), facts };
    case 'proof failed':
      return { kind: 'proof failed', text: tellProofFailed({ source, names, total: mention.count, onNoDisk }), facts };
    case 'shown again':
      return { kind: 'shown again', text: tellShownAgain({ source, names, total: mention.count }), facts };
    default:
      return assertNever(mention);
  }
}

function newsOfReplaced({ sourceId, count }: Replaced, journal: Journal, source: string): Fresh {
  const { names, tally, isByPictures } = journal.earlier.about(sourceId);
  const shown = names.map((name) => showPath(name));
  return {
    kind: 'replaced before safe',
    text: tellReplaced({ source, replaced: tally, names: shown, isByPictures }),
    facts: { source, count, names: shown },
  };
}

// A folder's files share one reason; beyond so many of them there may be one folder more.
const mostLookedAt = 500;

function reasonsOf(mention: Mention, journal: Journal): readonly string[] {
  const reasons = journal.mentions.files(mention, mostLookedAt).flatMap((id) => journal.files.byId(id)?.reason ?? []);
  return [...new Set(reasons)];
}
