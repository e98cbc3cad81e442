/** Every file of the household, a page at a time: never a whole list in memory. */
import type { State } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import { answersAwaited } from '../pipeline/index.ts';
import { type FileLine, lineOf } from './whereabouts.ts';

export interface ListQuestion {
  /** Names of the sources to list, in this order. */
  readonly sources: readonly string[];
  /** Left out: all. */
  readonly states?: readonly State[];
  /** Unix ms. Left out: nothing is said of answers that are awaited. */
  readonly nowMs?: number;
}

const perPage = 500;

/** In the order in which files were noticed, by source and, where states are asked for, by state. */
export function* listFiles(journal: Journal, { sources, states, nowMs }: ListQuestion): Generator<FileLine> {
  // Never more than a few lanes hold.
  const awaited = new Map((nowMs === undefined ? [] : answersAwaited(journal, nowMs)).map((one) => [one.id, one]));
  const records = journal.sources.all();
  for (const name of sources) {
    const id = records.find((record) => record.name === name)?.id;
    if (id === undefined) continue;
    for (const state of states ?? [undefined]) {
      for (const page of journal.files.pages(id, state, perPage)) {
        for (const file of page) yield lineOf(file, journal, awaited.get(file.id));
      }
    }
  }
}
