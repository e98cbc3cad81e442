/** Answers "why?" for one file: where it stands, what it waits for, what is known of it, and all that happened to it. */

import type { SourceConfig } from '../config/index.ts';
import {
  type DateOrigin,
  type FileRecord,
  formatDuration,
  isStored,
  type State,
  states,
  stepOf,
  type TakenAt,
  waitsFor,
} from '../domain/index.ts';
import { type EntryKind, leaveAlone, NoAnswer, type PathBytes, showPath } from '../files/index.ts';
import type { Journal, SourceRecord } from '../journal/index.ts';
import {
  answersAwaited,
  type FileAwaited,
  findByPath,
  homeAwaySinceMs,
  ignoreRulesOf,
  isPaused,
  markAtPath,
  sayWhereMarkStands,
  sidecarOf,
  whatItWaitsFor,
  whyLeftAloneAt,
  whyStepRests,
} from '../pipeline/index.ts';
import { sentence } from './reasons.ts';
import { asNoticed } from './since-when-away.ts';
import { type FileLine, lineOf } from './whereabouts.ts';

export interface WhyAnswer extends FileLine {
  /** Sentences: what is true of it now, and what it waits for. */
  readonly now: readonly string[];
  /** `from` says what the date was read from. */
  readonly taken: TakenAnswer | null;
  readonly camera: string | null;
  /** Names of the other files of its picture. */
  readonly picture: readonly string[];
  /** Names of photos or films that only share its name. */
  readonly namedAlike: readonly string[];
  readonly history: readonly { readonly at: string; readonly from: State | null; readonly to: State; readonly reason: string | null }[];
}

export interface TakenAnswer {
  readonly local: string;
  readonly from: DateOrigin;
  /** What set the clock right; null: nothing did. */
  readonly correctedBy: string | null;
  /** The wall clock that Immich shows instead; null: the same, as far as Homeroll knows. */
  readonly inImmich: string | null;
}

/** @param path absolute @returns undefined when no such file was ever noticed: see {@link whyUnknown} */
export function whyFile(path: PathBytes, journal: Journal, nowMs: number): WhyAnswer | undefined {
  const file = findByPath(path, journal);
  if (!file) return undefined;
  const others = journal.files.picture(file.folderId, file.stem).filter(({ id, state }) => id !== file.id && state !== 'gone');
  const source = journal.sources.byId(file.sourceId);
  // Until it is sent its sidecar may still change, so its own notes hold its own date.
  const taken = (isStored(file.state) ? undefined : sidecarOf(file, others, ['held'])?.notes.taken) ?? file.notes.taken;
  const awaited = answersAwaited(journal, nowMs).find(({ id }) => id === file.id);
  return {
    ...lineOf(file, journal, awaited),
    now: [
      ...explain(file, {
        others,
        source,
        isPaused: isPaused(journal),
        hindrance: hindranceOf(file, source, journal),
        limit: limitOf(source, journal, nowMs),
        isEntryOwed: journal.calendarMonths.isOwed(file.id),
        awaited,
        nowMs,
      }),
      ...standingOfMark(path, journal),
      ...standingOfStranger(file, source, journal),
    ],
    // What Immich shows of a half is its still.
    taken: taken ? takenOf(file.role === 'motion' ? { ...taken, isSentAlong: true } : taken) : null,
    camera: file.notes.camera ?? null,
    picture: others.filter((other) => !areStrangers(file, other)).map(({ name }) => showPath(name)),
    namedAlike: others.filter((other) => areStrangers(file, other)).map(({ name }) => showPath(name)),
    history: journal.history.of(file.id).map(({ atMs, from, to, reason }) => ({
      at: new Date(atMs).toISOString(),
      from: from ?? null,
      to,
      reason: reason ?? null,
    })),
  };
}

/** A photo and a film of one name that were judged, and are no live photo. */
function areStrangers(one: FileRecord, other: FileRecord): boolean {
  const film = one.kind === 'video' ? one : other;
  const photo = film === one ? other : one;
  const isJudged = !['noticed', 'settled'].includes(film.state);
  return film.kind === 'video' && photo.kind === 'photo' && film.role === 'main' && isJudged;
}

