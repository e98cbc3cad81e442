/** Writes what steps say into the journal: state, history and news of a file in one transaction. */
import { type FileRecord, isStored, otherAssetNow, type State } from '../domain/index.ts';
import { showPath } from '../files/index.ts';
import type { FilePatch, Journal } from '../journal/index.ts';
import type { Random } from '../kernel/index.ts';
import { backOffMs } from './back-off.ts';
import { joinBatch } from './batching.ts';
import { type Bytes, mentionLetGo, tellCopies } from './copies.ts';
import { forgetEarlier } from './earlier.ts';
import { familyOf } from './family.ts';
import { noteGrown } from './grown.ts';
import type { ContentNews, Learnt, Outcome } from './outcome.ts';
import type { SourceInUse } from './step.ts';
import { applyEvent, settlePicture } from './transitions.ts';

export interface Finished {
  /** As it was when the step was given it. */
  readonly file: FileRecord;
  readonly outcome: Outcome;
  readonly source: SourceInUse;
  /** The account's number when a step that asks Immich began; other steps say nothing of it. */
  readonly accountId?: number;
}

interface Ledger {
  readonly journal: Journal;
  readonly nowMs: number;
  readonly random: Random;
}

/** Call inside a transaction. */
export function commitOutcomes(finished: readonly Finished[], ledger: Ledger): void {
  // Drawn once: files that failed together come back together, and are one question again instead of hundreds.
  const drawn = ledger.random.next();
  const random = { next: () => drawn };
  for (const one of finished) commitOutcome(one, { ...ledger, random });
}

function commitOutcome({ file, outcome, source, accountId = source.account.id }: Finished, { journal, nowMs, random }: Ledger): void {
  // The key turned out to be another user's while it was asked: nobody knows for whom Immich answered.
  if (accountId !== source.account.id) return;
  const { learnt } = outcome;
  const isKnown = isKnownAsStored(outcome, { accountId, journal });
  // What Immich said of the bytes is true whatever became of the file meanwhile.
  for (const news of learnt?.contents ?? []) {
    // An alarm is raised with its file, or not at all: it is read again, and known damage is no news.
    if (news.kind === 'broken' && isMoved(file, journal)) continue;
    noteContent(journal, { news, file, source, reason: outcome.reason, nowMs });
  }
  // Somebody else moved the file while the step ran, or what was noted just now did: what it says is of the file as it was, so it is asked again.
  if (isMoved(file, journal)) return;
  switch (outcome.kind) {
    case 'wait':
      journal.files.update(file.id, { ...patchOf(learnt), reason: outcome.reason, isReady: false, dueAtMs: outcome.untilMs });
      settlePicture(journal, file, nowMs);
      return;
    case 'retry': {
      const dueAtMs = outcome.isAtOnce ? nowMs : nowMs + backOffMs(file.tries, { random, leastMs: outcome.waitMs ?? 0 });
      journal.files.update(file.id, { ...patchOf(learnt), reason: outcome.reason, isReady: false, dueAtMs, tries: file.tries + 1 });
      // The others of its picture do not wait for one that cannot be read.
      settlePicture(journal, file, nowMs);
      return;
    }
    case 'event':
      if (learnt?.isWrittenOn) forgetEarlier(journal, file);
      noteGrown(journal, file, outcome.event, learnt);
      applyEvent(journal, file, outcome.event, { nowMs, reason: outcome.reason, patch: patchOf(learnt) });
      if (outcome.mention) journal.mentions.add(file, outcome.mention, nowMs);
      if (isNewContent.has(outcome.event) && !isKnown) joinBatch(journal, file, nowMs);
      for (const { id, event, reason, role } of learnt?.companions ?? []) {
        const companion = journal.files.byId(id);
        if (companion) applyEvent(journal, companion, event, { nowMs, reason, ...(role && { patch: { role } }) });
      }
      if (isStoring.has(outcome.event)) leaveSidecars(journal, file, nowMs);
  }
}

const isMoved = ({ id, revision }: FileRecord, journal: Journal): boolean => journal.files.revisionOf(id) !== revision;

/**
 * An edited file counts as new in a batch, and so does one that is proven after its batch was told with the rest still waiting.
 * One that was only touched proves to be known, and nobody is told of it again.
 */
const isNewContent: ReadonlySet<string> = new Set(['absent', 'stored', 'storedUnasked', 'proven']);

/** Done before, as far as its source asks: touched, or away for a while. Where a proof is asked, that is the news. */
function isKnownAsStored(outcome: Outcome, { accountId, journal }: { accountId: number; journal: Journal }): boolean {
  if (outcome.kind !== 'event' || outcome.event !== 'storedUnasked') return false;
  const stored = outcome.learnt?.contents?.find((news) => news.kind === 'stored');
  return stored !== undefined && journal.contents.find(accountId, stored.sha1)?.assetId === stored.assetId;
}

