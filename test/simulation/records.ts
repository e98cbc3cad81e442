/** What the people of the household did, and must find respected; and what ever lay on their disks. */
import { createHash } from 'node:crypto';
import { isWithin, parseTemplate, planAlbums, type Span } from '../../src/domain/index.ts';
import type { PathBytes } from '../../src/files/index.ts';
import { wallClock } from '../../src/kernel/index.ts';
import { isInBin } from './bins.ts';
import { accountOf, timeZone, winterHoliday } from './config.ts';
import type { FileOnDisk } from './disk.ts';
import { dateIn, saysWhatItIsHalfOf, stranger } from './pictures.ts';
import type { Source } from './volumes.ts';

export const sha1Of = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

export interface LeftUnsafe {
  readonly source: Source;
  readonly path: string;
  readonly sha1: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly wasLostInImmich: boolean;
}

export interface OrderGiven {
  readonly kind: 'keep' | 'let go';
  readonly userId: string;
  readonly sha1: string | null;
  readonly path: string;
  /** Of what else it is about, as it looked then. */
  readonly halves: readonly (string | null)[];
  /** How many damages the household had been told of by then. */
  readonly damagesTold: number;
}

export class Records {
  /** `user sha1` of what the owner trashed, erased or let go, and did not ask back. */
  readonly undone = new Set<string>();
  /** The same, whatever was said of it later. */
  readonly everUndone = new Set<string>();
  /** Removed before the owner's word to keep it was carried out: to keep it and to leave it out are both right. */
  readonly unclear = new Set<string>();
  /** What lay in the trash before Homeroll ever had it: that cannot count as done. */
  readonly trashedBefore = new Set<string>();
  /** What the owner let go, and since when (by elapsed time) nothing of it may be sent. */
  readonly letGo = new Map<string, number>();
  /** What the owner said to let go, and never to keep after that: nobody asks about it any more. */
  readonly toldToLetGo = new Set<string>();
  /** What Immich lost, and Homeroll was not told to keep since: few are taken for the owner's hand, many are asked about. */
  readonly lostInImmich = new Set<string>();
  /** The same, whatever was said of it later. */
  readonly everLost = new Set<string>();
  /** `user sha1` of what the household was told is damaged. */
  readonly damageTold = new Set<string>();
  /** When they were told that it was removed in Immich, by elapsed time. */
  readonly letGoToldAtMs = new Map<string, number>();
  /** `user sha1`, and pictures by their stems, of which the owner ever said: keep it. */
  readonly keepSaid = new Set<string>();
  /** What they let go knowing that it is damaged. */
  readonly letGoOfDamage = new Set<string>();
  /** What the owner ever said to let go, which needs no telling. */
  readonly everToldToLetGo = new Set<string>();
  /** Orders about single files, by their number, until they are answered. */
  readonly orders = new Map<number, OrderGiven>();
  /** The same about all that was asked about at once. */
  readonly ordersAboutMany = new Map<
    number,
    { readonly kind: OrderGiven['kind']; readonly files: readonly Pick<OrderGiven, 'userId' | 'sha1' | 'path'>[] }
  >();
  /** `user sha1` of what the owner said to keep, and where it is on disk. */
  readonly kept = new Map<string, string>();
  /** Videos that their owner took from the stills that showed them, by these; both are asset ids. */
  readonly parted = new Map<string, string>();
  /** Assets taken out of an album: `album asset`. */
  readonly takenOut = new Set<string>();
  /** Descriptions of albums that the owner deleted. */
  readonly deletedAlbums = new Set<string>();
  /** Albums of the owner's own, and what they put there. */
  readonly ownAlbums = new Map<string, ReadonlySet<string>>();
  /** Contents of files that were still being written, and where: none of these may ever be sent. */
  readonly unfinished = new Map<string, string>();
  /** Every content that ever lay on a disk, or was put into Immich by hand. */
  readonly contents = new Set<string>();
  /** Contents that never lay anywhere but in bins. */
  readonly onlyInBins = new Set<string>();
  /** `user sha1` of what lies in bins only by now, since when (by elapsed time), and whether Immich was seen not to have it. */
  readonly inBinsOnly = new Map<string, { readonly sinceMs: number; readonly wasAbsent: boolean }>();
  /** `user sha1` of what was done when its file was thrown away. */
  readonly thrownAwaySafe = new Set<string>();
  /** Contents that say what they are the half of, and films that only share a name with a photo. */
  readonly halves = new Set<string>();
  readonly strangers = new Set<string>();
  /** `account sha1 album`: where a picture may be, by the plan as it was at some time. */
  readonly planned = new Set<string>();
  readonly plannedNames = new Set<string>();
  /** Albums that somebody renamed, by id, and how. */
  readonly renamedAlbums = new Map<string, string>();
  /** Entries that ever stood in the calendar, as they stood then. */
  readonly #entries: { readonly key: string; readonly span: Span }[] = [];
  /** `account sha1`: every time of change that it ever had, or the one date that it tells itself. */
  readonly #times = new Map<string, Set<number>>();
  /** `account sha1`: the albums it was to have, once for each of its times of change, by their names in one text. */
  readonly #plans = new Map<string, Map<string, readonly string[]>>();
  /** The rows that were called gone when last looked at, and when that was. */
  goneBefore: { readonly ids: ReadonlySet<number>; readonly atMs: number } = { ids: new Set(), atMs: 0 };
  /** Deleted by hand before they were safe. */
  readonly leftUnsafe: LeftUnsafe[] = [];
  /** Others took their names before they were safe. */
  readonly replacedUnsafe: LeftUnsafe[] = [];
  /** When a file of each picture was last changed, by elapsed time. */
  readonly #stirredAtMs = new Map<string, number>();

