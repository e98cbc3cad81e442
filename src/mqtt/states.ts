/** The numbers of the desk as the states that Home Assistant reads, one message for each device. Pure. */
import type { Glance, Problem, SourceGlance, Status } from '../desk/index.ts';
import { off, on } from './discovery.ts';

/** All that is known at one moment. */
export interface Look extends Glance, Pick<Status, 'lastSafeAt' | 'oldestWaitingSince'> {
  readonly problems: readonly Problem[];
  readonly immich: Status['immich'];
  readonly isWorking: boolean;
  readonly bytesPerSecond: number;
}

const switched = (isOn: boolean): string => (isOn ? on : off);

/** What nobody knows is null, which Home Assistant shows as unknown. */
export function householdState(look: Look): Readonly<Record<string, string | number | null>> {
  const { files, bytes, immich } = look;
  return {
    safe: files.safe,
    waiting: files.waiting,
    blocked: files.blocked,
    stored: files.stored,
    bytes_safe: bytes.safe,
    last_safe_at: look.lastSafeAt,
    oldest_waiting: look.oldestWaitingSince,
    speed: look.bytesPerSecond,
    immich_version: immich.version,
    problem: switched(look.problems.length > 0),
    immich: switched(immich.reachable),
    working: switched(look.isWorking),
    paused: switched(look.paused),
    proof: look.proof,
  };
}

export function problemsState({ problems }: Pick<Look, 'problems'>): Readonly<Record<string, unknown>> {
  return { count: problems.length, problems: problems.map(({ sentence }) => sentence) };
}

export function sourceState(source: SourceGlance): Readonly<Record<string, string | number | null>> {
  const { files, state, waitsFor, lastSweptAt, nextRunAt } = source;
  const { safe, waiting, blocked, stored, unjudged, wanted } = files;
  // Of a folder that nobody has looked into yet nothing is known.
  const isUnknown = state === 'new' && files.total === 0;
  const counts = isUnknown
    ? { safe: null, waiting: null, blocked: null, stored: null, unjudged: null }
    : { safe, waiting, blocked, stored, unjudged };
  return {
    ...counts,
    safe_percent: wanted === 0 ? null : Math.floor((100 * safe) / wanted),
    waits_for: waitsFor ?? null,
    last_look: lastSweptAt,
    next_run: nextRunAt,
    present: switched(state !== 'away'),
    paused: switched(state === 'paused'),
  };
}

/** One look at how much was moved. */
export interface Moved {
  readonly atMs: number;
  readonly bytes: number;
}

/** @param moved of the last seconds, the oldest first */
export function speedOf(moved: readonly Moved[]): number {
  const [first, last] = [moved[0], moved.at(-1)];
  if (!first || !last || last.atMs <= first.atMs) return 0;
  return Math.round(((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1_000);
}
