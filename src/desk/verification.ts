/** What is known of the second look: how old the oldest proof is, what is damaged or asked about, and how far a look is that goes on. */
import type { SourceConfig } from '../config/index.ts';
import type { Journal } from '../journal/index.ts';
import { proofOf, verifyProgress } from '../pipeline/index.ts';

/** A source as far as its proofs are concerned. */
export type VerifiedSource = Pick<SourceConfig, 'name' | 'proof'>;

export interface Verification {
  /** When the oldest of all proofs that are asked for was made, ISO 8601; null: there is none. */
  readonly oldestProofAt: string | null;
  /** Originals that Immich gives back otherwise than they were sent, or not at all. */
  readonly damaged: number;
  readonly damagedOnNoDisk: number;
  /** Originals that were gone from Immich all at once: the owner was asked. */
  readonly askedAbout: number;
  readonly askedAboutOnNoDisk: number;
  /** Names of the sources that were asked about. */
  readonly askedSources: readonly string[];
  /** Originals that Immich has from sources that are no longer configured: nobody looks at them again. */
  readonly leftAlone: { readonly count: number; readonly sources: readonly string[] };
  /** Null: nothing is being read at the moment. */
  readonly running: { readonly since: string; readonly done: number; readonly total: number; readonly damaged: number } | null;
}

/** @param journal undefined: nothing ever ran here */
export function verification(journal: Journal | undefined, sources: readonly VerifiedSource[], nowMs: number): Verification {
  const records = journal?.sources.all() ?? [];
  const known = sources.flatMap(({ name, proof }) => {
    const id = records.find((record) => record.name === name)?.id;
    return id === undefined || !journal ? [] : [{ name, proof: proofOf({ proof }, journal), id }];
  });
  const sum = (count: (id: (typeof known)[number]['id']) => number | undefined): number =>
    known.reduce((total, { id }) => total + (count(id) ?? 0), 0);
  const oldest = known.flatMap(({ id, proof }) => journal?.verified.oldestProofAtMs(id, proof) ?? []);
  const asked = known.filter(({ id }) => (journal?.verified.missingCount(id, true) ?? 0) > 0);
  const others = records
    .filter(({ name }) => !sources.some((source) => source.name === name))
    .map(({ id, name }) => ({ name, count: journal?.verified.knownCount(id) ?? 0 }))
    .filter(({ count }) => count > 0);
  const progress = journal && verifyProgress(journal, nowMs);
  return {
    oldestProofAt: oldest.length === 0 ? null : new Date(Math.min(...oldest)).toISOString(),
    damaged: sum((id) => journal?.verified.damagedCount(id)),
    damagedOnNoDisk: sum((id) => journal?.verified.damagedOnNoDisk(id)),
    askedAbout: sum((id) => journal?.verified.missingCount(id, true)),
    askedAboutOnNoDisk: asked.reduce((total, { id }) => total + (journal?.verified.missingOnNoDisk(id) ?? 0), 0),
    askedSources: asked.map(({ name }) => name),
    leftAlone: { count: others.reduce((total, { count }) => total + count, 0), sources: others.map(({ name }) => name) },
    running: progress
      ? { since: new Date(progress.sinceMs).toISOString(), done: progress.done, total: progress.total, damaged: progress.damaged }
      : null,
  };
}
