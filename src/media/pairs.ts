/** Says what each file of one folder and stem is to the others: a picture, a live photo's motion, a sidecar. Pure. */
import { inOneSpelling, type Kind, type TakenAt } from '../domain/index.ts';
import { isPixelHalf, isRaw } from './kinds.ts';
import { isSameMoment } from './same-moment.ts';
import { isPicture, withoutExtension } from './stem.ts';

export interface Member {
  /** The name on disk, in bytes. */
  readonly name: Uint8Array;
  readonly kind: Kind;
  /** Lower case, no dot. */
  readonly extension: string;
  /** What `readMediaFacts` found, if it was asked. */
  readonly contentIdentifier?: string | undefined;
  /** Of a film; undefined: it does not say, or cannot be read. */
  readonly durationMs?: number | undefined;
  /** Of a still: the film that it carries in its own file. Of a film: itself. */
  readonly filmMark?: string | undefined;
  /** When it was taken, as well as is known. */
  readonly taken?: TakenAt | undefined;
}

export type Role<M extends Member> =
  /** Stands for itself and is counted. */
  | { readonly role: 'main' }
  /** The moving half of a live photo. */
  | { readonly role: 'motion'; readonly of: M }
  /** Describes a picture; `of` is missing as long as that picture is. */
  | { readonly role: 'sidecar'; readonly of?: M };

/** What phones write live photos as, the likeliest first. Whatever else shares Apple's identifier is one too, such as a DNG. */
const liveStills = ['heic', 'heif', 'jpg', 'jpeg'];
const liveVideos = ['mov', 'mp4'];
/** Phones record three seconds. A longer clip only happens to share the name, and must stay visible. */
export const longestMotionMs = 10_000;

/**
 * The role of each member, one for one and in their order; the order itself never matters for the roles.
 * @param members all files of one folder with the same `pictureStem`
 */
export function rolesOf<M extends Member>(members: readonly M[]): readonly Role<M>[] {
  // Sorted first, so that whatever is chosen as "the first" does not depend on how a disk lists its files.
  const sorted = members.toSorted((a, b) => Buffer.compare(a.name, b.name));
  const stillOf = pairUp(sorted);
  return members.map((member) => {
    if (member.kind === 'sidecar') return sidecarOf(describedBy(member, sorted));
    const still = stillOf.get(member);
    return still ? { role: 'motion', of: still } : { role: 'main' };
  });
}

interface Couple<M> {
  readonly still: M;
  readonly motion: M;
  /** The lower, the surer: what the phone itself says goes before what the dates say, and one name before two that differ in case. */
  readonly doubt: number;
}

/** From each motion half to its still. A still has one half at most, and a half one still. */
function pairUp<M extends Member>(members: readonly M[]): ReadonlyMap<M, M> {
  const couples: readonly Couple<M>[] = ofKind(members, 'photo', liveStills).flatMap((still) =>
    ofKind(members, 'video', liveVideos).flatMap((motion) => {
      const because = whyPair(still, motion);
      return because ? [{ still, motion, doubt: (because === 'identifier' ? 0 : 2) + (isOneName(still, motion) ? 0 : 1) }] : [];
    }),
  );
  const stillOf = new Map<M, M>();
  const taken = new Set<M>();
  for (const { still, motion } of couples.toSorted((a, b) => a.doubt - b.doubt)) {
    if (taken.has(still) || stillOf.has(motion)) continue;
    taken.add(still);
    stillOf.set(motion, still);
  }
  return stillOf;
}

function isOneName(one: Member, other: Member): boolean {
  return withoutExtension(one.name).equals(withoutExtension(other.name));
}

/** Those of one kind: first what phones write, in that order, then all else. */
function ofKind<M extends Member>(members: readonly M[], kind: Kind, extensions: readonly string[]): readonly M[] {
  const those = members.filter((member) => member.kind === kind);
  return [...inOrderOf(those, extensions), ...those.filter(({ extension }) => !extensions.includes(extension))];
}

function inOrderOf<M extends Member>(members: readonly M[], extensions: readonly string[]): readonly M[] {
  return extensions.flatMap((extension) => members.filter((member) => member.extension === extension));
}

type Half = Pick<Member, 'name' | 'extension' | 'contentIdentifier' | 'durationMs' | 'filmMark' | 'taken'>;

/**
 * Why two files of one name are the halves of a live photo; undefined: they are not, as far as anybody knows. A half is hidden in Immich, so
 * whoever is not surely one stays to be seen: a film too many in the timeline costs little, a film that nobody ever sees again is lost.
 *
 * Apple's identifiers decide where both have one: if they are equal, Immich itself joins the two, whatever their length; if not, they are
 * strangers. Else both must be what phones write, the film short as far as it says how long it is, and both taken in one moment. A still that
 * carries a film in its own file has no other: Immich would delete that one from its disk.
 */
export function whyPair(still: Half, motion: Half): 'identifier' | 'moment' | undefined {
  if (still.filmMark !== undefined && still.filmMark !== motion.filmMark) return undefined;
  const [one, other] = [still.contentIdentifier, motion.contentIdentifier];
  if (one !== undefined && other !== undefined) return one === other ? 'identifier' : undefined;
  if (!liveStills.includes(still.extension) || !isWrittenByPhones(motion)) return undefined;
  if (motion.durationMs === undefined || motion.durationMs > longestMotionMs) return undefined;
  return isSameMoment(still.taken, motion.taken) ? 'moment' : undefined;
}

function isWrittenByPhones({ name, extension }: Half): boolean {
  return liveVideos.includes(extension) || isPixelHalf(name);
}

/** `X.jpg.xmp` describes `X.jpg` and nothing else; `X.xmp` the RAW of that name, else a photo, else a video. Case counts where it can. */
function describedBy<M extends Member>(sidecar: M, members: readonly M[]): M | undefined {
  const described = withoutExtension(sidecar.name);
  const pictures = members.filter(({ kind }) => kind === 'photo' || kind === 'video');
  const called = (nameOf: (member: M) => Uint8Array): readonly M[] => {
    const exactly = pictures.filter((member) => described.equals(nameOf(member)));
    return exactly.length > 0 ? exactly : pictures.filter((member) => isAlike(described, nameOf(member)));
  };
  if (isPicture(described)) return called(({ name }) => name)[0];
  const candidates = called(({ name }) => withoutExtension(name));
  const photos = candidates.filter(({ kind }) => kind === 'photo');
  return photos.find(({ extension }) => isRaw(extension)) ?? inOrderOf(photos, liveStills)[0] ?? photos[0] ?? candidates[0];
}

/** Whatever case and spelling they are written in. */
function isAlike(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(inOneSpelling(one), inOneSpelling(other)) === 0;
}

function sidecarOf<M extends Member>(of: M | undefined): Role<M> {
  return of ? { role: 'sidecar', of } : { role: 'sidecar' };
}
