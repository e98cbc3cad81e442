/** Says what each file of one folder and stem is to the others: a picture, a live photo's motion, a sidecar. Pure. */
import type { Kind } from '../domain/index.ts';
import { isRaw } from './kinds.ts';
import { pictureStem, withoutExtension } from './stem.ts';

export interface Member {
  /** The name on disk, in bytes. */
  readonly name: Uint8Array;
  readonly kind: Kind;
  /** Lower case, no dot. */
  readonly extension: string;
  /** What `readMediaFacts` found, if it was asked. */
  readonly contentIdentifier?: string | undefined;
  readonly durationMs?: number | undefined;
}

export type Role<M extends Member> =
  /** Stands for itself and is counted. */
  | { readonly role: 'main' }
  /** The moving half of a live photo. */
  | { readonly role: 'motion'; readonly of: M }
  /** Describes a picture; `of` is missing as long as that picture is. */
  | { readonly role: 'sidecar'; readonly of?: M };

/** What phones write live photos as; the first that is there is the still, its copies in other formats are pictures of their own. */
const liveStills = ['heic', 'heif', 'jpg', 'jpeg'];
const liveVideos = ['mov', 'mp4'];
/** Phones record three seconds. A longer clip only happens to share the name, and must stay visible. */
const longestMotionMs = 10_000;

/**
 * The role of each member, one for one and in their order; the order itself never matters for the roles.
 * @param members all files of one folder with the same `pictureStem`
 */
export function rolesOf<M extends Member>(members: readonly M[]): readonly Role<M>[] {
  // Sorted first, so that whatever is chosen as "the first" does not depend on how a disk lists its files.
  const sorted = members.toSorted((a, b) => Buffer.compare(a.name, b.name));
  const live = findLivePhoto(sorted);
  return members.map((member) => {
    if (member.kind === 'sidecar') return sidecarOf(describedBy(member, sorted));
    return member === live?.motion ? { role: 'motion', of: live.still } : { role: 'main' };
  });
}

function findLivePhoto<M extends Member>(members: readonly M[]): { readonly still: M; readonly motion: M } | undefined {
  const couples = inOrderOf(members, liveStills).flatMap((still) =>
    inOrderOf(members, liveVideos)
      .filter((motion) => mayBelongTogether(still, motion))
      .map((motion) => ({ still, motion })),
  );
  return couples.find(({ still, motion }) => still.contentIdentifier && still.contentIdentifier === motion.contentIdentifier) ?? couples[0];
}

function inOrderOf<M extends Member>(members: readonly M[], extensions: readonly string[]): readonly M[] {
  return extensions.flatMap((extension) => members.filter((member) => member.extension === extension));
}

function mayBelongTogether(still: Member, motion: Member): boolean {
  const [one, other] = [still.contentIdentifier, motion.contentIdentifier];
  const areStrangers = one !== undefined && other !== undefined && one !== other;
  return !areStrangers && (motion.durationMs ?? 0) <= longestMotionMs;
}

/** `X.jpg.xmp` describes `X.jpg` and nothing else; `X.xmp` the RAW of that stem, else a photo, else a video. */
function describedBy<M extends Member>(sidecar: M, members: readonly M[]): M | undefined {
  const described = withoutExtension(sidecar.name);
  const pictures = members.filter(({ kind }) => kind === 'photo' || kind === 'video');
  const namesOnePicture = !pictureStem(sidecar.name).equals(described);
  if (namesOnePicture) {
    return pictures.find(({ name }) => described.equals(name)) ?? pictures.find(({ name }) => isSameButForCase(described, name));
  }
  const photos = pictures.filter(({ kind }) => kind === 'photo');
  return photos.find(({ extension }) => isRaw(extension)) ?? inOrderOf(photos, liveStills)[0] ?? photos[0] ?? pictures[0];
}

/** `X.jpg.xmp` beside `X.JPG`: the stems are alike by their group, so only the case of the extension can differ. */
function isSameButForCase(described: Uint8Array, name: Uint8Array): boolean {
  return Buffer.from(described).toString('latin1').toLowerCase() === Buffer.from(name).toString('latin1').toLowerCase();
}

function sidecarOf<M extends Member>(of: M | undefined): Role<M> {
  return of ? { role: 'sidecar', of } : { role: 'sidecar' };
}
