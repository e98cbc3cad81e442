/** Sets right what a camera's clock got wrong, as the owner says. Pure. */
import { instantOf, wallClock } from '../kernel/index.ts';
import { isUnseen } from './dates-to-send.ts';
import { parseDuration } from './duration.ts';
import type { Glob } from './glob.ts';
import type { DateOrigin, TakenAt } from './taken-at.ts';

export interface ClockCorrection {
  /** Left out: all pictures, also those that do not tell their camera. */
  readonly camera?: Glob;
  /** The heads of its movies tell the wall clock, where UTC belongs. */
  readonly isLocal: boolean;
  /** 0: nothing. */
  readonly addMs: number;
  /** A sidecar tells Immich. */
  readonly isForImmich: boolean;
  /** In the owner's words: `+1h`. */
  readonly said: string;
  /** The place it is written, `homeroll.yaml:22`. */
  readonly where: string;
}

/** No camera's clock told these: the computer's did, and a person or a program. */
const others: ReadonlySet<DateOrigin> = new Set(['modification time', 'sidecar']);

/** The first that fits the camera, by make and model or by the model alone: `HERO*` fits `GoPro HERO8 Black`. */
export function correctionFor(corrections: readonly ClockCorrection[], camera: string | undefined): ClockCorrection | undefined {
  const words = camera?.split(' ') ?? [];
  const names = words.map((_, index) => words.slice(index).join(' '));
  return corrections.find(({ camera: glob }) => glob === undefined || names.some((name) => glob.matches(name)));
}

interface Told {
  /** The file tells a moment, as movies' heads do, and no wall clock. */
  readonly isInstant: boolean;
  /** Where the picture was taken. */
  readonly timeZone: string;
}

export function correct(taken: TakenAt, correction: ClockCorrection, { isInstant, timeZone }: Told): TakenAt {
  if (others.has(taken.from)) return taken;
  const isRead = correction.isLocal && isInstant;
  const read = isRead ? asLocal(taken, timeZone) : taken;
  if (read === taken && correction.addMs === 0) return taken;
  const local = new Date(Date.parse(`${read.local}Z`) + correction.addMs);
  // Beyond the calendar's four digits: a slip of the pen.
  if (!/^\d{4}-/.test(local.toISOString())) return taken;
  return {
    ...taken,
    local: local.toISOString().slice(0, 19),
    epochMs: read.epochMs + correction.addMs,
    correctedBy: `clock: ${correction.said} (${correction.where})`,
  };
}

function asLocal(taken: TakenAt, timeZone: string): TakenAt {
  const local = wallClock(taken.epochMs, 'UTC');
  return { ...taken, local, epochMs: instantOf(local, timeZone) + (taken.epochMs % 1000) };
}

/**
 * The date with what becomes of it in Immich: whether that shows another wall clock by itself, and whether a sidecar prevents that.
 * @param shown the wall clock that Immich reads in the file
 */
export function withImmich(taken: TakenAt, { shown, isForImmich }: { readonly shown: string; readonly isForImmich: boolean }): TakenAt {
  if (isUnseen(taken.from) || shown === taken.local) return taken;
  return { ...taken, elseShown: shown, ...(isForImmich && { isSentAlong: true }) };
}

/** Milliseconds of `+1h`, `-30 min`, `+3652 days 2 h`; undefined when it is none, or does not say which way. */
export function parseClockShift(text: string): number | undefined {
  const [, sign, spans = ''] = /^([+-−])\s*((?:\d+(?:\.\d+)?\s*[a-z]+\s*)+)$/i.exec(text.trim()) ?? [];
  if (sign === undefined) return undefined;
  const lengths = (spans.match(/\d+(?:\.\d+)?\s*[a-z]+/gi) ?? []).map(parseDuration);
  const totalMs = lengths.reduce((sum: number, length) => sum + (length ?? Number.NaN), 0);
  return totalMs > 0 && Number.isSafeInteger(totalMs) ? totalMs * (sign === '+' ? 1 : -1) : undefined;
}
