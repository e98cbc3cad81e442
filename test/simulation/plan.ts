/** Draws a household-week: what happens when, as data, so that anything can be left out of it without changing the rest. */
import type { Random } from '../../src/kernel/index.ts';
import { streamOf, weighted } from './chance.ts';
import { nightStartMs, verifyOf } from './config.ts';
import { type HappeningName, tables } from './happenings/index.ts';
import { hasHome } from './home.ts';

export interface Happening {
  /** Names what it makes, and the stream of chance it draws from. */
  readonly number: number;
  /** Since the week began. */
  readonly atMs: number;
  readonly name: HappeningName;
}

export const weekMs = 7 * 86_400_000;

const counts = { ordinary: 52, byHand: 12, broken: 8, deaths: 4 } as const;
// In weeks with nights of verifying; in others what only touches it is left out, but for one now and then.
const lookedAtCounts = { withNights: 6, without: 1 } as const;
const atHomeCount = 24;
const nights = 6;
const moments = 18;

export function planWeek(seed: number): readonly Happening[] {
  const random = streamOf(seed, 'plan');
  const names = (Object.keys(counts) as (keyof typeof counts)[]).flatMap((table) =>
    Array.from({ length: counts[table] }, () => draw(random, table)),
  );
  // Things come in bursts: most within minutes of one another, then hours of nothing.
  const times = Array.from({ length: moments }, () => random.next() ** 1.5 * weekMs * 0.97);
  return names
    .map((name) => ({ name, atMs: Math.ceil((times[Math.floor(random.next() * moments)] ?? 0) + aMoment(random)) }))
    .toSorted(byTime)
    .map((one, number) => ({ ...one, number }))
    .concat(planLooking(seed, names.length))
    .concat(planHome(seed))
    .toSorted(byTime);
}

const byTime = (one: { readonly atMs: number }, other: { readonly atMs: number }): number => one.atMs - other.atMs;

/** What has to do with looking again draws by itself, and half of it comes while Homeroll reads. */
function planLooking(seed: number, firstNumber: number): readonly Happening[] {
  const random = streamOf(seed, 'plan of looking again');
  const verify = verifyOf(seed);
  return Array.from({ length: verify ? lookedAtCounts.withNights : lookedAtCounts.without }, (_, index) => {
    const name = draw(random, 'looked at');
    const night = nightStartMs(Math.floor(random.next() * nights), verify) + random.next() ** 2 * 60_000;
    const any = random.next() * weekMs * 0.97;
    return { number: firstNumber + index, name, atMs: Math.ceil(random.next() < 0.5 ? night : any) };
  });
}

// So that each has the same number in a week with and without.
const firstNumberAtHome = 1000;

/** Comings and goings go on all week, in households that have a Home Assistant to tell of them. */
function planHome(seed: number): readonly Happening[] {
  if (!hasHome(seed)) return [];
  const random = streamOf(seed, 'plan of the home');
  return Array.from({ length: atHomeCount }, (_, index) => ({
    number: firstNumberAtHome + index,
    name: draw(random, 'at home'),
    atMs: Math.ceil(random.next() * weekMs * 0.97),
  }));
}

function aMoment(random: Random): number {
  return random.next() < 0.5 ? random.next() * 60_000 : random.next() * 1_200_000;
}

function draw(random: Random, table: keyof typeof tables): HappeningName {
  const entries = Object.entries(tables[table]) as unknown as readonly [HappeningName, readonly [number, unknown]][];
  return weighted(
    random,
    entries.map(([name, [weight]]) => [weight, name] as const),
  );
}