function takenOf({ local, from, correctedBy, elseShown, isSentAlong }: TakenAt): TakenAnswer {
  return { local, from, correctedBy: correctedBy ?? null, inImmich: isSentAlong ? null : (elseShown ?? null) };
}

function standingOfMark(path: PathBytes, journal: Journal): readonly string[] {
  const mark = markAtPath(path, journal);
  return mark ? [sayWhereMarkStands(mark)] : [];
}

/** Of a film that an earlier version hid behind a photo. */
function standingOfStranger({ sha1 }: FileRecord, { accountId }: SourceRecord, journal: Journal): readonly string[] {
  const stranger = sha1 && accountId !== undefined ? journal.strangers.find(accountId, sha1) : undefined;
  const behind = 'hidden in Immich behind a photo that only shares its name';
  if (stranger?.state === 'asked')
    return [`It is ${behind}: homeroll live-photos show brings it back, homeroll live-photos leave does not.`];
  return stranger?.state === 'left' ? [sentence(`it was found ${behind}, and is left so: ${stranger.reason ?? 'as it was'}`)] : [];
}

function hindranceOf({ state }: FileRecord, { accountId }: SourceRecord, journal: Journal): string | undefined {
  const [step, account] = [stepOf(state), accountId && journal.sources.account(accountId)];
  return step && account ? whyStepRests(journal, account.name, step) : undefined;
}

function limitOf({ id }: SourceRecord, journal: Journal, nowMs: number): Limit | undefined {
  const waitsFor = whatItWaitsFor(journal, id);
  if (waitsFor === undefined) return undefined;
  const sinceMs = homeAwaySinceMs(journal);
  return { waitsFor, ...(sinceMs !== undefined && { homeAwayForMs: nowMs - sinceMs }) };
}

export interface WhyUnknownParts {
  /** What lies there now, or why nobody can say. */
  readonly found?: EntryKind | NoAnswer | undefined;
  /** Undefined: nothing ever ran here. */
  readonly journal?: Journal | undefined;
  /** A Homeroll runs: no other can look meanwhile. */
  readonly isAtWork?: boolean;
}

/**
 * Why nothing is known of a path, in a sentence.
 */
export function whyUnknown(
  path: PathBytes,
  sources: readonly Pick<SourceConfig, 'name' | 'folder' | 'when' | 'ignore'>[],
  { found, journal, isAtWork = false }: WhyUnknownParts = {},
): string {
  const shown = showPath(path);
  const source = sources.find(({ folder }) => `${path.toString('latin1')}/`.startsWith(`${Buffer.from(folder).toString('latin1')}/`));
  if (!source) return `${shown} lies in none of your sources (${sources.map(({ folder }) => folder).join(', ')}).`;
  const [said] = journal ? standingOfMark(path, journal) : [];
  if (said !== undefined) return `${shown} is a mark. ${said}`;
  const below = path.subarray(Buffer.byteLength(source.folder) + 1);
  const known = journal?.sources.all().find(({ name }) => name === source.name);
  const left = whyLeftAloneAt(
    leaveAlone(ignoreRulesOf(source, known && journal && { id: known.id, journal })),
    below,
    found === undefined || found instanceof NoAnswer ? 'unknown' : found,
  );
  if (left !== undefined) return `${shown} is ${left}.`;
  if (found instanceof NoAnswer) return `Nothing is known of ${shown} in ${source.name}: ${asNoticed(found.fact, known, journal)}`;
  if (found === 'folder') return `${shown} is a folder: name a file in it.`;
  if (found === 'link') return `${shown} is a link, and links are not followed: name the file that it points to.`;
  if (found === 'other') return `${shown} is no file like others (a pipe, perhaps), and is left alone.`;
  if (found === 'file') return `${shown} was not looked at yet: ${whenLookedAt(source, isAtWork)}.`;
  return `Nothing is known of ${shown} in ${source.name}: it is not there, or was not looked at yet.`;
}

