/** Household-weeks: a seed in, findings out. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../src/kernel/index.ts';
import { streamOf } from './chance.ts';
import { findUnrest } from './check-rest.ts';
import { findUnverified } from './check-verified.ts';
import { type Finding, found } from './finding.ts';
import { actOf } from './happenings/index.ts';
import { findLies } from './invariants.ts';
import type { FaultyPart } from './mutants/faulty-part.ts';
import { type Happening, planWeek, weekMs } from './plan.ts';
import type { Source } from './volumes.ts';
import { type Deed, World } from './world.ts';

export interface WeekResult {
  readonly seed: number;
  readonly findings: readonly Finding[];
  readonly deeds: readonly Deed[];
  readonly files: number;
}

export interface WeekWish {
  readonly seed: number;
  /** Instead of the seed's own. */
  readonly happenings?: readonly Happening[] | undefined;
  readonly faulty?: FaultyPart | undefined;
  readonly log?: Log | undefined;
}

// A disk in memory, where there is one: what is crashed here on purpose is severed, not unplugged.
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** One week of one household. The same seed always gives the same week. */
export async function liveOneWeek({ seed, happenings = planWeek(seed), faulty, log }: WeekWish): Promise<WeekResult> {
  const stateFolder = mkdtempSync(join(scratch, 'homeroll-week-'));
  const version = seed % 2 === 0 ? '3.1.0' : '2.7.5';
  const sources: readonly Source[] = seed % 3 === 0 ? ['Phone', 'Share', 'Card'] : ['Phone', 'Share'];
  const world = new World({ seed, stateFolder, version, sources, faulty, log });
  let findings: readonly Finding[] = [];
  try {
    findings = await live(world, seed, happenings);
  } catch (error) {
    findings = [found('ended by itself', `Homeroll ended by itself: ${error instanceof Error ? error.stack : String(error)}`)];
  } finally {
    world.close();
    rmSync(stateFolder, { recursive: true });
  }
  return { seed, findings, deeds: world.deeds, files: world.files.length };
}

async function live(world: World, seed: number, happenings: readonly Happening[]): Promise<readonly Finding[]> {
  for (const { number, name, atMs } of happenings) {
    await world.pass(Math.max(0, atMs - world.clock.elapsed()));
    await actOf(name)(world, streamOf(seed, `happening ${number}`), number);
    const findings = findLies(world);
    if (findings.length > 0) return findings;
  }
  await world.pass(Math.max(0, weekMs - world.clock.elapsed()));
  const unrest = await findUnrest(world);
  return unrest.length > 0 ? unrest : findUnverified(world);
}
