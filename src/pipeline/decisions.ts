/** What the owner decides: keep, or let go; a file, or all that a source was asked about. A decision is about bytes, so it holds for every copy. */
import { counted, type FileRecord, isStored, type Sha1, type State } from '../domain/index.ts';
import type { ContentRecord, Journal } from '../journal/index.ts';
import { type Bytes, tellCopies } from './copies.ts';
import { familyOf } from './family.ts';
import { findByPath } from './find-file.ts';
import { answerAboutMark } from './mark-answers.ts';
import { applyEvent, isHeldByHalf } from './transitions.ts';

export interface Decision {
  readonly kind: 'keep' | 'let go';
  /** A path as base64 of its bytes; `source ` and a name: all that its owner was asked about; `batch ` and a number: what of it lies in the trash. */
  readonly subject: string;
}

interface DecisionParts {
  readonly journal: Journal;
  readonly nowMs: number;
}

const sourcePrefix = 'source ';

const batchPrefix = 'batch ';

/** How an order names the files of a batch whose bytes lie in Immich's trash. */
export function aboutBatch(batchId: number): string {
  return `${batchPrefix}${batchId}`;
}

/** How an order names all that a source was asked about. */
export function aboutSource(name: string): string {
  return `${sourcePrefix}${name}`;
}

/** @returns what was done, for the owner */
export function decide({ kind, subject }: Decision, parts: DecisionParts): string {
  if (subject.startsWith(sourcePrefix)) return decideAll(kind, subject.slice(sourcePrefix.length), parts);
  if (subject.startsWith(batchPrefix)) return decideBatch(kind, Number(subject.slice(batchPrefix.length)), parts);
  const { journal } = parts;
  const path = Buffer.from(subject, 'base64');
  const answer = answerAboutMark(kind, path, parts);
  if (answer !== undefined) return answer;
  const file = findByPath(path, journal);
  if (!file) return 'No file of that path is known.';
  if (file.state !== 'blocked' && file.state !== 'letGo' && !(kind === 'let go' && file.sha1)) {
    return kind === 'keep'
      ? 'It is neither blocked nor let go: there is nothing to keep it from.'
      : 'Its bytes are not known yet, so it cannot be let go.';
  }
  const other = file.state === 'blocked' ? blockedHalfOf(file, journal) : undefined;
  if (kind === 'keep') {
    const meant = other ? [file, other] : [file];
    const isDamaged = meant.some((one) => contentOf(one, journal)?.brokenAtMs !== undefined);
    for (const one of meant) keep(one, parts);
    return isDamaged
      ? 'It is kept: sent again in place of the damaged one, if the file on disk is still the right one.'
      : 'It is kept: brought back from the trash, or sent again.';
  }
  letGo(file, parts);
  const isWellItself = other && isHeldByHalf(other) && contentOf(other, journal)?.brokenAtMs === undefined;
  if (isWellItself) applyEvent(journal, other, 'retryOrdered', { nowMs: parts.nowMs, reason: 'its motion half was let go' });
  else if (other) letGo(other, parts);
  return 'It is let go, and will not be uploaded again.';
}

function decideAll(kind: Decision['kind'], name: string, { journal, nowMs }: DecisionParts): string {
  const source = journal.sources.all().find((one) => one.name === name);
  if (!source) return `No source is called "${name}".`;
  const { accountId } = source;
  if (accountId === undefined || journal.verified.missingCount(source.id, true) === 0) return `Nothing of ${name} was asked about.`;
  const decided = { contents: 0, onNoDisk: 0 };
  for (let after: Sha1 | '' = ''; ; ) {
    const page = journal.verified.missing(source.id, { isAsked: true, after });
    for (const { sha1 } of page) {
      if (kind === 'keep' && journal.verified.isOnNoDisk(accountId, sha1)) {
        decided.onNoDisk += 1;
        journal.verified.markWanted(accountId, sha1);
        continue;
      }
      decided.contents += 1;
      decideBytes(kind, { accountId, sha1 }, { journal, nowMs });
    }
    const last = page.at(-1);
    if (!last) break;
    after = last.sha1;
  }
  const pictures = counted(decided.contents, 'picture');
  if (kind === 'let go') return `${pictures} from ${name} ${decided.contents === 1 ? 'is' : 'are'} let go, and will not be uploaded again.`;
  const rest =
    decided.onNoDisk === 0
      ? ''
      : ` ${counted(decided.onNoDisk, 'picture')} on no disk any more cannot be sent: brought back if in Immich's trash, else in question until Immich has ${decided.onNoDisk === 1 ? 'it' : 'them'} again, or you say homeroll let-go --source "${name}".`;
  return `${pictures} from ${name} ${decided.contents === 1 ? 'is' : 'are'} kept: brought back from the trash, or sent again.${rest}`;
}

