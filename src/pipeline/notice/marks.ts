/** Marks in folders: Android's `.nomedia`, and the owner's `.homerollignore`. One that would keep back what was wanted is asked about first. */
import { askAboutMark, type SourceId } from '../../domain/index.ts';
import {
  type Disk,
  DiskError,
  type FileStat,
  type FoundMark,
  type IgnoreRules,
  isAtOrBelow,
  joinPath,
  leaveAlone,
  leftAloneAt,
  markNames,
  type PathBytes,
  showPath,
} from '../../files/index.ts';
import type { MarkRecord } from '../../journal/index.ts';
import { filesBelow, judgeAgainBelow } from '../judge-again.ts';
import { type NewsDesk, putNews } from '../news.ts';
import { wasWanted } from '../owed.ts';
import type { SourceInUse } from '../step.ts';
import type { NoticeParts } from './sightings.ts';

export interface MarkParts extends NoticeParts {
  readonly news: NewsDesk;
}

interface Mounts {
  /** Folders in the source where something was mounted and is not now. */
  readonly lostMounts: () => Promise<readonly PathBytes[]>;
}

const kinds = Object.keys(markNames) as readonly MarkRecord['kind'][];

/**
 * Holds the marks of one folder against what is known of them. Call before its files are noticed.
 * @param folder relative to the source
 * @returns whether something else is left alone now than before
 */
export async function lookAtMarks(
  folder: PathBytes,
  found: readonly FoundMark[],
  source: SourceInUse,
  parts: MarkParts & Mounts,
): Promise<boolean> {
  if (found.length === 0 && !parts.journal.marks.isAnyIn(source.id)) return false;
  let isChanged = false;
  for (const kind of kinds) {
    // Where nothing is mounted now, a mark is not gone either.
    const isMissed =
      !found.some((mark) => mark.kind === kind) && parts.journal.marks.find({ sourceId: source.id, folder, kind }) !== undefined;
    if (isMissed && (await parts.lostMounts()).some((mount) => isAtOrBelow(folder, mount))) continue;
    const stat = kind === 'nomedia' && source.config.nomedia === 'ignore' ? undefined : found.find((mark) => mark.kind === kind)?.stat;
    if (await lookAtMark({ folder, kind, stat }, source, parts)) isChanged = true;
  }
  return isChanged;
}

interface Look extends Pick<MarkRecord, 'folder' | 'kind'> {
  /** Undefined: it is not there. */
  readonly stat: FileStat | undefined;
}

async function lookAtMark({ folder, kind, stat }: Look, source: SourceInUse, parts: MarkParts): Promise<boolean> {
  const { journal, disk } = parts;
  const place = { sourceId: source.id, folder, kind };
  const known = journal.marks.find(place);
  if (!stat) {
    const didCount = known?.counts !== undefined;
    if (didCount) judgeAgainBelow(folder, source.id, { journal, nowMs: parts.clock.now() });
    if (known) journal.marks.remove(place);
    return didCount;
  }
  const key = `${stat.sizeBytes} ${stat.mtimeNs}`;
  if (known?.stat === key) return false;
  const before: MarkRecord = known ?? place;
  const reading =
    kind === 'nomedia' ? { text: '' } : await readRules(joinPath(joinPath(source.root, folder), Buffer.from(markNames[kind])), disk);
  if (reading.problem !== undefined) {
    const { stat: _, ...rest } = before;
    if (reading.problem !== known?.problem) journal.marks.put({ ...rest, problem: reading.problem });
    return false;
  }
  return noteContent(before, { text: reading.text, key }, source, parts);
}

