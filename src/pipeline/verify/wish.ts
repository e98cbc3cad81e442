/** What somebody asked to have verified: an order that survives a crash, since it is a fact of the journal until it is done. */
import type { Journal } from '../../journal/index.ts';

export type Wish =
  /** What a night would do: tonight's slice, and all that was missed. */
  | { readonly kind: 'due' }
  | { readonly kind: 'all' }
  | { readonly kind: 'sample'; readonly share: number }
  | { readonly kind: 'source'; readonly name: string };

export interface Ordered {
  readonly wish: Wish;
  /** What was read since then is not read again. */
  readonly sinceMs: number;
}

const factName = 'verify ordered';

/** @param subject the wish in JSON @returns the answer for the owner. Call inside a transaction */
export function noteWish(subject: string | undefined, { journal, nowMs }: { readonly journal: Journal; readonly nowMs: number }): string {
  const wish = parseWish(subject);
  if (wish === undefined) return 'What is to be verified was not understood.';
  if (wish.kind === 'source' && !journal.sources.all().some(({ name }) => name === wish.name)) {
    return `No source is called "${wish.name}".`;
  }
  journal.facts.set(factName, JSON.stringify({ wish, sinceMs: nowMs } satisfies Ordered));
  return `Looks again at ${inWords(wish)}. \`homeroll status\` says how far it is.`;
}

export function orderedWish(journal: Pick<Journal, 'facts'>): Ordered | undefined {
  const noted = journal.facts.get(factName);
  return noted === undefined ? undefined : (JSON.parse(noted) as Ordered);
}

export function forgetWish(journal: Pick<Journal, 'facts'>): void {
  journal.facts.forget(factName);
}

function inWords(wish: Wish): string {
  switch (wish.kind) {
    case 'due':
      return 'what is due';
    case 'all':
      return 'all that Immich has';
    case 'sample':
      return `${(wish.share * 100).toLocaleString('en')}% of what Immich has`;
    case 'source':
      return `all of ${wish.name} that Immich has`;
  }
}

/** Written by a door of this program, perhaps of another version. */
function parseWish(subject = '{"kind":"due"}'): Wish | undefined {
  const wish = JSON.parse(subject) as Wish;
  if (wish.kind === 'due' || wish.kind === 'all') return wish;
  if (wish.kind === 'sample' && wish.share > 0 && wish.share <= 1) return wish;
  return wish.kind === 'source' && typeof wish.name === 'string' ? wish : undefined;
}
