/** Every mistake that is planted, by name. */
import type { FaultyPart } from './faulty-part.ts';
import * as bins from './of-bins.ts';
import * as home from './of-home.ts';
import * as looking from './of-looking.ts';
import * as memory from './of-memory.ts';
import * as seeing from './of-seeing.ts';
import * as sending from './of-sending.ts';
import * as silence from './of-silence.ts';

export const mutants: Readonly<Record<string, FaultyPart>> = {
  'stored before the answer': sending.commitBeforeTheAnswer,
  'lease forgotten': sending.leaseForgotten,
  'proof from a cache': sending.proofFromCache,
  "proof by Immich's checksum": sending.proofSkipped,
  'read back by size only': sending.readBackBySizeOnly,
  "proof of one account's good for another": sending.proofSharedAcrossAccounts,
  'sent again without asking': sending.retryWithoutAsking,
  'sent again after silence without asking': sending.sentAgainAfterSilence,
  'hash not checked while sending': sending.hashUncheckedWhileSending,
  'trash counts as stored': sending.trashBelieved,
  'history without state': memory.historyWithoutState,
  'tally not counted': memory.tallyNotCounted,
  'keep ignored': memory.keepIgnored,
  "owner's undo forgotten": memory.undoForgotten,
  'let go forgotten': memory.letGoForgotten,
  'next try never due': memory.backOffNeverDue,
  'loss not told': memory.lossNotTold,
  'batch closed early': memory.batchClosedEarly,
  'batch told again': memory.batchToldAgain,
  'new message id at each try': memory.newIdAtEachTry,
  'album members forgotten': memory.albumMemberForgotten,
  'deleted album made again': memory.deletedAlbumMadeAgain,
  "owner's parting forgotten": memory.partingForgotten,
  'inodes believed on a share': seeing.inodeBelievedOnShare,
  'away counts as gone': seeing.awayCountsAsGone,
  'disk error counts as gone': seeing.errorTakenForGone,
  'silence counts as gone': silence.silenceTakenForEmpty,
  'a silent device holds up all': silence.hangsWithADevice,
  'never swept': seeing.neverSwept,
  'not settled': seeing.notSettled,
  'listens once': seeing.listensOnce,
  'replaced taken for edited': seeing.replacedTakenForEdited,
  'bins are sent': bins.binsSent,
  'loss into a bin not told': bins.lossIntoBinsUntold,
  'late half not linked': seeing.lateHalfDropped,
  'any short film is a half': seeing.anyFilmIsHalf,
  'album by name': seeing.albumByName,
  'refusal taken for success': seeing.refusalTakenForSuccess,
  'looked at by checksum': looking.lookedAtByChecksum,
  'dated anew unread': looking.datedUnread,
  'proof not dated anew': looking.proofNotDatedAnew,
  'nights forgotten': looking.nightsForgotten,
  "damage taken for the owner's hand": looking.damageLetGo,
  'damage not told': looking.damageNotTold,
  'damage mended unasked': looking.damageSentUnasked,
  "many gone taken for the owner's hand": looking.manyTakenForTheOwnersHand,
  'missing not marked': looking.missingNotMarked,
  'moves whoever is at home': home.limitForgotten,
  'calendar read once': home.calendarReadOnce,
  'late entries ignored': home.lateEntriesIgnored,
  'move of an entry overlooked': home.moveOverlooked,
  "owner's name of an album overwritten": home.ownersNameOverwritten,
};

export function mutantNamed(name: string): FaultyPart {
  const mutant = mutants[name];
  if (!mutant) throw new Error(`no mutant is called "${name}"`);
  return mutant;
}
