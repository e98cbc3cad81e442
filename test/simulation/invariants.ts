/** What must be true of a household at every moment, whatever happens. */
import { findBinLies } from './check-bins.ts';
import { findFileLies } from './check-files.ts';
import { findImmichLies } from './check-immich.ts';
import { findNewsLies } from './check-news.ts';
import { type Finding, found } from './finding.ts';
import { hearAnswers } from './hear-answers.ts';
import type { World } from './world.ts';

export function findLies(world: World): readonly Finding[] {
  hearAnswers(world);
  const careless = world.server.protocol.complaints.splice(0).map((sentence) => found('careless sending', sentence));
  return [
    ...world.findings.splice(0),
    ...careless,
    ...findBinLies(world),
    ...findFileLies(world),
    ...findImmichLies(world),
    ...findNewsLies(world),
  ];
}
