/** Whether the household still waits for a file, or did before it was looked at anew: what becomes of it must be told then. */
import { countedAs, type FileRecord, type State } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';

/** Wanted, and not done. */
export function isOwed(state: State): boolean {
  return state === 'stored' || ['waiting', 'blocked'].includes(countedAs(state));
}

/** It is owed, or was before it changed, or before its rules did. */
export function wasOwed(file: FileRecord, journal: Pick<Journal, 'history'>): boolean {
  const state = stateBefore(file, journal);
  return state !== undefined && isOwed(state);
}

/** It counts as wanted, or did before it changed. */
export function wasWanted(file: FileRecord, journal: Pick<Journal, 'history'>): boolean {
  const state = stateBefore(file, journal);
  return state !== undefined && ['waiting', 'blocked', 'stored', 'safe'].includes(countedAs(state));
}

/** Where it stands or, while it is looked at anew, stood before: a file that is removed while it is read was wanted. */
function stateBefore({ id, state }: FileRecord, journal: Pick<Journal, 'history'>): State | undefined {
  if (!isUnderJudgement(state)) return state;
  return journal.history.of(id).findLast(({ from }) => from !== undefined && !isUnderJudgement(from))?.from;
}

const isUnderJudgement = (state: State): boolean => state === 'noticed' || state === 'settled';
