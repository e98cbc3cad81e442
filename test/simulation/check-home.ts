/** Whether what Home Assistant tells is heeded: nothing moves that waits for an empty house, and albums follow the calendar. */
import { entryAlbumName, shortestAround } from '../../src/domain/index.ts';
import { wallClock } from '../../src/kernel/index.ts';
import { timeZone, winterHoliday } from './config.ts';
import { filedPictures } from './filed-pictures.ts';
import { type Finding, found } from './finding.ts';
import { type Entry, keyOfEntry } from './home.ts';
import { asClocksGo, takenAt } from './records.ts';
import type { Source } from './volumes.ts';
import type { World } from './world.ts';

// What is in hand when somebody comes home is finished.
const inHandMs = 600_000;
const dayMs = 86_400_000;

/** The share's pictures move only while everybody is away. */
export function findMovedAtHome({ home }: World, step: string, source: string): readonly Finding[] {
  if (source !== 'Share' || !home || home.seenForMs('full') < inHandMs) return [];
  return [found('moved at home', `${step} took pictures of the share in hand though somebody is at home`)];
}

/** Whether nobody can say by when a source's files are to be known and at rest. */
export function isWaitingForHome({ home }: World, source: Source, sinceMs: number): boolean {
  if (!home) return false;
  return source === 'Card' || (source === 'Share' && home.seenForMs('empty') < sinceMs);
}

/** What was taken during an entry is in its album, at rest; less what the owner took out. */
export function findMissingFromEntries(world: World): readonly Finding[] {
  const { home, records } = world;
  if (!home) return [];
  return filedPictures(world).flatMap(({ row, sha1, where, isServed }) => {
    const times = records.timesOf(row.source, sha1);
    if (times.some((mtimeMs) => isAhead(mtimeMs, row.id, world))) return [];
    const wanted = times.map((mtimeMs) => entryFor(mtimeMs, home.entries));
    if (wanted.some((entry) => !entry || isServed(keyOfEntry(entry)))) return [];
    const titles = wanted.map((entry) => entry?.title).join(', ');
    return [found('album missing', `${where} is ${row.state}, taken during "${titles}", and not in the album of that`)];
  });
}

/** It was taken more than a day after it was filed, says its date: no calendar is asked about that. */
function isAhead(mtimeMs: number, fileId: number, { truth }: World): boolean {
  const filed = truth.ask<{ atMs: number }>("SELECT at AS atMs FROM history WHERE file_id = ? AND to_state IN ('safe', 'kept')", fileId);
  return filed.some(({ atMs }) => mtimeMs > atMs + dayMs);
}

/** An album that its owner never renamed is called after its entry. */
export function findStaleNames({ home, truth, records }: World): readonly Finding[] {
  return truth.albums().flatMap((album) => {
    const entry = home?.entryOf(album);
    if (!entry || records.renamedAlbums.has(album.id)) return [];
    const name = entryAlbumName(entry, 'en', (atMs) => wallClock(atMs, timeZone));
    return album.name === name ? [] : [found('wrong name', `the album of "${name}" is called "${album.name}"`)];
  });
}

/** Undefined: none, or one could argue. */
function entryFor(mtimeMs: number, entries: readonly Entry[]): Entry | undefined {
  const all = [...entries, { uid: '', title: winterHoliday.name, span: { kind: 'days' as const, ...winterHoliday } }];
  // Looked through from both ends, two that are equally short are two.
  const found = asClocksGo(mtimeMs).flatMap((atMs) => [all, all.toReversed()].map((some) => shortestAround(takenAt(atMs), some)));
  const [first] = found;
  return first && first.uid !== '' && found.every((one) => one === first) ? first : undefined;
}
