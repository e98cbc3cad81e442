/** Says which dates go along with an upload, so that Immich shows the wall clock at which the picture was taken. Pure. */
import type { DateOrigin, TakenAt } from './taken-at.ts';

export interface DatesToSend {
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
  /** What Immich shows whatever these two say: only a sidecar can tell it. `2026-03-01T00:30:00.000+01:00` */
  readonly inSidecar?: string;
}

/** Dates that Immich does not look for: neither days without a time, nor names, nor the date of a change count for it. */
const unseenByImmich: ReadonlySet<DateOrigin> = new Set([
  'date that Immich ignores',
  'file name',
  'EXIF date of change',
  'modification time',
]);

/** True where Immich knows of the date only what is sent along. */
export function isUnseen(from: DateOrigin): boolean {
  return unseenByImmich.has(from);
}

/**
 * Where the file tells its date, Immich reads it there, and these two are only what it shows until then. Where it does not, Immich shows
 * the earliest of three as if it stood in UTC: both of these, and the time at which it received the file. So the wall clock is sent as if
 * it were UTC. East of Greenwich that lies in the future while a picture is fresh, and a sidecar has to tell it; but a sidecar goes before
 * what the file tells, so none is written where the file may tell a date that could not be read here.
 */
export function datesToSend(taken: TakenAt | undefined, { modifiedAtMs, nowMs }: { modifiedAtMs: number; nowMs: number }): DatesToSend {
  if (!taken) return { createdAtMs: modifiedAtMs, modifiedAtMs };
  if (!isUnseen(taken.from))
    return { createdAtMs: taken.epochMs, modifiedAtMs, ...(taken.isSentAlong && { inSidecar: withOffset(taken) }) };
  const shownMs = asIfUtc(taken);
  return {
    createdAtMs: shownMs,
    modifiedAtMs: Math.max(modifiedAtMs, shownMs),
    ...(shownMs > nowMs && !taken.isUnread && { inSidecar: withOffset(taken) }),
  };
}

/** The wall clock with the milliseconds that it leaves out. */
function asIfUtc({ local, epochMs }: TakenAt): number {
  return Date.parse(`${local}Z`) + (((epochMs % 1000) + 1000) % 1000);
}

/** `2026-03-01T00:30:00.000+01:00`: the wall clock, and how far it is from UTC. */
export function withOffset(taken: TakenAt): string {
  const shownMs = asIfUtc(taken);
  // Of old, zones differed by seconds too; nobody writes those.
  const minutes = Math.round((shownMs - taken.epochMs) / 60_000);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((number) => String(number).padStart(2, '0'));
  return `${new Date(shownMs).toISOString().slice(0, -1)}${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}
