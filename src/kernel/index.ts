/** What every room may lean on: time, chance, errors, log. Knows nothing of photos. */
export { assertNever } from './assert-never.ts';
export type { Brand } from './brand.ts';
export { type Clock, systemClock } from './clock.ts';
export { type CrashPoints, noCrashPoints } from './crash-points.ts';
export { cronProblem, nextRun } from './cron.ts';
export { isAbort, OwnerError, sentenceOf, systemCodeOf } from './errors.ts';
export { type Facts, jsonLog, type Log, type LogLevel, silentLog } from './log.ts';
export { type Ids, type Random, seededIds, seededRandom, systemIds, systemRandom } from './random.ts';
export { Secret } from './secret.ts';
export { instantOf, isTimeZone, systemTimeZone, wallClock } from './time.ts';
export { Waker } from './waker.ts';
