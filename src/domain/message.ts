/** The sentences that the household is told, the same on every door. Pure: facts in, one calm sentence or two out. */
import { counted, grouped, named, pictures, sum, type Tally } from './counting.ts';
import { formatDuration } from './duration.ts';

/** Why some files of a batch need a person, in the words of `why`. */
export interface Need {
  readonly count: number;
  readonly reason: string;
}

export interface BatchNews {
  readonly source: string;
  /** Read back and equal. */
  readonly safe: Tally;
  /** Done without a read-back, because `proof:` asks for none. */
  readonly stored: Tally;
  readonly waiting: number;
  readonly needs: readonly Need[];
}

/** `12 photos and 1 video from Scanner are safe.`, or how far it came: `12 photos from Scanner are safe, 2 wait, 1 needs you: …` */
export function tellBatch({ source, safe, stored, waiting, needs }: BatchNews): string {
  const needing = needs.reduce((total, { count }) => total + count, 0);
  const open = [
    waiting > 0 ? `${grouped(waiting)} ${waiting === 1 ? 'waits' : 'wait'}` : '',
    needing > 0 ? `${grouped(needing)} ${needing === 1 ? 'needs' : 'need'} you: ${reasons(needs)}` : '',
  ].filter(Boolean);
  if (sum(safe) + sum(stored) === 0) {
    return open.length === 0 ? `Nothing new from ${source}.` : `Nothing from ${source} is safe yet: ${stop(open.join(', '))}`;
  }
  return stop([done(source, safe, stored), ...open].join(', '));
}

/** `Found 4,012 photos and 96 videos in Scanner. They are on their way.` */
export function tellBacklogFound({ source, found }: { readonly source: string; readonly found: Tally }): string {
  const onTheWay = ['', ' It is on its way.'][sum(found)] ?? ' They are on their way.';
  return `Found ${pictures(found)} in ${source}.${onTheWay}`;
}

export interface BacklogNews {
  readonly source: string;
  readonly done: number;
  readonly total: number;
  readonly isProven: boolean;
}

/** Once a day while a backlog is on its way: `1,204 of 4,108 photos and videos from Scanner are safe. The rest is on its way.` */
export function tellBacklogProgress({ source, done, total, isProven }: BacklogNews): string {
  return `${grouped(done)} of ${grouped(total)} photos and videos from ${source} are ${isProven ? 'safe' : 'stored'}. The rest is on its way.`;
}

/** The end of a backlog: as a batch, and that it was all. */
export function tellBacklogDone(news: BatchNews): string {
  const isAll = news.waiting === 0 && news.needs.length === 0 && sum(news.safe) + sum(news.stored) > 1;
  return isAll ? `All ${tellBatch(news)}` : tellBatch(news);
}

/** `3 photos left Anna's phone folder before they were safe.` */
export function tellLost({
  source,
  lost,
  names,
}: {
  readonly source: string;
  readonly lost: Tally;
  readonly names: readonly string[];
}): string {
  const which = names.length === 0 ? '' : ` ${sum(lost) === 1 ? 'It was' : 'They were'} ${named(names, sum(lost))}.`;
  return `${pictures(lost)} left ${source} folder before ${sum(lost) === 1 ? 'it was' : 'they were'} safe.${which}`;
}

/**
 * `IMG_0001.JPG in Anna's phone was replaced by another picture before it was safe.`
 * @param isByPictures other pictures took their names; else nobody knows what did
 */
export function tellReplaced({
  source,
  replaced,
  names,
  isByPictures,
}: {
  readonly source: string;
  readonly replaced: Tally;
  readonly names: readonly string[];
  readonly isByPictures: boolean;
}): string {
  if (sum(replaced) === 1 && names.length === 1) {
    const how = isByPictures ? 'replaced by another picture' : 'overwritten';
    return `${named(names).slice(1, -1)} in ${source} was ${how} before it was safe.`;
  }
  const how = isByPictures ? 'replaced by other pictures' : 'overwritten';
  const which = names.length === 0 ? '' : ` They were ${named(names, sum(replaced))}.`;
  return `${pictures(replaced)} in ${source} were ${how} before they were safe.${which}`;
}

/** A folder that cannot be trusted to be there. Nothing in it counts as deleted. */
export function tellSourceAway({
  source,
  folder,
  because,
}: {
  readonly source: string;
  readonly folder: string;
  readonly because: string;
}): string {
  return `${source} is away: ${folder} ${because}. Nothing counts as deleted; it goes on by itself when it is back.`;
}

