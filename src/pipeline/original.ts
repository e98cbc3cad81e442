/** Reads one original back out of Immich, twice before an alarm, and says what came. Touches nothing. */
import type { SourceId } from '../domain/index.ts';
import { ImmichError } from '../immich/index.ts';
import type { Journal, StoredContent } from '../journal/index.ts';
import type { AccountInUse } from './step.ts';

export type Reading =
  | 'equal'
  /** Other bytes, or fewer. */
  | 'other bytes'
  /** Immich has it in its list, and gives nothing. */
  | 'unreadable'
  /** It is there no longer, or as another asset: the next look says what that means. */
  | 'elsewhere';

export type Original = Pick<StoredContent, 'sha1' | 'assetId'>;

/** @throws ImmichError when it says something of Immich, and nothing of this content */
export async function readOriginal(content: Original, { immich }: AccountInUse, signal: AbortSignal): Promise<Reading> {
  const attempt = async (): Promise<'equal' | 'other bytes' | 'nothing'> => {
    try {
      return (await immich.readBack(content.assetId, signal)).sha1 === content.sha1 ? 'equal' : 'other bytes';
    } catch (error) {
      if (error instanceof ImmichError && ofThisOne.has(error.kind)) return 'nothing';
      throw error;
    }
  };
  const first = await attempt();
  if (first === 'equal') return first;
  // One wrong answer may be the way, two are the store.
  const second = await attempt();
  if (second === 'equal') return second;
  const [presence] = await immich.checkPresence([content.sha1], signal);
  if (presence?.kind !== 'present' || presence.isTrashed || presence.assetId !== content.assetId) return 'elsewhere';
  return first === 'other bytes' || second === 'other bytes' ? 'other bytes' : 'unreadable';
}

/** A file that is missing on Immich's disk is a 404 or a 500, one that cannot be read to its end a broken connection. */
const ofThisOne: ReadonlySet<string> = new Set(['not found', 'busy', 'unclear']);

export interface WitnessQuestion {
  readonly account: AccountInUse;
  /** Whose originals are asked. */
  readonly sourceIds: readonly SourceId[];
  readonly journal: Pick<Journal, 'verified'>;
}

/**
 * Does Immich give back any other original than these? It tells one that is damaged from a disk that is away. Where there is no other to
 * bear witness, what was seen is believed.
 */
export async function isAnyOtherReadable(
  originals: readonly Original[],
  { account, sourceIds, journal }: WitnessQuestion,
  signal: AbortSignal,
): Promise<boolean> {
  const asked = new Set(originals.map(({ sha1 }) => sha1));
  const isWitness = (content: StoredContent): boolean =>
    !asked.has(content.sha1) && content.brokenAtMs === undefined && content.missingAtMs === undefined;
  const witness = journal.verified.page(account.id, sourceIds, '').find(isWitness);
  return witness === undefined || (await readOriginal(witness, account, signal)) !== 'unreadable';
}
