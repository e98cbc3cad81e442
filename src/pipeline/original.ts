/** Reads one original back out of Immich, twice before an alarm, and says what came. Touches nothing. */
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

type Answer = Exclude<Reading, 'elsewhere'>;

/** @throws ImmichError when it says something of Immich, and nothing of this content */
export async function readOriginal(original: Original, account: AccountInUse, signal: AbortSignal): Promise<Reading> {
  const isThere = async (): Promise<boolean> => {
    const [presence] = await account.immich.checkPresence([original.sha1], signal);
    return presence?.kind === 'present' && !presence.isTrashed && presence.assetId === original.assetId;
  };
  const first = await readOnce(original, account, signal);
  if (first === 'equal') return first;
  // Nobody asks again for what is there no longer.
  if (!(await isThere())) return 'elsewhere';
  const second = await readOnce(original, account, signal);
  if (second === 'equal') return second;
  return (await isThere()) ? both(first, second) : 'elsewhere';
}

/** The same, wherever it is: one wrong answer may be the way, two are the store. */
export async function readTwice(original: Original, account: AccountInUse, signal: AbortSignal): Promise<Answer> {
  const first = await readOnce(original, account, signal);
  return first === 'equal' ? first : both(first, await readOnce(original, account, signal));
}

async function readOnce({ assetId, sha1 }: Original, { immich }: AccountInUse, signal: AbortSignal): Promise<Answer> {
  try {
    return (await immich.readBack(assetId, signal)).sha1 === sha1 ? 'equal' : 'other bytes';
  } catch (error) {
    if (error instanceof ImmichError && ofThisOne.has(error.kind)) return 'unreadable';
    throw error;
  }
}

/** Other bytes say more than none. */
const both = (first: Answer, second: Answer): Answer => (second === 'unreadable' ? first : second);

/** A file that is missing on Immich's disk is a 404 or a 500, one that cannot be read to its end a broken connection. */
const ofThisOne: ReadonlySet<string> = new Set(['not found', 'busy', 'unclear']);

/**
 * Does Immich give back any other original of the account than these? It tells one that is damaged from a disk that is away. Where there is
 * no other to bear witness, what was seen is believed.
 */
export async function isAnyOtherReadable(
  originals: readonly Original[],
  { account, journal }: { readonly account: AccountInUse; readonly journal: Pick<Journal, 'verified' | 'sources'> },
  signal: AbortSignal,
): Promise<boolean> {
  const asked = new Set(originals.map(({ sha1 }) => sha1));
  const isWitness = (content: StoredContent): boolean =>
    !asked.has(content.sha1) && content.brokenAtMs === undefined && content.missingAtMs === undefined;
  for (const witness of journal.verified.page(account.id, journal.sources.idsOf(account.id), '').filter(isWitness)) {
    const reading = await readOriginal(witness, account, signal);
    // One that was removed meanwhile says nothing of the disk.
    if (reading !== 'elsewhere') return reading !== 'unreadable';
  }
  return true;
}