/** Only what was put away before Homeroll stored it: a file that needs a person for another reason is another question. */
function decideBatch(kind: Decision['kind'], batchId: number, parts: DecisionParts): string {
  const { files } = parts.journal;
  const asked = files.inTrashOf(batchId);
  if (asked.length === 0) return 'Nothing of them is in question any more.';
  for (const { id } of asked) {
    // What was said of a copy of it was said of it.
    const file = files.byId(id);
    if (file?.state !== 'blocked') continue;
    if (kind === 'keep') keep(file, parts);
    else letGo(file, parts);
  }
  // A video that waits alone is half of one.
  const count = Math.max(1, asked.filter(({ role }) => role === 'main').length);
  const are = count === 1 ? 'is' : 'are';
  return kind === 'keep'
    ? `${counted(count, 'picture')} ${are} kept: brought back from the trash, or sent again.`
    : `${counted(count, 'picture')} ${are} let go, and will not be uploaded again.`;
}

/** For every path that holds these bytes, and waits for the owner or was decided about before. What is let go is nowhere called safe. */
function decideBytes(kind: Decision['kind'], bytes: Bytes, { journal, nowMs }: DecisionParts): void {
  const { accountId, sha1 } = bytes;
  if (kind === 'keep') {
    journal.contents.markKeepAsked(accountId, sha1);
    const isFor = (state: State): boolean => state === 'blocked' || state === 'letGo';
    tellCopies(journal, bytes, { event: 'keepOrdered', reason: 'the owner said: keep it', nowMs, isFor });
  } else {
    journal.contents.markLetGo(accountId, sha1, nowMs, 'word');
    const isFor = (state: State): boolean => state === 'blocked' || isStored(state);
    tellCopies(journal, bytes, { event: 'letGo', reason: 'the owner said: let it go', nowMs, isFor });
  }
}

function keep(file: FileRecord, parts: DecisionParts): void {
  const { journal, nowMs } = parts;
  const { accountId } = journal.sources.byId(file.sourceId);
  const isLetGo = file.state === 'letGo';
  if (file.sha1 && accountId !== undefined) decideBytes('keep', { accountId, sha1: file.sha1 }, parts);
  const now = journal.files.byId(file.id);
  if (now && (isLetGo || now.state === 'blocked')) applyEvent(journal, now, 'keepOrdered', { nowMs, reason: 'the owner said: keep it' });
}

function letGo(file: FileRecord, parts: DecisionParts): void {
  const { journal, nowMs } = parts;
  const { accountId } = journal.sources.byId(file.sourceId);
  if (file.sha1 && accountId !== undefined) decideBytes('let go', { accountId, sha1: file.sha1 }, parts);
  const now = journal.files.byId(file.id);
  if (now) applyEvent(journal, now, 'letGo', { nowMs, reason: 'the owner said: let it go' });
}

/** The other half of a live photo, where it waits for the owner too: whichever of the two is named, the picture is meant. */
function blockedHalfOf(file: FileRecord, journal: Journal): FileRecord | undefined {
  const family = familyOf(journal.files.picture(file.folderId, file.stem));
  const half = family.find(({ member, role, of }) => role === 'motion' && (member.id === file.id || of?.id === file.id));
  const other = half?.member.id === file.id ? half.of : half?.member;
  return other?.state === 'blocked' ? other : undefined;
}

function contentOf(file: FileRecord, journal: Journal): ContentRecord | undefined {
  const { accountId } = journal.sources.byId(file.sourceId);
  return file.sha1 && accountId !== undefined ? journal.contents.find(accountId, file.sha1) : undefined;
}
