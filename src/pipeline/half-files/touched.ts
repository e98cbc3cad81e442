/** Whether somebody did anything with a beginning in Immich that would be lost with it. Pure. */
import { halfStaysBecause as because } from '../../domain/index.ts';
import type { AssetTraces } from '../../immich/index.ts';
import type { Journal } from '../../journal/index.ts';

/**
 * @param whole of the file as it is now: a tag, description or rating that it has too came with the file
 * @param filed by Homeroll itself
 * @returns why it is to be left as it is; undefined: nobody touched it
 */
export function touchOf(half: AssetTraces, whole: AssetTraces, filed: ReturnType<Journal['albums']['filedBy']>): string | undefined {
  if (half.isFavorite) return because.favourite;
  if (half.isArchived) return because.archived;
  if (half.isEdited) return because.edited;
  if (half.isLivePhoto) return because.livePhoto;
  if (half.isStacked) return because.stacked;
  if (half.isLinked) return because.linked;
  if (half.albumIds.some((id) => !filed.albumIds.includes(id))) return because.inAlbum;
  if (half.tagIds.some((id) => !filed.tagIds.includes(id) && !whole.tagIds.includes(id))) return because.tagged;
  if (half.description !== '' && half.description !== whole.description) return because.described;
  if (half.rating !== undefined && half.rating !== whole.rating) return because.rated;
  return undefined;
}
