/** What files that belong together have in common: the name without its extensions, whatever case and spelling it is written in. */
import { inOneSpelling } from '../domain/index.ts';
import { extensionOf, isPixelHalf, type KindTable, kindOfName, knownKinds } from './kinds.ts';

/**
 * The stem by which files of one folder are grouped: `X.JPG`, `x.mov`, `X_HEVC.MOV`, `X.xmp` and `X.jpg.xmp` all have the stem `x`.
 * Names are bytes and need not be text; a name without a media extension is its own stem. Two pictures may share one, such as `a.jpg` and
 * `A.jpg` on a disk that knows case: what is whose is for `rolesOf` to say.
 */
export function pictureStem(name: Uint8Array, kinds: KindTable = knownKinds): Buffer {
  return Buffer.from(inOneSpelling(withoutMark(bareStem(name, kinds))));
}

function bareStem(name: Uint8Array, kinds: KindTable): Buffer {
  // `PXL_1.MP` goes with `PXL_1.MP.jpg`.
  if (isPixelHalf(name)) return Buffer.from(name);
  const kind = kindOfName(name, kinds);
  if (kind === 'other') return Buffer.from(name);
  const bare = withoutExtension(name);
  if (kind !== 'sidecar' || isPixelHalf(bare)) return bare;
  return isPicture(bare, kinds) ? withoutExtension(bare) : bare;
}

/** True when `X.jpg.xmp` names one picture, and not all that are called X. */
export function isPicture(name: Uint8Array, kinds: KindTable = knownKinds): boolean {
  const kind = kindOfName(name, kinds);
  return kind === 'photo' || kind === 'video';
}

/** A name without its last extension. */
export function withoutExtension(name: Uint8Array): Buffer {
  const extension = extensionOf(name);
  return Buffer.from(extension ? name.subarray(0, name.length - extension.length - 1) : name);
}

/** Of the Latin letters in it; all other bytes stay as they are. */
function inLowerCase(name: Uint8Array): Buffer {
  return Buffer.from(name.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte)));
}

const mark = '_hevc';

/** icloudpd calls the film of `IMG_1.HEIC` `IMG_1_HEVC.MOV`. */
function withoutMark(stem: Buffer): Buffer {
  const isMarked = stem.length > mark.length && inLowerCase(stem.subarray(-mark.length)).equals(Buffer.from(mark));
  return isMarked ? stem.subarray(0, -mark.length) : stem;
}
