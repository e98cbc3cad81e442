/** Whether albums hold what the plan says, less what the owner took out, and live photos have their videos. */
import { isDoneRow, named } from './check-files.ts';
import { winterHoliday } from './config.ts';
import { filedPictures } from './filed-pictures.ts';
import { type Finding, found } from './finding.ts';
import { show } from './show.ts';
import type { JournalRow } from './truth.ts';
import type { World } from './world.ts';

export function findMissingFromAlbums(world: World): readonly Finding[] {
  const { records } = world;
  return filedPictures(world).flatMap(({ row, sha1, where, isServed }) => {
    // Filed once, by the date that it had then: times of change shift.
    const isInEntry = records.wasEverInEntry(row.source, sha1);
    const plans = records.plansOf(row.source, sha1).map((names) => names.filter((name) => !isInEntry || name !== winterHoliday.name));
    if (plans.some((names) => names.every(isServed))) return [];
    return [found('album missing', `${where} is ${row.state}, and not in the albums that it was ever to have`)];
  });
}

export function findPartedLivePhotos(world: World): readonly Finding[] {
  const { truth, records, userOf } = world;
  const rows = truth.rows();
  const times = new Map<string, number>();
  for (const { sha1, source } of rows) times.set(`${userOf(source)} ${sha1}`, (times.get(`${userOf(source)} ${sha1}`) ?? 0) + 1);
  const present = rows.filter(({ state }) => state === 'safe' || state === 'kept');
  return present.flatMap((video) => {
    if (video.kind !== 'video') return [];
    const mates = rows.filter(({ stem, id }) => stem === video.stem && id !== video.id);
    // Bytes that are in several pictures, or that the owner removed, may be linked otherwise.
    const isPlain = [video, ...mates].every(({ sha1, source }) => {
      const content = `${userOf(source)} ${sha1}`;
      return times.get(content) === 1 && !records.everUndone.has(content) && !records.everLost.has(content);
    });
    if (!isPlain) return [];
    // Edited since by a program that forgot what it was the half of, a still is another picture.
    const isHalf = ({ sha1 }: JournalRow): boolean => records.halves.has(sha1 ?? '');
    const still = mates.find((row) => row.kind === 'photo' && row.role === 'main' && isDoneRow(row) && isHalf(row));
    const where = show(Buffer.from(video.path, 'latin1'));
    const shown = truth.asset(truth.asset(still?.assetId ?? null)?.liveVideoId ?? null);
    // Bytes that a file still has are somebody's video: that the still shows them may be its owner's choice.
    const isChosen = shown !== undefined && rows.some(({ sha1, state, id }) => sha1 === shown.sha1 && state !== 'gone' && id !== video.id);
    const isParted = records.parted.get(still?.assetId ?? '') === video.assetId;
    if (isParted && truth.asset(still?.assetId ?? null)?.liveVideoId === video.assetId) {
      return [found('joined again', `${where} was parted from its still by its owner, and is joined to it again`)];
    }
    // Edited since, the still is another one, and the video stays apart from it as well.
    const wasParted = [...records.parted.values()].some((id) => id === video.assetId);
    if (still && !wasParted && video.role === 'motion' && !isChosen && truth.asset(still.assetId)?.liveVideoId !== video.assetId) {
      return [found('live photo apart', `${where} is in Immich, and not linked to its still`)];
    }
    return [];
  });
}

/** Nobody would ever see it again: not in the timeline, and in no album. */
export function findHiddenStrangers({ truth, records }: World): readonly Finding[] {
  return truth
    .assets()
    .filter(({ sha1, visibility, isTrashed }) => visibility === 'hidden' && !isTrashed && records.strangers.has(sha1))
    .map(({ sha1 }) =>
      found('hidden behind a stranger', `the film ${sha1} is hidden in Immich, though it only shares a name with a photo`),
    );
}

/**
 * Sent hidden, as the half of a live photo, and nobody sees it: no still shows it, and none is on its way.
 * @param isNightOver what has no file any more is found out by night
 */
export function findHiddenVideos({ truth, records, userOf }: World, isNightOver: boolean): readonly Finding[] {
  const rows = truth.rows();
  const shown = new Set(truth.assets().map(({ liveVideoId }) => liveVideoId));
  return truth.assets().flatMap(({ id, ownerId, sha1, visibility, isTrashed }) => {
    if (visibility !== 'hidden' || isTrashed || shown.has(id)) return [];
    // Left in Immich as it was, by the owner's word; or brought back by hand after it was told that it stays removed.
    if (records.everToldToLetGo.has(`${ownerId} ${sha1}`)) return [];
    if (records.letGoToldAtMs.has(`${ownerId} ${sha1}`) && truth.isLetGo(ownerId, sha1)) return [];
    const holders = rows.filter((row) => row.sha1 === sha1 && row.assetId === id && userOf(row.source) === ownerId && row.state !== 'gone');
    if (holders.length === 0 && !isNightOver) return [];
    const isWaited = holders.some((row) => !isDoneRow(row) || rows.some((mate) => mate.stem === row.stem && isOnItsWay(mate)));
    return isWaited ? [] : [found('live photo apart', `${holders.map(named).join() || sha1} is hidden in Immich, and belongs to no still`)];
  });
}

const isOnItsWay = ({ kind, state }: JournalRow): boolean =>
  kind === 'photo' && !['safe', 'kept', 'gone', 'unwanted', 'letGo'].includes(state);