const isStoring: ReadonlySet<string> = new Set(['stored', 'storedUnasked', 'storedAndProven']);
const leftBehind =
  'Immich had its picture already, or it could not be read when the picture went; Immich before 3.2 takes a sidecar only together with its picture';

/** A sidecar that did not go along with its picture has no other way to Immich. */
function leaveSidecars(journal: Journal, picture: FileRecord, nowMs: number): void {
  if (journal.files.isAlone(picture.folderId, picture.stem)) return;
  const family = familyOf(journal.files.picture(picture.folderId, picture.stem));
  const sidecars = family.flatMap(({ member, role, of }) => (role === 'sidecar' && of?.id === picture.id ? [member] : []));
  const sent = sidecars.find(({ state }) => state === 'sent');
  const reason = sent ? `"${showPath(sent.name)}" went along with its picture; Immich takes one sidecar for each` : leftBehind;
  for (const sidecar of sidecars) if (sidecar.state === 'held') applyEvent(journal, sidecar, 'left', { nowMs, reason });
}

function patchOf(learnt: Learnt | undefined): FilePatch {
  if (!learnt) return {};
  const { stat, sha1, assetId, role, notes } = learnt;
  return {
    ...(stat && { stat: stat.key, seenAtMs: stat.seenAtMs }),
    ...(sha1 && { sha1 }),
    ...(assetId && { assetId }),
    ...(role && { role }),
    ...(notes && { notes }),
  };
}

interface Noted {
  readonly news: ContentNews;
  readonly file: FileRecord;
  readonly source: SourceInUse;
  readonly reason: string | undefined;
  readonly nowMs: number;
}

function noteContent(journal: Journal, { news, file, source, reason, nowMs }: Noted): void {
  const accountId = source.account.id;
  switch (news.kind) {
    case 'stored': {
      const before = journal.contents.find(accountId, news.sha1)?.assetId;
      journal.contents.markStored(accountId, news.sha1, {
        assetId: news.assetId,
        sourceId: source.id,
        isHalf: file.role === 'motion',
        nowMs,
      });
      if (before !== undefined && before !== news.assetId) lookAtCopies(journal, { news, file, accountId, nowMs });
      return;
    }
    case 'shown':
      journal.contents.markShown(accountId, news.sha1, news.by);
      return;
    case 'parted':
      // Of several files with these bytes the first is told of.
      if (journal.strangers.find(accountId, news.sha1)?.state !== 'parting') return;
      if (typeof news.becomes === 'object') journal.strangers.mark(accountId, news.sha1, 'left', news.becomes.left);
      else journal.strangers.mark(accountId, news.sha1, 'shown');
      if (news.becomes === 'seen') journal.mentions.add(file, 'shown again', nowMs);
      return;
    case 'proven':
      journal.contents.markProven(accountId, news.sha1, news.provenAtMs);
      return;
    case 'broken':
      journal.contents.markBroken(accountId, news.sha1, nowMs);
      return;
    case 'let go':
      letGo(journal, { bytes: { accountId, sha1: news.sha1 }, file, reason, nowMs });
      return;
    case 'met':
      journal.contents.meet(accountId, news.sha1, nowMs);
      return;
  }
}

/** Sent again after they were removed, or by another app: what was done for copies of them was done to an asset that is no more. */
function lookAtCopies(
  journal: Journal,
  { news, file, accountId, nowMs }: { news: ContentNews & { kind: 'stored' }; file: FileRecord; accountId: number; nowMs: number },
): void {
  const isFor = (state: State, copy: FileRecord): boolean => copy.id !== file.id && isStored(state) && copy.assetId !== news.assetId;
  tellCopies(journal, { accountId, sha1: news.sha1 }, { event: 'changed', reason: otherAssetNow, nowMs, isFor });
}

/** Nobody looks again at bytes that were let go, so no other file that holds them may be called safe any more. */
function letGo(journal: Journal, { bytes, file, reason, nowMs }: { bytes: Bytes } & Pick<Noted, 'file' | 'reason' | 'nowMs'>): void {
  journal.contents.markLetGo(bytes.accountId, bytes.sha1, nowMs, 'hand');
  const isFor = (state: State, { id }: FileRecord): boolean => id !== file.id && isStored(state);
  const copies = tellCopies(journal, bytes, { event: 'letGo', reason, nowMs, isFor });
  mentionLetGo(journal, bytes, isMoved(file, journal) ? copies : [file, ...copies], nowMs);
}

/** Lets files go on whose time has come. @returns how many */
export function releaseDue(journal: Journal, nowMs: number, longestWaitMs: number): number {
  const due = journal.files.due(nowMs, longestWaitMs);
  if (due.length === 0) return 0;
  journal.transaction(() => {
    for (const file of due) {
      journal.files.update(file.id, { isReady: true, dueAtMs: undefined });
      settlePicture(journal, file, nowMs);
    }
  });
  return due.length;
}
