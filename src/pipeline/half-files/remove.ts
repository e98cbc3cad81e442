/**
 * Moves the beginning of a file to Immich's trash, once the whole file is proven, and only if nobody touched the beginning in Immich.
 * Never past the trash. May run again after a crash at any line.
 */
import { halfStaysBecause as because, type FileRecord, mayNotRemoveHalf } from '../../domain/index.ts';
import { ImmichError, type Presence } from '../../immich/index.ts';
import type { HalfFileRecord, Journal } from '../../journal/index.ts';
import type { Clock, CrashPoints } from '../../kernel/index.ts';
import type { AccountInUse } from '../step.ts';
import { touchOf } from './touched.ts';

export interface RemoveParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly crashPoints: CrashPoints;
}

export interface Half {
  readonly half: HalfFileRecord;
  /** As it is now. */
  readonly file: FileRecord;
  readonly account: AccountInUse;
}

/**
 * Of a removal that was begun by a life that ended: whether it came to pass. What lies in the trash by our hand must not be taken for its
 * owner's. @throws ImmichError when that can only be known later
 */
export async function finishRemoval(one: Half, parts: RemoveParts, signal: AbortSignal): Promise<boolean> {
  const { half, account } = one;
  const [presence] = await account.immich.checkPresence([half.sha1], signal);
  const isRemoved = presence?.kind === 'present' && presence.isTrashed && presence.assetId === half.assetId;
  if (isRemoved) noteRemoved(one, parts);
  else parts.journal.halfFiles.mark(half.id, 'grown');
  return isRemoved;
}

/** Notes what became of it. @throws ImmichError when that can only be known later */
export async function removeHalf(one: Half, parts: RemoveParts, signal: AbortSignal): Promise<void> {
  const { journal } = parts;
  const reason = whyNotByUs(one, journal) ?? (await whyNotByImmich(one, journal, signal));
  if (reason !== undefined) {
    journal.halfFiles.mark(one.half.id, 'stays', reason);
    return;
  }
  const { half, account } = one;
  // First: see finishRemoval.
  journal.durably(() => journal.halfFiles.mark(half.id, 'removing'));
  parts.crashPoints.reach('half file to be removed');
  await account.immich.moveToTrash(half.assetId, signal);
  parts.crashPoints.reach('half file removed');
  noteRemoved(one, parts);
}

function noteRemoved({ half, file }: Half, { journal, clock }: RemoveParts): void {
  const nowMs = clock.now();
  journal.durably(() => {
    journal.contents.markLetGo(half.accountId, half.sha1, nowMs, 'word');
    journal.halfFiles.mark(half.id, 'removed');
    journal.history.add(file.id, { atMs: nowMs, from: file.state, to: file.state, reason: "its beginning went to Immich's trash" });
  });
}

/** By what the journal knows. */
function whyNotByUs({ half, file }: Half, journal: Journal): string | undefined {
  const { accountId, wholeSha1 } = half;
  const whole = wholeSha1 && journal.contents.find(accountId, wholeSha1);
  const isProven = file.state === 'safe' && file.sha1 === wholeSha1 && whole?.assetId === file.assetId && whole?.provenAtMs !== undefined;
  if (!isProven) return because.notProven;
  const isCopied = [...journal.files.withBytes(accountId, half.sha1)].some(({ state }) => state !== 'gone');
  return isCopied ? because.copied : undefined;
}

async function whyNotByImmich({ half, file, account }: Half, journal: Journal, signal: AbortSignal): Promise<string | undefined> {
  const { immich } = account;
  const { assetId, sha1, wholeSha1 } = half;
  if (!wholeSha1 || !file.assetId) return because.notProven;
  try {
    const allowed = await immich.keyPermissions(signal);
    if (!allowed.includes('all') && !allowed.includes('asset.delete')) return mayNotRemoveHalf('asset.delete');
    if (!(await immich.hasTrash(signal))) return because.noTrash;
    const presences = await immich.checkPresence([sha1, wholeSha1], signal);
    if (!areThere(presences, [assetId, file.assetId])) return because.changedThere;
    const [traces, ofWhole] = [await immich.fetchTraces(assetId, signal), await immich.fetchTraces(file.assetId, signal)];
    if (traces === 'absent' || ofWhole === 'absent') return because.changedThere;
    return touchOf(traces, ofWhole, journal.albums.filedBy(half.accountId, assetId));
  } catch (error) {
    if (error instanceof ImmichError && error.kind === 'permission missing') return mayNotRemoveHalf(error.permission ?? '?');
    throw error;
  }
}

/** In Immich by the ids that they were stored as, and not in the trash. */
function areThere(presences: readonly Presence[], assetIds: readonly string[]): boolean {
  return assetIds.every((assetId, index) => {
    const presence = presences[index];
    return presence?.kind === 'present' && presence.assetId === assetId && !presence.isTrashed;
  });
}
