/** What it means for a file that Immich has its bytes, has them in the trash, or has them no longer. Writes nothing. */
import { type AssetId, inTrash, isProofAsked, missingWithOthers, type Sha1 } from '../domain/index.ts';
import type { Presence } from '../immich/index.ts';
import type { ContentRecord, Journal } from '../journal/index.ts';
import { happened, type Outcome } from './outcome.ts';
import type { SourceInUse } from './step.ts';

/** What is to be done about a content, from what Immich says now and what is remembered of it. */
export type Standing =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  /** The owner wants it back from the trash. */
  | { readonly kind: 'restore'; readonly presence: Presence & { readonly kind: 'present' } }
  /** Immich has a damaged copy, and the owner said: send it again. Immich refuses bytes whose SHA-1 it has, so the damaged one must go first. */
  | { readonly kind: 'replace'; readonly assetId: AssetId };

export interface Question {
  readonly sha1: Sha1;
  readonly presence: Presence;
  readonly known: ContentRecord | undefined;
  readonly source: SourceInUse;
  readonly journal: Pick<Journal, 'sources'>;
}

export function standing({ sha1, presence, known, source, journal }: Question): Standing {
  const isKeepAsked = known?.isKeepAsked === true;
  const proof = source.config.proof;
  // Done once: from here on what happens to it in Immich is the owner's hand.
  const wasDone = known?.assetId !== undefined && (known.provenAtMs !== undefined || !isProofAsked(proof, sha1));
  const wasLetGo = known?.letGoAtMs !== undefined;
  const isDamaged = known?.brokenAtMs !== undefined;
  const isThere = presence.kind === 'present' && !presence.isTrashed;
  if (known?.askedAtMs !== undefined && !isThere) {
    // Asked about where the bytes came from; this may be a copy elsewhere.
    const { name } = known.sourceId === undefined ? source.config : journal.sources.byId(known.sourceId);
    return outcome(happened('blocked', { reason: missingWithOthers(name) }));
  }
  if (presence.kind === 'absent') {
    // That it is hidden, once it is there, is remembered before it is sent.
    const wasOnlyTried = known?.assetId === undefined && known?.shownBy === 'nobody' && !wasLetGo;
    if (!known || isKeepAsked || wasOnlyTried) return outcome(happened('absent'));
    if (wasLetGo && known.assetId === undefined) return letGo(sha1, 'the same bytes were let go before they were sent');
    if (wasLetGo || wasDone || isDamaged) return letGo(sha1, 'it was removed from Immich after it had been stored there');
    return outcome(happened('blocked', { reason: gone }));
  }
  const isDamagedOne = isDamaged && presence.assetId === known.assetId;
  if (isDamagedOne && isKeepAsked) return { kind: 'replace', assetId: presence.assetId };
  // Read once more it would be found damaged once more, and its owner asked what was answered.
  if (isDamagedOne && wasLetGo && isThere) return letGo(sha1, 'the owner let it go, damaged as it is in Immich');
  if (!presence.isTrashed) return outcome(stored(sha1, { presence, known, source }));
  if (isKeepAsked) return { kind: 'restore', presence };
  if (wasLetGo || wasDone || isDamaged) return letGo(sha1, "it was put into Immich's trash after it had been stored");
  const contents = known ? [] : [{ kind: 'met' as const, sha1 }];
  return outcome(happened('blocked', { reason: inTrash, learnt: { assetId: presence.assetId, contents } }));
}

/** Immich has the bytes and shows them. A proof of the same asset still stands. */
export function stored(
  sha1: Sha1,
  { presence, known, source }: Pick<Question, 'known' | 'source'> & { presence: Presence & { kind: 'present' } },
): Outcome {
  const { assetId } = presence;
  const isProven = known?.assetId === assetId && known.provenAtMs !== undefined;
  // What was found damaged is read again, whatever its source asks for.
  const isDamaged = known?.assetId === assetId && known.brokenAtMs !== undefined;
  const isAsked = isDamaged || isProofAsked(source.config.proof, sha1);
  const event = isProven ? 'storedAndProven' : isAsked ? 'stored' : 'storedUnasked';
  return happened(event, { learnt: { assetId, contents: [{ kind: 'stored', sha1, assetId }] } });
}

function letGo(sha1: Sha1, reason: string): Standing {
  return outcome(happened('letGo', { reason, learnt: { contents: [{ kind: 'let go', sha1 }] } }));
}

function outcome(of: Outcome): Standing {
  return { kind: 'outcome', outcome: of };
}

const gone =
  'Immich had it and has it no longer, before it was proven: `homeroll keep FILE` sends it again, `homeroll let-go FILE` lets it go';
