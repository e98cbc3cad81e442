/** Is a source's folder really there? Keeps the answer in the journal, and tells the household when it changes. */
import { type SourceId, tellSourceAway, tellSourceBack } from '../../domain/index.ts';
import { type AwayReason, type Disk, type NoAnswer, type RootIdentity, type RootState, rootState, showPath } from '../../files/index.ts';
import type { Journal } from '../../journal/index.ts';
import type { Clock, Log } from '../../kernel/index.ts';
import { type NewsDesk, putNews } from '../news.ts';
import type { SourceInUse } from '../step.ts';

export interface RootParts {
  readonly journal: Journal;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly news: NewsDesk;
  readonly log: Log;
}

export interface PresentRoot {
  readonly root: RootIdentity;
  /** It was away, or stood on something else, when it was last looked at: sweep it and listen anew. */
  readonly isNews: boolean;
}

/** @returns undefined when the folder is away: then nothing in it counts as vanished */
export async function lookAtRoot(source: SourceInUse, parts: RootParts, signal: AbortSignal): Promise<PresentRoot | undefined> {
  const { journal, disk } = parts;
  const record = journal.sources.standing(source.id);
  const known = record.standsOn === undefined ? undefined : parseIdentity(record.standsOn);
  const state = await rootState(disk, { path: source.root, known }, signal);
  if (state.kind === 'away') {
    noteAway(source, state, parts);
    return undefined;
  }
  if (record.state === 'away') noteBack(source, parts);
  const standsOn = writeIdentity(state.root);
  if (standsOn !== record.standsOn) journal.sources.update(source.id, { standsOn });
  return { root: state.root, isNews: record.state === 'away' || standsOn !== record.standsOn };
}

type Away = RootState & { readonly kind: 'away' };

/** Kept true for as long as it lasts: the folder may be another one in the configuration by now, and what is in the way may be something else. */
function noteAway(source: SourceInUse, state: Away, parts: RootParts): void {
  const { journal, clock, log } = parts;
  // What the owner paused stays paused, here or not; nothing in it is looked at meanwhile.
  const record = journal.sources.byId(source.id);
  if (record.state === 'paused') return;
  const isFirst = record.state !== 'away';
  journal.transaction(() => {
    const since = silentSince(source, state.noAnswer, journal);
    const reason = since?.message ?? state.sentence;
    if (!isFirst && record.reason === reason) return;
    journal.sources.update(source.id, { state: 'away', reason });
    if (isFirst) journal.facts.set(`away since: ${source.id}`, String(clock.now()));
    if (isFirst) journal.facts.forget(toldName(source));
    if (record.state === 'asking') journal.facts.set(questionName(source), record.reason ?? '');
    if (tellAway(source, state, parts)) log.warn(reason, { source: source.config.name });
  });
}

/** A life that began later, or that saw the share answer for a moment, knows of a later silence only. */
function silentSince({ id }: SourceInUse, noAnswer: NoAnswer | undefined, { facts }: Journal): NoAnswer | undefined {
  const noted = facts.get(silentName(id));
  if (!noAnswer && noted !== undefined) facts.forget(silentName(id));
  if (!noAnswer) return undefined;
  const point = noAnswer.mountPoint.toString('base64');
  const [sinceMs = '', where] = noted?.split(' ') ?? [];
  const since = where === point ? noAnswer.since(Math.min(Number(sinceMs), noAnswer.sinceMs)) : noAnswer;
  const note = `${since.sinceMs} ${point}`;
  if (note !== noted) facts.set(silentName(id), note);
  return since;
}

const silentName = (id: SourceId): string => `silent since: ${id}`;

// Both are cured by connecting what belongs there.
const tellsLike: Readonly<Partial<Record<AwayReason, AwayReason>>> = { 'nothing mounted': 'not there' };

/** Each reason that asks for something else is told once for each folder, however often they take turns. */
function tellAway(source: SourceInUse, { reason }: Away, { journal, clock, news }: RootParts): boolean {
  const [told, folder] = [journal.facts.get(toldName(source))?.split('\n') ?? [], showPath(source.root)];
  const key = `${tellsLike[reason] ?? reason}: ${folder}`;
  if (told.includes(key)) return false;
  journal.facts.set(toldName(source), [...told, key].join('\n'));
  const text = tellSourceAway({ source: source.config.name, folder, because: `is away (${reason})` });
  putNews(journal, news, { kind: 'source away', text, facts: { source: source.config.name, reason }, nowMs: clock.now() });
  return true;
}

/** What was told since it went away. */
const toldName = ({ id }: SourceInUse): string => `away told: ${id}`;

/** What it asked before it went away: nobody answered, so the question stands when it is back. */
const questionName = ({ id }: SourceInUse): string => `asked before it went away: ${id}`;

function noteBack(source: SourceInUse, { journal, clock, news }: RootParts): void {
  const awayMs = clock.now() - Number(journal.facts.get(`away since: ${source.id}`) ?? clock.now());
  const text = tellSourceBack({ source: source.config.name, awayMs });
  journal.transaction(() => {
    const question = journal.facts.get(questionName(source));
    journal.facts.forget(questionName(source));
    journal.facts.forget(silentName(source.id));
    journal.sources.update(
      source.id,
      question === undefined ? { state: 'present', reason: undefined } : { state: 'asking', reason: question },
    );
    putNews(journal, news, { kind: 'source back', text, facts: { source: source.config.name }, nowMs: clock.now() });
  });
}

/** Whole numbers of any size do not survive JSON: they are written as text. */
export function writeIdentity({ device, inode, birthtimeNs, filesystem, isMountPoint }: RootIdentity): string {
  return JSON.stringify({ device: `${device}`, inode: `${inode}`, birthtimeNs: `${birthtimeNs}`, filesystem, isMountPoint });
}

export function parseIdentity(text: string): RootIdentity {
  const { device, inode, birthtimeNs, filesystem, isMountPoint } = JSON.parse(text) as {
    device: string;
    inode: string;
    birthtimeNs: string;
    filesystem: RootIdentity['filesystem'];
    isMountPoint: boolean;
  };
  return { device: BigInt(device), inode: BigInt(inode), birthtimeNs: BigInt(birthtimeNs), filesystem, isMountPoint };
}
