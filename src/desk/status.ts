/** The numbers of the household as every door shows them. */
import { countedAs, isDone, type Numbers, numbersOf, proofInWords, type State, stateNames } from '../domain/index.ts';
import { showPath } from '../files/index.ts';
import type { Journal, SourceRecord, SourceState, TallyEntry } from '../journal/index.ts';
import { answersAwaited, asConfigured, isPaused, marksInQuestion, orderedProof, whatItWaitsFor } from '../pipeline/index.ts';
import { strangersAsked } from './strangers.ts';
import { unreadableIn } from './unreadable.ts';

/** What Immich said when it was asked just now. */
export interface ImmichAnswer {
  readonly reachable: boolean;
  /** `3.1.0`; null when it did not answer. */
  readonly version: string | null;
  /** Why it cannot be used, for the owner. */
  readonly problem?: string;
}

export interface SourceStatus {
  readonly name: string;
  /** `new`: not looked at yet. */
  readonly state: SourceState | 'new';
  /** Why it is not present. */
  readonly reason?: string;
  /** Its files go on when this comes to be so, `everybody is away`. */
  readonly waitsFor?: string;
  readonly files: Numbers;
  readonly bytes: Numbers;
  /** End of the last whole sweep, ISO 8601. */
  readonly lastSweptAt: string | null;
  /** When its schedule has it looked through next, ISO 8601; null: it has none, or nobody knows yet. */
  readonly nextRunAt: string | null;
  /** Sentences about what could not be read in the last sweep, the first few. */
  readonly unreadable?: readonly string[];
  /** Sentences about marks in its folders that wait for an answer, or cannot be read, the first few. */
  readonly marks?: readonly string[];
  /** What is asked about films that an earlier version hid. */
  readonly strangers?: string;
}

export interface Status {
  /** Photos and videos of the configured sources. */
  readonly files: Numbers;
  /** The same places, in bytes. */
  readonly bytes: Numbers;
  readonly sources: readonly SourceStatus[];
  readonly immich: ImmichAnswer;
  readonly paused: boolean;
  /** Since when the oldest waiting file has not changed, ISO 8601. */
  readonly oldestWaitingSince: string | null;
  /** When the newest of all proofs was made, ISO 8601; null: nothing is proven. */
  readonly lastSafeAt: string | null;
  /** What is asked of all sources for now: `every`, `sample 5%`, `checksum`; or `as configured`. */
  readonly proof: string;
  /** Files that were sent whole and that Immich has not answered for some seconds. Left out: there are none. */
  readonly awaitingAnswer?: AwaitingAnswer;
}

export interface AwaitingAnswer {
  readonly files: number;
  /** Name of the first, as text. */
  readonly first: string;
  /** When that was sent, ISO 8601. */
  readonly since: string;
}

export interface StatusQuestion {
  /** The configured ones, in the owner's order; what the journal knows of others is not counted. */
  readonly sources: readonly string[];
  readonly immich: ImmichAnswer;
  /** Left out: nobody asks what is under way just now. */
  readonly nowMs?: number;
}

/** What stands in a few rows of the journal, however many files there are: for those who look every second. */
export interface Glance extends Pick<Status, 'files' | 'bytes' | 'paused' | 'proof'> {
  /** In the order of the names. */
  readonly sources: readonly SourceGlance[];
}

export type SourceGlance = Pick<SourceStatus, 'name' | 'state' | 'files' | 'waitsFor' | 'lastSweptAt' | 'nextRunAt'>;

