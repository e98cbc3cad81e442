/** Which proof is asked of a source: what its `proof:` says, or what somebody ordered for all of them until they say otherwise. */
import type { SourceConfig } from '../config/index.ts';
import { type ProofWish, proofInWords, proofMeant } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';

const factName = 'proof ordered';
/** What takes an order back. */
export const asConfigured = 'as configured';

type Facts = Pick<Journal, 'facts'>;

/** @param subject `every`, `sample 5%`, `checksum`, or `as configured` @returns the answer for the owner. Call inside a transaction */
export function noteProof(subject: string | undefined, { journal }: { readonly journal: Facts }): string {
  const words = subject?.trim().toLowerCase() ?? '';
  if (words === asConfigured) {
    journal.facts.forget(factName);
    return 'From now on each source is proven as its `proof:` says.';
  }
  const wish = proofMeant(words);
  if (!wish) return 'Which proof is meant was not understood.';
  journal.facts.set(factName, proofInWords(wish));
  return `From now on the proof of all sources is "${proofInWords(wish)}", whatever their \`proof:\` says. \`homeroll proof as configured\` ends that.`;
}

/** Undefined: each source as it is configured. */
export function orderedProof(journal: Facts): ProofWish | undefined {
  const noted = journal.facts.get(factName);
  return noted === undefined ? undefined : proofMeant(noted);
}

/** The one place that answers which proof is asked of a source now. */
export function proofOf({ proof }: Pick<SourceConfig, 'proof'>, journal: Facts): ProofWish {
  return orderedProof(journal) ?? proof;
}

/** The source as configured, but for its proof, which is what is asked for whenever somebody looks. */
export function withOrderedProof(source: SourceConfig, journal: Facts): SourceConfig {
  return {
    ...source,
    get proof() {
      return proofOf(source, journal);
    },
  };
}
