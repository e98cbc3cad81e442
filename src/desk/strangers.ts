/** Videos that an earlier version hid in Immich behind a photo that only shares their name: what became of each, and what is asked. */
import { grouped } from '../domain/index.ts';
import { showPath } from '../files/index.ts';
import type { Journal, SourceRecord, StrangerState } from '../journal/index.ts';
import { pathOf } from '../pipeline/index.ts';

export interface StrangerLine {
  readonly source: string;
  readonly path: string;
  /** `asked`: it waits for the owner's word; `parting`: it is about to be shown again. */
  readonly state: Exclude<StrangerState, 'found'>;
  /** Why it is left as it is. */
  readonly reason: string | null;
}

const listed: readonly StrangerLine['state'][] = ['asked', 'parting', 'left', 'shown'];

/** What needs the owner first; a page at a time. @param sources by name */
export function* listStrangers(journal: Journal, sources: readonly string[]): Generator<StrangerLine, void> {
  for (const source of journal.sources.all().filter(({ name }) => sources.includes(name))) {
    for (const state of listed) yield* linesOf(journal, source, state);
  }
}

function* linesOf(journal: Journal, { id, name }: SourceRecord, state: StrangerLine['state']): Generator<StrangerLine, void> {
  for (let page = journal.strangers.page(id, state); page.length > 0; page = journal.strangers.page(id, state, page.at(-1)?.sha1)) {
    for (const { fileId, reason = null } of page) {
      const file = journal.files.byId(fileId);
      if (file) yield { source: name, path: showPath(pathOf(file, journal)), state, reason };
    }
  }
}

/** What is asked about a source; undefined: nothing. */
export function strangersAsked(journal: Pick<Journal, 'strangers'>, { id, name }: SourceRecord): string | undefined {
  const count = journal.strangers.count(id, 'asked');
  if (count === 0) return undefined;
  return `${grouped(count)} videos from ${name} are hidden in Immich behind photos that only share their names. homeroll live-photos lists them; to see them again: homeroll live-photos show --source "${name}"; to leave them hidden: homeroll live-photos leave --source "${name}"`;
}
