/** Parts a film from the photo that it was hidden behind by mistake, as far as nobody did so or decided otherwise meanwhile. */
import { type FileRecord, leftBecause } from '../../domain/index.ts';
import type { Journal } from '../../journal/index.ts';
import { type LibraryParts, lookAtStill } from '../library.ts';

export interface PartingParts extends LibraryParts {
  readonly journal: Pick<Journal, 'files' | 'contents' | 'strangers'>;
}

export type Parting = { readonly kind: 'parted' } | { readonly kind: 'left'; readonly because: string };

/** @returns undefined when there is nothing to part. May run again after a crash at any line: it looks before it writes. */
export async function partStranger({ sha1, assetId }: FileRecord, parts: PartingParts): Promise<Parting | undefined> {
  const { journal, account, signal } = parts;
  const stranger = sha1 && journal.strangers.find(account.id, sha1);
  if (!stranger || !assetId || stranger.state !== 'parting') return undefined;
  const still = await lookAtStill(stranger.stillId, parts);
  // Put away together, both stay where their owner put them.
  if (still.kind !== 'seen') return { kind: 'left', because: leftBecause.putAway };
  // Else the two would be taken for parted by their owner, and the film would stay away from a still that is its own.
  journal.contents.markShown(account.id, sha1, undefined);
  if (still.videoId === assetId) await account.immich.unlinkMotion(stranger.stillId, signal);
  return { kind: 'parted' };
}