/** What counts from now on, or is asked about. */
function noteContent(
  before: MarkRecord,
  { text, key }: { readonly text: string; readonly key: string },
  source: SourceInUse,
  parts: MarkParts,
): boolean {
  const { journal, clock, news } = parts;
  const { sourceId, folder, kind, counts } = before;
  const place = { sourceId, folder, kind, stat: key };
  if (text === counts) {
    journal.marks.put({ ...place, counts });
    return false;
  }
  if (text === before.offered) {
    const { problem: _, ...asked } = before;
    journal.marks.put({ ...asked, stat: key });
    return false;
  }
  const after = withMark(source.ignoring(), { kind, folder: folder.toString('latin1'), text });
  const isAll = folder.length === 0 && leavesAll(after);
  const wanted = countNewlyLeft(folder, { before: source.ignoring(), after }, source.id, parts);
  if (!isAll && wanted === 0) {
    // Rules that are fewer now leave less alone.
    if (counts !== undefined) judgeAgainBelow(folder, sourceId, { journal, nowMs: clock.now() });
    journal.marks.put({ ...place, counts: text });
    return true;
  }
  const mark = showPath(joinPath(joinPath(source.root, folder), Buffer.from(markNames[kind])));
  const question = askAboutMark({ source: source.config.name, mark, wanted, isAll });
  const nowMs = clock.now();
  journal.transaction(() => {
    journal.marks.put({ ...place, ...(counts !== undefined && { counts }), offered: text, askedAtMs: nowMs, question });
    putNews(journal, news, { kind: 'mark asked', text: question, facts: { source: source.config.name, mark, wanted }, nowMs });
  });
  return false;
}

function withMark(rules: IgnoreRules, mark: NonNullable<IgnoreRules['marks']>[number]): IgnoreRules {
  const others = (rules.marks ?? []).filter(({ kind, folder }) => kind !== mark.kind || folder !== mark.folder);
  return { ...rules, marks: [...others, mark] };
}

/** Not a list of what people call their pictures: something that no rule but one about everything fits. */
function leavesAll(rules: IgnoreRules): boolean {
  const leave = leaveAlone(rules);
  const names = ['7f3k9q2m', '7f3k9q2m.jpg', '7f3k9q2m.mp4'].map((name) => Buffer.from(name));
  const root = Buffer.alloc(0);
  return names.every((name) => leave(root, { name, kind: 'file' }) && leave(root, { name, kind: 'folder' }));
}

function countNewlyLeft(
  folder: PathBytes,
  { before, after }: { readonly before: IgnoreRules; readonly after: IgnoreRules },
  sourceId: SourceId,
  { journal }: MarkParts,
): number {
  const [leftBefore, leftAfter] = [leaveAlone(before), leaveAlone(after)];
  let count = 0;
  for (const page of filesBelow(folder, sourceId, journal)) {
    for (const file of page) {
      if (file.role !== 'main' || !wasWanted(file, journal)) continue;
      const path = joinPath(journal.sources.folderPath(file.folderId), file.name);
      if (leftAloneAt(leftAfter, path, 'file') && !leftAloneAt(leftBefore, path, 'file')) count += 1;
    }
  }
  return count;
}

// 64 KiB: a thousand lines. What is larger is no list that somebody wrote.
const mostBytes = 64 * 1024;

type Reading = { readonly text: string; readonly problem?: never } | { readonly problem: string; readonly text?: never };

async function readRules(path: PathBytes, disk: Disk): Promise<Reading> {
  const where = showPath(path);
  const still = 'What it said before still counts; if it never was read, it does not count.';
  try {
    await using open = await disk.open(path);
    const { sizeBytes } = await open.stat();
    if (sizeBytes > mostBytes)
      return { problem: `${where} is too large for a list of what to leave alone (64 KiB at most): shorten it. ${still}` };
    const bytes = Buffer.alloc(sizeBytes);
    let length = 0;
    for (let came = 1; came > 0 && length < sizeBytes; length += came)
      came = await open.read(bytes.subarray(length), length, sizeBytes - length);
    if (bytes.subarray(0, length).includes(0))
      return { problem: `${where} is no text: write one pattern a line, as in a .gitignore. ${still}` };
    return { text: bytes.toString('latin1', 0, length) };
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return { problem: `${error.message} ${still}` };
  }
}
