/** Why files are not done, for those who ask for numbers: the first few reasons, each once, however many files they hold up. */
import type { Journal } from '../journal/index.ts';
import { undoneStates } from './status.ts';

const mostReasons = 3;
// Enough to meet each reason that holds up many, and as quick with a million files as with ten.
const lookedAtPerState = 200;

/** @param sources names of those asked about @returns full sentences */
export function reasonsUndone(journal: Journal, sources: readonly string[]): readonly string[] {
  const reasons = new Set<string>();
  for (const { id, name } of journal.sources.all()) {
    if (!sources.includes(name)) continue;
    for (const state of undoneStates) {
      for (const { reason } of journal.files.page(id, state, { afterId: 0, limit: lookedAtPerState })) {
        if (reason !== undefined) reasons.add(sentence(reason));
      }
    }
  }
  return [...reasons].slice(0, mostReasons);
}

/** `still being written` -> `Still being written.` */
export function sentence(words: string): string {
  const begun = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
