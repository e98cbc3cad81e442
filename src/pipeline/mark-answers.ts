/** What the owner says of a mark that would leave alone what was wanted: it counts, or all goes on as before. */
import { joinPath, markNames, type PathBytes } from '../files/index.ts';
import type { Journal, MarkRecord } from '../journal/index.ts';
import { judgeAgainBelow } from './judge-again.ts';

/** @param path absolute, of the mark itself */
export function markAtPath(path: PathBytes, { sources, marks }: Pick<Journal, 'sources' | 'marks'>): MarkRecord | undefined {
  const kind = markKinds.find((one) => path.subarray(path.lastIndexOf('/') + 1).equals(Buffer.from(markNames[one])));
  if (!kind) return undefined;
  const at = path.subarray(0, path.lastIndexOf('/'));
  for (const { id, root } of sources.all()) {
    const isIn = at.equals(root) || (at.subarray(0, root.length).equals(root) && at[root.length] === 0x2f);
    const mark = isIn ? marks.find({ sourceId: id, folder: at.subarray(root.length + 1), kind }) : undefined;
    if (mark) return mark;
  }
  return undefined;
}

const markKinds = Object.keys(markNames) as readonly MarkRecord['kind'][];

/** @returns what was done, for the owner; undefined: the order is about no mark */
export function answerAboutMark(
  order: 'keep' | 'let go',
  path: PathBytes,
  { journal, nowMs }: { readonly journal: Journal; readonly nowMs: number },
): string | undefined {
  const mark = markAtPath(path, journal);
  if (!mark) return undefined;
  if (mark.offered === undefined) return order === 'let go' && mark.counts !== undefined ? 'It counts already.' : sayWhereMarkStands(mark);
  const { offered, askedAtMs: _, question: __, ...rest } = mark;
  if (order === 'keep') {
    journal.marks.put({ ...rest, offered });
    return 'The mark does not count: all goes on as before. You are asked again only if it says something else.';
  }
  // What it said until now may have kept back what it names no longer.
  if (mark.counts !== undefined) judgeAgainBelow(mark.folder, mark.sourceId, { journal, nowMs });
  journal.marks.put({ ...rest, counts: offered });
  return 'The mark counts from now on: what it leaves alone is not sent any more. What is in Immich stays there.';
}

/** Whether it counts, and what to do where that is not what its owner wants. */
export function sayWhereMarkStands({ kind, counts, offered, askedAtMs, question, problem }: MarkRecord): string {
  if (problem !== undefined) return problem;
  if (askedAtMs !== undefined && question !== undefined) return question;
  if (offered !== undefined) return 'It does not count, as you said: all goes on as before. homeroll let-go lets it count.';
  if (counts === undefined) return 'It does not count.';
  return kind === 'nomedia'
    ? 'It counts: its folder is left alone, with all below. If you want that backed up, set nomedia: ignore, or remove it.'
    : 'It counts: what it names is left alone. If you want that backed up, take the line out of it, or remove it.';
}

/** Of each mark of a source that waits for an answer, or cannot be read, a sentence; the first few. */
export function marksInQuestion(journal: Pick<Journal, 'marks' | 'sources'>, sourceId: MarkRecord['sourceId']): readonly MarkInQuestion[] {
  const { root } = journal.sources.byId(sourceId);
  return journal.marks.inQuestion(sourceId, mostShown).map(({ folder, kind, question, problem = '', askedAtMs }) => ({
    path: joinPath(joinPath(root, folder), Buffer.from(markNames[kind])),
    sentence: askedAtMs === undefined ? problem : (question ?? problem),
  }));
}

export interface MarkInQuestion {
  readonly path: PathBytes;
  readonly sentence: string;
}

const mostShown = 5;
