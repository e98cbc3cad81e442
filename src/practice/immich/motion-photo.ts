/** Stands in for the job that takes the film out of a motion photo, shows it by its still, and deletes any other film that was linked. */
import { createHash } from 'node:crypto';
import { findByChecksum } from './checksum.ts';
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

interface Still {
  readonly id: string;
  readonly ownerId: string;
}

/** @param keep makes an asset of the film, hidden, and gives its id */
export function showOwnFilm({ id, ownerId }: Still, film: Buffer, parts: Parts, keep: () => string): void {
  const { database } = parts;
  const known = findByChecksum(database, ownerId, createHash('sha1').update(film).digest());
  if (known) database.run(`UPDATE asset SET visibility = 'hidden' WHERE id = ? AND visibility = 'timeline'`, known.id);
  const filmId = known?.id ?? keep();
  const before = database.one<{ live_video_id: string | null }>('SELECT live_video_id FROM asset WHERE id = ?', id)?.live_video_id;
  if (before === filmId) return;
  database.run('UPDATE asset SET live_video_id = ? WHERE id = ?', filmId, id);
  if (before) eraseAsset(parts, before);
}