function whenLookedAt({ name, when }: Pick<SourceConfig, 'name' | 'when'>, isAtWork: boolean): string {
  const command = isAtWork ? `homeroll look --source "${name}"` : `homeroll once --source "${name}"`;
  if (when.kind === 'circumstance') return `${name} is looked through when ${when.circumstance.said}, and ${command} does it now`;
  if (when.kind === 'schedule') return `${name} is looked through at its times, and ${command} does it now`;
  if (isAtWork && when.kind === 'new media') return `Homeroll runs and comes to it by itself, and ${command} looks now`;
  return `${command} looks through ${name}`;
}

interface Limit {
  /** `everybody is away` */
  readonly waitsFor: string;
  /** Left out: it is there. */
  readonly homeAwayForMs?: number;
}

interface Circumstances {
  readonly others: readonly FileRecord[];
  readonly source: SourceRecord;
  readonly isPaused: boolean;
  /** What keeps its step from being done for anybody of its account. */
  readonly hindrance: string | undefined;
  /** What must be so in the home before it moves. */
  readonly limit?: Limit | undefined;
  /** Home Assistant has not told yet whether the picture was taken during an entry of a calendar. */
  readonly isEntryOwed?: boolean;
  /** All of it was sent, and Immich has not answered. */
  readonly awaited?: FileAwaited | undefined;
  readonly nowMs: number;
}

/** What is true of a file now, in sentences; pure. */
export function explain(
  file: FileRecord,
  { others, source, isPaused, hindrance, limit, isEntryOwed = false, awaited, nowMs }: Circumstances,
): readonly string[] {
  const isUnderWay = 'step' in states[file.state] || file.state === 'joining';
  const waiting = waitsFor(file, others);
  const dueInMs = file.dueAtMs === undefined ? undefined : file.dueAtMs - nowMs;
  return [
    ...sayState(file),
    ...(hindrance === undefined || hindrance === file.reason ? [] : [sentence(hindrance)]),
    ...(waiting === undefined ? [] : [sentence(`it ${waiting}`)]),
    ...(awaited === undefined ? [] : [sayAwaited(awaited, nowMs)]),
    ...(isEntryOwed && file.state !== 'gone' ? ['Whether a calendar names an album for it waits for Home Assistant.'] : []),
    ...(dueInMs === undefined
      ? []
      : [dueInMs <= 0 ? 'It is looked at again now.' : `It is looked at again in ${formatDuration(Math.max(1_000, dueInMs))}.`]),
    ...(isUnderWay && source.state !== 'present'
      ? [sentence(`${source.name} is ${source.state}: ${source.reason ?? 'it goes on when it is back'}`)]
      : []),
    ...(isUnderWay && limit ? sayLimit(limit) : []),
    ...(isUnderWay && isPaused ? ['Homeroll is paused: `homeroll resume` goes on.'] : []),
  ];
}

/** What its state means, and why it is in it: once, where one of the two says the other. */
function sayState({ state, reason }: FileRecord): readonly string[] {
  const { means } = states[state];
  if (reason === undefined || means.endsWith(reason)) return [sentence(means)];
  return reason.startsWith('not wanted: ') ? [sentence(reason)] : [sentence(means), sentence(reason)];
}

function sayAwaited({ sinceMs, untilMs }: FileAwaited, nowMs: number): string {
  const forSo = formatDuration(Math.max(1_000, nowMs - sinceMs));
  const inSo = untilMs - nowMs < 1_000 ? 'now' : `in ${formatDuration(untilMs - nowMs)}`;
  return `It was sent ${forSo} ago, and Immich has not answered yet: ${inSo} Homeroll asks whether Immich has it, and sends it again if not.`;
}

function sayLimit({ waitsFor, homeAwayForMs }: Limit): readonly string[] {
  const waits = `It waits until ${waitsFor}.`;
  if (homeAwayForMs === undefined) return [waits];
  return [waits, `Home Assistant has been away for ${formatDuration(Math.max(1_000, homeAwayForMs))}, so nobody knows whether that is so.`];
}