  undo(content: string): void {
    this.undone.add(content);
    this.everUndone.add(content);
    this.kept.delete(content);
  }

  leaveUnclear(content: string): void {
    this.unclear.add(content);
    this.everUndone.add(content);
  }

  /** Immich lost it, by nobody's wish. */
  lose(content: string): void {
    this.lostInImmich.add(content);
    this.everLost.add(content);
    this.kept.delete(content);
  }

  /** Somebody wants it after all. */
  wantBack(content: string): void {
    this.undone.delete(content);
    this.unclear.delete(content);
    this.lostInImmich.delete(content);
    this.trashedBefore.delete(content);
  }

  keep(content: string, path: string): void {
    this.wantBack(content);
    this.letGo.delete(content);
    this.toldToLetGo.delete(content);
    this.letGoOfDamage.delete(content);
    this.kept.set(content, path);
  }

  /** What is at `path` now is only the beginning of something. */
  begin(path: PathBytes, bytes: Buffer): void {
    this.unfinished.set(sha1Of(bytes), path.toString('latin1'));
  }

  finish(contents: readonly Buffer[]): void {
    for (const bytes of contents) this.unfinished.delete(sha1Of(bytes));
  }

  /** Files of one picture wait for one another. */
  stir(path: PathBytes, elapsedMs: number): void {
    this.#stirredAtMs.set(pictureOf(path), elapsedMs);
  }

  stirredAtMs(path: PathBytes): number {
    return this.#stirredAtMs.get(pictureOf(path)) ?? 0;
  }

  /** The albums that a picture was to have, for every time of change that it ever had: by which of them it was filed is a matter of when. */
  plansOf(source: Source, sha1: string): readonly (readonly string[])[] {
    return [...(this.#plans.get(`${accountOf[source]} ${sha1}`)?.values() ?? [])];
  }

  timesOf(source: Source, sha1: string): readonly number[] {
    return [...(this.#times.get(`${accountOf[source]} ${sha1}`) ?? [])];
  }

  /** Whether it may be filed by an entry, in place of by the owner's event. */
  wasEverInEntry(source: Source, sha1: string): boolean {
    return this.#entries.some(({ key }) => this.planned.has(`${accountOf[source]} ${sha1} ${key}`));
  }

  noteEntry(key: string, span: Span): void {
    this.#entries.push({ key, span });
    this.plannedNames.add(key);
    for (const [content, times] of this.#times) {
      for (const mtimeMs of times) if (mayBeWithin(mtimeMs, span)) this.planned.add(`${content} ${key}`);
    }
  }

  /** It lies where it is looked at: whatever was said of it when it was thrown away is over. */
  #noteWanted(sha1: string): void {
    this.onlyInBins.delete(sha1);
    for (const content of this.inBinsOnly.keys()) if (content.endsWith(sha1)) this.inBinsOnly.delete(content);
    for (let at = this.leftUnsafe.length - 1; at >= 0; at -= 1) if (this.leftUnsafe[at]?.sha1 === sha1) this.leftUnsafe.splice(at, 1);
  }

  note(source: Source, { path, bytes, mtimeMs }: FileOnDisk, elapsedMs: number): void {
    const sha1 = sha1Of(bytes);
    if (isInBin(path)) {
      if (!this.contents.has(sha1)) this.onlyInBins.add(sha1);
      return;
    }
    this.#noteWanted(sha1);
    this.contents.add(sha1);
    if (saysWhatItIsHalfOf(bytes)) this.halves.add(sha1);
    if (bytes.includes(stranger)) this.strangers.add(sha1);
    if (this.unfinished.get(sha1) !== path.toString('latin1')) this.unfinished.delete(sha1);
    this.stir(path, elapsedMs);
    const takenMs = dateIn(bytes, mtimeMs) ?? mtimeMs;
    const names = albumsOf(takenMs);
    const content = `${accountOf[source]} ${sha1}`;
    this.#plans.set(content, (this.#plans.get(content) ?? new Map()).set(names.join('\n'), names));
    this.#times.set(content, (this.#times.get(content) ?? new Set()).add(takenMs));
    for (const { key, span } of this.#entries) if (mayBeWithin(takenMs, span)) this.planned.add(`${content} ${key}`);
    for (const name of names) {
      this.planned.add(`${accountOf[source]} ${sha1} ${name}`);
      this.plannedNames.add(name);
    }
  }
}

/** Clocks change by an hour. */
export const asClocksGo = (mtimeMs: number): readonly number[] => [mtimeMs - hourMs, mtimeMs, mtimeMs + hourMs];

const mayBeWithin = (mtimeMs: number, span: Span): boolean => asClocksGo(mtimeMs).some((atMs) => isWithin(takenAt(atMs), span));

const pictureOf = (path: PathBytes): string => path.toString('latin1').replace(/\.[^./]*$/, '');

const template = { template: parseTemplate('{year}/{month-name}'), isAdoptable: false };

const hourMs = 3_600_000;

/** Most simulated pictures do not tell when they were taken, so the time of change does. */
export function takenAt(mtimeMs: number) {
  return { local: wallClock(mtimeMs, timeZone), epochMs: mtimeMs, from: 'modification time' } as const;
}

const known = new Map<number, readonly string[]>();

export function albumsOf(mtimeMs: number): readonly string[] {
  // In this time zone no day begins or ends within an hour.
  const hour = Math.floor(mtimeMs / 3_600_000);
  const names = known.get(hour) ?? albumsAt(mtimeMs);
  known.set(hour, names);
  return names;
}

function albumsAt(mtimeMs: number): readonly string[] {
  const rules = { templates: [template], events: [winterHoliday], language: 'en' };
  return planAlbums({ takenAt: takenAt(mtimeMs), path: '', source: '' }, rules).map(({ name }) => name);
}