/** @param sources names of those that count */
export function glanceAt(journal: Journal, sources: readonly string[]): Glance {
  const records = journal.sources.all();
  const known = sources.map((name) => ({ name, record: records.find((record) => record.name === name) }));
  const tally = journal.tally.all();
  const ofSource = (record: SourceRecord | undefined): readonly TallyEntry[] => tally.filter(({ sourceId }) => sourceId === record?.id);
  const all = known.flatMap(({ record }) => ofSource(record));
  return {
    files: filesIn(all),
    bytes: bytesIn(all),
    paused: isPaused(journal),
    proof: proofNow(journal),
    sources: known.map(({ name, record }) => ({
      name,
      state: stateOf(record),
      files: filesIn(ofSource(record)),
      ...timesOf(record),
      ...(record && waitOf(record, journal)),
    })),
  };
}

/** What takes a walk along an index: for those who look now and then. */
export function seldomLookedAt(journal: Journal, sources: readonly string[]): Pick<Status, 'oldestWaitingSince' | 'lastSafeAt'> {
  const records = journal.sources.all();
  const known = sources.map((name) => ({ record: records.find((record) => record.name === name) }));
  const oldestMs = oldestWaitingMs(journal, known);
  return {
    oldestWaitingSince: oldestMs === undefined ? null : new Date(oldestMs).toISOString(),
    lastSafeAt: lastSafeAt(journal, known),
  };
}

/** The numbers alone, in no time: for those who look several times a second. */
export function numbersIn(journal: Journal, sources: readonly string[]): Pick<Status, 'files' | 'bytes'> {
  const ids = journal.sources.all().flatMap(({ id, name }) => (sources.includes(name) ? [id] : []));
  const tally = journal.tally.all().filter(({ sourceId }) => ids.includes(sourceId));
  return { files: filesIn(tally), bytes: bytesIn(tally) };
}

/** @param journal undefined: nothing ever ran here */
export function status(journal: Journal | undefined, { sources, immich, nowMs }: StatusQuestion): Status {
  const records = journal?.sources.all() ?? [];
  const known = sources.map((name) => ({ name, record: records.find((record) => record.name === name) }));
  const tally = (journal?.tally.all() ?? []).filter(({ sourceId }) => known.some(({ record }) => record?.id === sourceId));
  return {
    files: filesIn(tally),
    bytes: bytesIn(tally),
    sources: known.map(({ name, record }) => sourceStatus(name, record, { journal, tally })),
    immich,
    paused: journal !== undefined && isPaused(journal),
    ...(journal ? seldomLookedAt(journal, sources) : { oldestWaitingSince: null, lastSafeAt: null }),
    proof: journal ? proofNow(journal) : asConfigured,
    ...(journal && nowMs !== undefined && awaitingAnswer(journal, known, nowMs)),
  };
}

function awaitingAnswer(
  journal: Journal,
  known: readonly { readonly record: SourceRecord | undefined }[],
  nowMs: number,
): Pick<Status, 'awaitingAnswer'> {
  const awaited = answersAwaited(journal, nowMs).flatMap(({ id, sinceMs }) => {
    const file = journal.files.byId(id);
    return file && known.some(({ record }) => record?.id === file.sourceId) ? [{ file, sinceMs }] : [];
  });
  const [first] = awaited;
  if (!first) return {};
  return { awaitingAnswer: { files: awaited.length, first: showPath(first.file.name), since: new Date(first.sinceMs).toISOString() } };
}

/** What keeps a source from being looked after, in a sentence; undefined when nothing does. */
export function hindranceOf({ name, state, reason }: Pick<SourceStatus, 'name' | 'state' | 'reason'>): string | undefined {
  if (state === 'present' || state === 'new') return undefined;
  if (state === 'paused') return `${name} is paused: \`homeroll resume --source "${name}"\` goes on.`;
  return reason ?? `${name} is ${state}.`;
}

/** What a source asks its owner, and which of its marks cannot be read: sentences. */
export function questionsOf({ marks = [], strangers }: Pick<SourceStatus, 'marks' | 'strangers'>): readonly string[] {
  return strangers === undefined ? marks : [...marks, `${strangers}.`];
}

