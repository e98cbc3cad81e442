/** The only writer of states: applies events to files and lets the others of a picture follow. Call inside a transaction. */
import { consequences, type FileEvent, type FileRecord, move, type State, stepOf, waitsFor } from '../domain/index.ts';
import type { ContentRecord, FilePatch, Journal, MentionKind } from '../journal/index.ts';
import { missEarlier, rememberEarlier, settleEarlier } from './earlier.ts';
import { familyOf } from './family.ts';
import { rememberHalf } from './grown.ts';
import { wasOwed } from './owed.ts';

export interface Circumstances {
  readonly nowMs: number;
  readonly reason?: string | undefined;
  /** What was learnt along with the event. */
  readonly patch?: FilePatch;
}

/** Bytes that are no longer what was read: nothing learnt of them holds. */
const forgetBytes: FilePatch = { sha1: undefined, assetId: undefined, notes: {} };
const forgotten: Readonly<Partial<Record<FileEvent, FilePatch>>> = {
  seen: forgetBytes,
  changed: forgetBytes,
  accountChanged: { assetId: undefined },
};

/** What must be told of a file that was wanted, and was not done. */
const mentionOf: Readonly<Partial<Record<FileEvent, MentionKind>>> = { vanished: 'lost', leftAlone: 'left alone' };

/** Moves one file by one event, writes the history, and wakes or halts the other files of its picture. */
export function applyEvent(journal: Journal, file: FileRecord, event: FileEvent, { nowMs, reason, patch = {} }: Circumstances): void {
  const state = move(file.state, event);
  if (state === file.state && Object.keys(patch).length === 0) return;
  rememberEarlier(journal, file, event, nowMs);
  rememberHalf(journal, file, event, nowMs);
  const missed = event === 'vanished' ? missEarlier(journal, file, nowMs) : undefined;
  // A companion's own state is what its picture is told by, so only counted files can be lost.
  const mention = mentionOf[event];
  if (mention && file.role !== 'sidecar' && (missed !== undefined || wasOwed(file, journal))) journal.mentions.add(file, mention, nowMs);
  if (file.state === 'unwanted') journal.mentions.forget(file.id, 'left alone');
  if (state !== file.state)
    journal.history.add(file.id, { atMs: nowMs, from: file.state, to: state, ...(reason !== undefined && { reason }) });
  journal.files.update(file.id, {
    ...forgotten[event],
    state,
    // Where nothing moves, what kept it there keeps it still.
    reason: reason ?? (state === file.state ? file.reason : undefined),
    isReady: stepOf(state) !== undefined,
    dueAtMs: undefined,
    tries: 0,
    // Until then only a sighting takes that mark away: what a step says of a file was true before the sweep came by.
    ...(state === 'gone' && { missingSweep: undefined }),
    ...patch,
    ...missed,
  });
  settleEarlier(journal, file, state, nowMs);
  settlePicture(journal, file, nowMs);
}

const becauseOfHalf = 'its motion half: ';

/** A still that needs a person only because its motion half does. */
export function isHeldByHalf({ role, state, reason }: FileRecord): boolean {
  return role === 'main' && state === 'blocked' && reason?.startsWith(becauseOfHalf) === true;
}

function isBlockedHalf({ role, state }: FileRecord): boolean {
  return role === 'motion' && state === 'blocked';
}

const isDone = ({ state }: FileRecord): boolean => state === 'safe' || state === 'kept';

/** A still that is yet to be sent, or to be looked after in Immich, will show its video then. */
function isOnItsWay(still: FileRecord): boolean {
  const isDamaged = still.state === 'blocked' && still.assetId !== undefined;
  return still.state !== 'letGo' && !isDone(still) && !isDamaged;
}

const mayStandAlone: ReadonlySet<State> = new Set(['noticed', 'settled', 'wanted', 'hashed', 'missing', 'blocked']);

/** Applies what the states of a picture's files mean for one another, and opens or shuts the gates between them. */
export function settlePicture(
  journal: Journal,
  { folderId, stem, sourceId, role }: Pick<FileRecord, 'folderId' | 'stem' | 'sourceId'> & Partial<Pick<FileRecord, 'role'>>,
  nowMs: number,
): void {
  // The still of a half may have moved away while it was worked on.
  if (role !== 'motion' && journal.files.isAlone(folderId, stem)) return;
  settleMembers(journal, { folderId, stem, sourceId }, nowMs);
}

/** The same after a file moved from one picture to another: whoever is alone now waits for nobody any more. */
export function settleMembers(
  journal: Journal,
  { folderId, stem, sourceId }: Pick<FileRecord, 'folderId' | 'stem' | 'sourceId'>,
  nowMs: number,
): void {
  const members = journal.files.picture(folderId, stem);
  const accountId = journal.sources.byId(sourceId).accountId;
  const contentOf = (id: FileRecord['id']): ContentRecord | undefined => {
    const sha1 = members.find((member) => member.id === id)?.sha1;
    return accountId !== undefined && sha1 !== undefined ? journal.contents.find(accountId, sha1) : undefined;
  };
  const isProven = (id: FileRecord['id']): boolean => contentOf(id)?.provenAtMs !== undefined;
  const family = familyOf(members);
  const stillOf = ({ id }: Pick<FileRecord, 'id'>): FileRecord['id'] | undefined => family.find(({ member }) => member.id === id)?.of?.id;
  for (const { member, event } of consequences(members, ({ id }) => isProven(id), stillOf)) {
    const file = members.find(({ id }) => id === member.id);
    const blockedHalf = members.find((half) => half.role === 'motion' && half.state === 'blocked' && stillOf(half) === member.id);
    const reason = event === 'motionHalfBlocked' ? `${becauseOfHalf}${blockedHalf?.reason ?? 'blocked'}` : undefined;
    // Applying it comes back here, with the members as they are then.
    if (!file) continue;
    applyEvent(journal, file, event, { nowMs, reason });
    return;
  }
  const freed = members.find((file) => isHeldByHalf(file) && !members.some((half) => isBlockedHalf(half) && stillOf(half) === file.id));
  if (freed) {
    applyEvent(journal, freed, 'retryOrdered', { nowMs, reason: 'its motion half holds it no longer' });
    return;
  }
  const hidden = family.find(({ member, of }) => {
    const isAlone = member.role === 'motion' && isDone(member) && !(of && isOnItsWay(of));
    return isAlone && contentOf(member.id)?.shownBy === 'nobody';
  });
  if (hidden) {
    const reason = hidden.of ? 'its still does not show it' : 'its still left before it was sent';
    applyEvent(journal, hidden.member, 'leftHidden', { nowMs, reason });
    return;
  }
  for (const { member, role } of family) {
    // Its still is gone: a half that was not sent yet counts for itself from here on.
    if (member.role === 'motion' && role === 'main' && mayStandAlone.has(member.state)) journal.files.update(member.id, { role });
  }
  for (const file of members) {
    if (stepOf(file.state) === undefined || file.dueAtMs !== undefined) continue;
    const others = members.filter(({ id, state }) => id !== file.id && state !== 'gone');
    const isReady = waitsFor(file, others) === undefined;
    if (isReady !== file.isReady) journal.files.setReady(file.id, isReady);
  }
}
