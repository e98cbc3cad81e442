/** What came instead of an answer, as the errors that every disk throws. */
import { type Clock, wallClock } from '../../kernel/index.ts';
import { DiskError, NoAnswer, type TimeOfDay } from '../disk-error.ts';
import type { PathBytes } from '../path-bytes.ts';
import { Silence } from './device.ts';
import type { Failure } from './messages.ts';
import { ReaderFailed, ReaderGone } from './reading-process.ts';

/** What is said of a device that does not answer. */
export interface Speaking {
  /** Where the one who asks meets it: it may be mounted at several places. */
  readonly point: PathBytes;
  readonly timeOfDay: TimeOfDay;
}

/** With the day, where that is another one. */
export function timeOfDayIn(timeZone: string, clock: Pick<Clock, 'now'>): TimeOfDay {
  return (ms) => {
    const [day = '', time = ''] = wallClock(ms, timeZone).split('T');
    const isToday = wallClock(clock.now(), timeZone).startsWith(day);
    return isToday ? time.slice(0, 5) : `${day} ${time.slice(0, 5)}`;
  };
}

/** @returns what is to be thrown: a DiskError, unless it is a mistake of our own */
export function diskErrorFrom(error: unknown, path: PathBytes, speaking: Speaking): unknown {
  if (error instanceof Silence) return new DiskError('away', path, noAnswerFrom(error, speaking));
  if (error instanceof ReaderGone) return new DiskError('busy', path, error);
  if (error instanceof ReaderFailed) return diskErrorOfFailure(error.failure, path) ?? error;
  return isFailure(error) ? (diskErrorOfFailure(error, path) ?? new ReaderFailed(error)) : error;
}

export function noAnswerFrom({ sinceMs }: Silence, { point, timeOfDay }: Speaking): NoAnswer {
  return new NoAnswer(point, sinceMs, timeOfDay);
}

function diskErrorOfFailure({ kind, code, message }: Failure, path: PathBytes): DiskError | undefined {
  return kind && new DiskError(kind, path, Object.assign(new Error(message), { code }));
}

function isFailure(error: unknown): error is Failure {
  return typeof error === 'object' && error !== null && !(error instanceof Error) && 'message' in error;
}
