/** Has files judged anew that a mark may have left alone and leaves alone no longer. */
import type { SourceId } from '../domain/index.ts';
import type { PathBytes } from '../files/index.ts';
import type { Journal } from '../journal/index.ts';
import { applyEvent } from './transitions.ts';

const perTransaction = 250;

/** Call before the change is noted: whoever dies in between finds the change once more, and judges once more. */
export function judgeAgainBelow(folder: PathBytes, sourceId: SourceId, { journal, nowMs }: { journal: Journal; nowMs: number }): void {
  for (const page of filesBelow(folder, sourceId, journal)) {
    journal.transaction(() => {
      for (const file of page)
        if (file.state === 'unwanted') applyEvent(journal, file, 'rulesChanged', { nowMs, reason: 'the mark that left it alone changed' });
    });
  }
}

export function* filesBelow(folder: PathBytes, sourceId: SourceId, journal: Journal) {
  for (let afterId = 0; ; ) {
    const page = journal.files.below(sourceId, folder, { afterId, limit: perTransaction });
    const last = page.at(-1);
    if (!last) return;
    yield page;
    afterId = last.id;
  }
}
