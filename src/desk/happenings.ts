/** What just became of files, in sentences: for somebody who watches. */
import { counted, type FileRecord } from '../domain/index.ts';
import { showPath } from '../files/index.ts';
import type { Journal, NumberedEntry } from '../journal/index.ts';

export interface Happening {
  readonly sentences: readonly string[];
  /** Number of the last entry looked at: ask on from there. */
  readonly lastId: number;
}

const mostNamed = 5;

/** Endings of counted files after entry `afterId` of the history; many of one kind become one sentence. */
export function happenedSince(journal: Journal, afterId: number): Happening {
  const endings = new Map<string, FileRecord[]>();
  let lastId = afterId;
  for (const entry of journal.history.after(afterId, 1_000)) {
    lastId = entry.id;
    const file = journal.files.byId(entry.fileId);
    const ending = file && endingOf(entry, file);
    if (file && ending !== undefined) endings.set(ending, [...(endings.get(ending) ?? []), file]);
  }
  const sentences = [...endings].flatMap(([ending, files]) =>
    files.length > mostNamed
      ? [`${counted(files.length, 'file')}: ${ending}.`]
      : files.map(({ name }) => `${showPath(name)}: ${ending}.`.replace(/: (is|was) /, ' $1 ')),
  );
  return { sentences, lastId };
}

function endingOf({ to, from, reason }: NumberedEntry, { role }: FileRecord): string | undefined {
  if (role !== 'main' || from === 'joining') return undefined;
  if (to === 'proven') return 'is safe';
  if (to === 'unproven') return 'is stored';
  if (to === 'unwanted') return reason ?? 'is not wanted';
  if (to === 'letGo') return reason ?? 'is let go';
  return to === 'blocked' ? `needs you, ${reason ?? 'it is blocked'}`.replace(/\.$/, '') : undefined;
}
