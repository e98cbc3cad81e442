/** Pictures that are done, and in which albums they are: for those who ask whether that is as planned. */
import { show } from './show.ts';
import { type JournalRow, markerOf } from './truth.ts';
import type { World } from './world.ts';

/** A picture that is done and in Immich. */
export interface FiledPicture {
  readonly row: JournalRow;
  readonly sha1: string;
  readonly where: string;
  /** It is in the album that is planned by this name, or its owner does not want it there. */
  readonly isServed: (name: string) => boolean;
}

export function filedPictures({ truth, records, files }: World): readonly FiledPicture[] {
  const albums = new Map(truth.albums().map((album) => [`${album.ownerId} ${album.description}`, album]));
  return files.flatMap(({ path }) => {
    const row = truth.rowAt(path.toString('latin1'));
    const asset = truth.asset(row?.assetId ?? null);
    if (!row || !asset || asset.isTrashed || row.role !== 'main' || !['safe', 'kept'].includes(row.state)) return [];
    const isServed = (name: string): boolean => {
      const who = `${asset.ownerId} ${markerOf(asset.ownerId, name)}`;
      const album = albums.get(who);
      const isTheirWish = records.deletedAlbums.has(who) || (album !== undefined && records.takenOut.has(`${album.id} ${asset.id}`));
      return isTheirWish || album?.members.has(asset.id) === true;
    };
    return [{ row, sha1: row.sha1 ?? '', where: show(path), isServed }];
  });
}