export function tellSourceBack({ source, awayMs }: { readonly source: string; readonly awayMs: number }): string {
  // A share that blinked is no news of hours.
  return awayMs < 60_000 ? `${source} is back and goes on.` : `${source} is back after ${formatDuration(awayMs)} and goes on.`;
}

/** What was mounted below a source's folder is not. */
export function tellPartAway({ source, folder }: { readonly source: string; readonly folder: string }): string {
  return `A part of ${source} is away: nothing is mounted at ${folder}. Nothing in it counts as deleted; it goes on by itself when it is back.`;
}

export function tellPartBack({
  source,
  folder,
  awayMs,
}: {
  readonly source: string;
  readonly folder: string;
  readonly awayMs: number;
}): string {
  const after = awayMs < 60_000 ? '' : ` after ${formatDuration(awayMs)}`;
  return `${folder} is back${after}, and ${source} goes on there.`;
}

/** An account is Immich's user: another one behind the same name voids what was proven for it. */
export function tellAccountChanged({
  account,
  before,
  now,
}: {
  readonly account: string;
  readonly before: string;
  readonly now: string;
}): string {
  return `The key of account "${account}" belongs to another Immich user now: ${now}, before ${before}. What was proven for ${before} does not count for ${now}; all of its pictures are checked again.`;
}

/** More than half of a source missing in one sweep: paused and asked. */
export function askAboutMissing({
  source,
  missing,
  known,
}: {
  readonly source: string;
  readonly missing: number;
  readonly known: number;
}): string {
  return `${grouped(missing)} of ${counted(known, 'file')} in ${source} are missing all at once. It rests until you answer, and nothing counts as deleted. If you removed them, say: homeroll resume --source "${source}". If not, look after the folder first.`;
}

/** The owner's hand wins; told once. */
export function tellAlbumDeleted({ album }: { readonly album: string }): string {
  return `The album "${album}" was deleted in Immich. It stays deleted; its pictures stay safe.`;
}

/**
 * The owner's hand wins; told once.
 * @param onNoDisk how many of them are on disk no longer, and cannot be had back from here
 */
export function tellLetGo({
  source,
  removed,
  onNoDisk = 0,
}: {
  readonly source: string;
  readonly removed: Tally;
  readonly onNoDisk?: number;
}): string {
  const one = sum(removed) === 1;
  const told = `${pictures(removed)} from ${source} ${one ? 'was' : 'were'} removed in Immich and ${one ? 'stays' : 'stay'} removed.`;
  if (onNoDisk >= sum(removed)) return `${told} ${one ? 'It is' : 'They are'} on no disk any more either.`;
  const lost = onNoDisk === 0 ? '' : ` ${grouped(onNoDisk)} of them ${onNoDisk === 1 ? 'is' : 'are'} on no disk any more either.`;
  return `${told}${lost} To have ${one ? 'it' : 'them'} back: homeroll keep PATH.`;
}

/** What a lost journal means for the household. `aside`: the name that the damaged one has now; undefined: somebody deleted it. */
export function tellJournalAnew({ aside }: { readonly aside: string | undefined }): string {
  const [what, where] =
    aside === undefined
      ? ["Homeroll's journal was deleted while it ran", '']
      : ["Homeroll's journal was damaged", ` The damaged one is kept in the state folder as ${aside}.`];
  return `${what}, and a new one is begun. Every file is read once more and asked about; nothing is sent twice. What you undid in Immich is forgotten: pictures that you emptied from its trash would be sent again, and ones that you took out of albums put back.${where}`;
}

function done(source: string, safe: Tally, stored: Tally): string {
  const are = (tally: Tally): string => (sum(tally) === 1 ? 'is' : 'are');
  if (sum(stored) === 0) return `${pictures(safe)} from ${source} ${are(safe)} safe`;
  if (sum(safe) === 0) return `${pictures(stored)} from ${source} ${are(stored)} stored`;
  const both = { photos: safe.photos + stored.photos, videos: safe.videos + stored.videos };
  return `${pictures(both)} from ${source} are stored, ${grouped(sum(safe))} of them read back and safe`;
}

function reasons(needs: readonly Need[]): string {
  if (needs.length === 1) return needs[0]?.reason ?? '';
  const shown = needs.slice(0, 3).map(({ count, reason }) => `${grouped(count)} ${reason}`);
  return needs.length > shown.length ? `${shown.join('; ')}; and other reasons` : shown.join('; ');
}

function stop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