/** Wanted, or perhaps wanted, and not done. */
export const undoneStates: readonly State[] = stateNames.filter(
  (state) => ['unjudged', 'waiting', 'blocked', 'stored'].includes(countedAs(state)) && !isDone(state),
);

/**
 * True when something wanted is not done in one of these sources, or nobody can know: never looked at, away, or in part unreadable.
 */
export function isAnythingUndone(journal: Journal | undefined, sources: readonly string[]): boolean {
  if (!journal) return true;
  const records = journal.sources.all().filter(({ name }) => sources.includes(name));
  if (records.length < sources.length || records.some((record) => isUnsure(record, journal))) return true;
  return journal.tally.all().some(({ sourceId, state }) => records.some(({ id }) => id === sourceId) && undoneStates.includes(state));
}

function isUnsure({ id, state, sweptAtMs }: SourceRecord, journal: Journal): boolean {
  return state === 'away' || state === 'asking' || sweptAtMs === undefined || unreadableIn(journal, id).length > 0;
}

function sourceStatus(
  name: string,
  record: SourceRecord | undefined,
  { journal, tally }: { journal: Journal | undefined; tally: readonly TallyEntry[] },
): SourceStatus {
  const own = tally.filter(({ sourceId }) => sourceId === record?.id);
  const unreadable = journal && record ? unreadableIn(journal, record.id) : [];
  const marks = journal && record ? marksInQuestion(journal, record.id).map(({ sentence }) => sentence) : [];
  const strangers = journal && record && strangersAsked(journal, record);
  return {
    name,
    state: stateOf(record),
    ...(record?.reason !== undefined && { reason: record.reason }),
    ...(journal && record && waitOf(record, journal)),
    files: filesIn(own),
    bytes: bytesIn(own),
    ...timesOf(record),
    ...(unreadable.length > 0 && { unreadable }),
    ...(marks.length > 0 && { marks }),
    ...(strangers !== undefined && { strangers }),
  };
}

function waitOf({ id }: SourceRecord, journal: Journal): Pick<SourceStatus, 'waitsFor'> {
  const waitsFor = whatItWaitsFor(journal, id);
  return waitsFor === undefined ? {} : { waitsFor };
}

function timesOf(record: SourceRecord | undefined): Pick<SourceStatus, 'lastSweptAt' | 'nextRunAt'> {
  const said = (atMs: number | undefined): string | null => (atMs === undefined ? null : new Date(atMs).toISOString());
  return { lastSweptAt: said(record?.sweptAtMs), nextRunAt: said(record?.runDueAtMs) };
}

function stateOf(record: SourceRecord | undefined): SourceStatus['state'] {
  return !record || (record.state === 'present' && record.sweptAtMs === undefined) ? 'new' : record.state;
}

function oldestWaitingMs(journal: Journal, known: readonly { readonly record: SourceRecord | undefined }[]): number | undefined {
  const waiting = stateNames.filter((state) => countedAs(state) === 'waiting');
  const times = known.flatMap(({ record }) => (record ? (journal.files.oldestSeenAtMs(record.id, waiting) ?? []) : []));
  return times.length === 0 ? undefined : Math.min(...times);
}

function lastSafeAt(journal: Journal, known: readonly { readonly record: SourceRecord | undefined }[]): string | null {
  const times = known.flatMap(({ record }) => (record ? (journal.verified.newestProofAtMs(record.id) ?? []) : []));
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString();
}

/** Which proof somebody ordered for all sources, in the words of the order; `as configured`: none. */
export function proofNow(journal: Pick<Journal, 'facts'>): string {
  const ordered = orderedProof(journal);
  return ordered ? proofInWords(ordered) : asConfigured;
}

function filesIn(tally: readonly TallyEntry[]): Numbers {
  return numbersOf(tally.map(({ state, files }) => ({ state, count: files })));
}

function bytesIn(tally: readonly TallyEntry[]): Numbers {
  return numbersOf(tally.map(({ state, bytes }) => ({ state, count: bytes })));
}
