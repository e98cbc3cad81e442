/** The numbers in words: the line on the dashboard, the summary of `once`, the line of progress. Pure. */
import { grouped } from './counting.ts';
import { formatDuration } from './duration.ts';
import type { Numbers } from './numbers.ts';
import { formatSize } from './size.ts';

export interface SourceNumbers {
  readonly name: string;
  readonly numbers: Numbers;
  /** False: its folder was never looked through as a whole. */
  readonly isLookedThrough?: boolean;
}

/** `41,203 of 41,210 safe, oldest waiting 2 hours` */
export function headline(numbers: Numbers, oldestWaitingMs?: number): string {
  const waits = oldestWaitingMs === undefined || numbers.waiting === 0 ? '' : `, oldest waiting ${formatDuration(oldestWaitingMs)}`;
  return `${grouped(numbers.safe)} of ${grouped(numbers.wanted)} safe${waits}`;
}

/** `10 of 14 safe, 1 stored, 2 waiting, 1 needs you`: only what there is. */
export function standing(numbers: Numbers, isLookedThrough = true): string {
  const places: readonly (readonly [number, string])[] = [
    [numbers.stored, 'stored'],
    [numbers.waiting, 'waiting'],
    [numbers.blocked, numbers.blocked === 1 ? 'needs you' : 'need you'],
    [numbers.letGo, 'let go'],
    [numbers.unjudged, 'not looked at yet'],
  ];
  if (numbers.wanted + numbers.unjudged === 0) return isLookedThrough ? 'no photos or videos' : 'not looked at yet';
  return [headline(numbers), ...places.filter(([count]) => count > 0).map(([count, means]) => `${grouped(count)} ${means}`)].join(', ');
}

/** What `once` says at its end: a line per source, and the one that counts. */
export function summarise(sources: readonly SourceNumbers[], total: Numbers): readonly string[] {
  return [...sources.map(({ name, numbers, isLookedThrough }) => `${name}: ${standing(numbers, isLookedThrough)}.`), conclusion(total)];
}

/** `1 of 4,108 safe · 12 MB/s · 2 hours left`; the speed and the rest only where they are known. */
export function progress({ numbers, bytesPerSecond, leftMs }: Progress): string {
  const speed = bytesPerSecond === undefined ? '' : ` · ${formatSize(bytesPerSecond)}/s`;
  const left = leftMs === undefined ? '' : ` · ${formatDuration(leftMs)} left`;
  return `${headline(numbers)}${speed}${left}`;
}

export interface Progress {
  readonly numbers: Numbers;
  readonly bytesPerSecond?: number;
  readonly leftMs?: number;
}

function conclusion({ safe, stored, wanted, waiting, blocked, letGo, unjudged }: Numbers): string {
  const isAllSafe = safe === wanted && unjudged === 0;
  if (safe === 1 && isAllSafe) return '1 photo or video is safe.';
  if (isAllSafe) return safe === 0 ? 'There is nothing to keep safe yet.' : `${grouped(safe)} photos and videos are safe.`;
  const open = [
    stored > 0 ? `${grouped(stored)} stored and not read back` : '',
    waiting + unjudged > 0 ? `${grouped(waiting + unjudged)} waiting` : '',
    blocked > 0 ? `${grouped(blocked)} in need of you (homeroll files --state blocked)` : '',
    letGo > 0 ? `${grouped(letGo)} let go` : '',
  ].filter(Boolean);
  return `${grouped(safe)} of ${grouped(wanted)} photos and videos are safe${open.length > 0 ? `; ${open.join(', ')}` : ''}.`;
}
