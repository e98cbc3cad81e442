/** Stands in for the job that takes the film out of a motion photo, shows it by its still, and deletes any other film that was linked. */
import { eraseAsset } from './erase-asset.ts';
import type { ReceivedFile } from './multipart.ts';
import type { Parts } from './parts.ts';

// Phones write a few megabytes; whatever is larger is no photo of theirs.
const mostBytes = 64 << 20;

/** @returns the film's bytes as the real server's reader finds them; undefined: the picture carries none */
export function filmInside({ bytes, sizeBytes }: ReceivedFile): Buffer | undefined {
  if (sizeBytes > mostBytes) return undefined;
  const content = Buffer.from(bytes.readAt(0, sizeBytes));
  const boxAt = content.indexOf('mpvd', 0, 'latin1') - 4;
  if (content.toString('latin1', 4, 8) === 'ftyp')
    return boxAt < 0 ? undefined : content.subarray(boxAt + 8, boxAt + content.readUInt32BE(boxAt));
  return inTrailer(content) ?? atEnd(content);
}

function inTrailer(content: Buffer): Buffer | undefined {
  const name = 'MotionPhoto_Data';
  const [nameAt, directoryAt] = [content.lastIndexOf(name), content.lastIndexOf('SEFH')];
  if (!content.subarray(-4).equals(Buffer.from('SEFT')) || nameAt < 0 || directoryAt < nameAt) return undefined;
  const film = content.subarray(nameAt + name.length, directoryAt);
  return film.length > 12 ? film : undefined;
}

function atEnd(content: Buffer): Buffer | undefined {
  const text = content.toString('latin1', 0, 64 << 10);
  const [micro] = /(?<=:MicroVideoOffset=")\d+/.exec(text) ?? [];
  const [item] = /(?<=Semantic="MotionPhoto")[^>]*/.exec(text) ?? [];
  const [length, padding] = ['Length', 'Padding'].map((name) => Number(new RegExp(`:${name}="(\\d+)`).exec(item ?? '')?.[1] ?? 0));
  const lengthBytes = Number(micro ?? length);
  const endAt = content.length - (micro === undefined ? (padding ?? 0) : 0);
  return lengthBytes > 0 && lengthBytes < endAt ? content.subarray(endAt - lengthBytes, endAt) : undefined;
}

export const hideVideo = `UPDATE asset SET visibility = 'hidden' WHERE id = ? AND visibility = 'timeline'`;

/** A still shows one film: whichever it showed before is deleted, and not only parted from it. */
export function showOwnFilm({ stillId, filmId }: { readonly stillId: string; readonly filmId: string }, parts: Parts): void {
  const { database } = parts;
  database.run(hideVideo, filmId);
  const before = database.one<{ live_video_id: string | null }>('SELECT live_video_id FROM asset WHERE id = ?', stillId)?.live_video_id;
  if (before === filmId) return;
  database.run('UPDATE asset SET live_video_id = ? WHERE id = ?', filmId, stillId);
  if (before) eraseAsset(parts, before);
}
