/** Household-weeks: a seed in, findings out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../src/kernel/index.ts';
import { crashes, faults, type HouseholdEvent, ordinary, ownersHand } from './events.ts';
import { findLies, findLosses } from './invariants.ts';
import { pick } from './pictures.ts';
import { type Deed, World } from './world.ts';

export interface WeekResult {
  readonly seed: number;
  readonly findings: readonly string[];
  readonly deeds: readonly Deed[];
  readonly files: number;
}

const weekMs = 7 * 86_400_000;
const ordinaryEvents = 45;
const handEvents = 5;
const faultEvents = 6;
const crashEvents = 3;

/** One week of one household. The same seed always gives the same week. */
export async function liveOneWeek(seed: number, log?: Log): Promise<WeekResult> {
  const stateFolder = mkdtempSync(join(tmpdir(), 'homeroll-week-'));
  const world = new World({ seed, stateFolder, version: seed % 2 === 0 ? '3.1.0' : '2.7.5', ...(log && { log }) });
  const findings: string[] = [];
  try {
    for (const event of plan(world)) {
      // Things come in bursts: most a few seconds apart, some hours.
      await world.pass(world.random.next() < 0.6 ? world.random.next() * 30_000 : world.random.next() * (weekMs / 40));
      await event(world);
      findings.push(...findLies(world));
      if (findings.length > 0) break;
    }
    if (findings.length === 0) findings.push(...(await comeToRest(world)));
  } catch (error) {
    findings.push(`Homeroll ended by itself: ${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    world.close();
    rmSync(stateFolder, { recursive: true });
  }
  const files = world.roots.reduce((total, root) => total + world.disk.files(root).length, 0);
  return { seed, findings, deeds: world.deeds, files };
}

function plan(world: World): HouseholdEvent[] {
  const draw = (): HouseholdEvent => {
    let left = world.random.next() * ordinary.reduce((total, [weight]) => total + weight, 0);
    for (const [weight, event] of ordinary) {
      left -= weight;
      if (left < 0) return event;
    }
    return ordinary[0]?.[1] ?? (() => undefined);
  };
  const events = [
    ...Array.from({ length: ordinaryEvents }, draw),
    ...Array.from({ length: handEvents }, () => pick(world.random, ownersHand)),
    ...Array.from({ length: faultEvents }, () => pick(world.random, faults)),
    ...Array.from({ length: crashEvents }, () => pick(world.random, crashes)),
  ];
  return events
    .map((event) => ({ event, at: world.random.next() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ event }) => event);
}

/** Faults end, time passes, and nothing may be left open, nor anybody be asked any more. */
async function comeToRest(world: World): Promise<string[]> {
  world.calmDown();
  await world.pass(26 * 3_600_000);
  const findings = [...findLies(world), ...(await findLosses(world))];
  const asked = world.server.asked;
  await world.pass(3 * 3_600_000);
  if (world.server.asked !== asked) findings.push(`at rest, Immich was asked ${world.server.asked - asked} times`);
  return findings;
}
