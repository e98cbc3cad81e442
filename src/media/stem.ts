/** What files that belong together have in common: the name without its extensions, byte for byte. */
import { extensionOf, type KindTable, kindOf, knownKinds } from './kinds.ts';

/**
 * The stem by which files of one folder are grouped: `X.JPG`, `X.mov`, `X.xmp` and `X.jpg.xmp` all have the stem `X`.
 * Names are bytes and need not be text; a name without a media extension is its own stem.
 */
export function pictureStem(name: Uint8Array, kinds: KindTable = knownKinds): Buffer {
  const kind = kindOf(extensionOf(name), kinds);
  if (kind === 'other') return Buffer.from(name);
  const bare = withoutExtension(name);
  if (kind !== 'sidecar') return bare;
  const described = kindOf(extensionOf(bare), kinds);
  return described === 'photo' || described === 'video' ? withoutExtension(bare) : bare;
}

/** A name without its last extension. */
export function withoutExtension(name: Uint8Array): Buffer {
  const extension = extensionOf(name);
  return Buffer.from(extension ? name.subarray(0, name.length - extension.length - 1) : name);
}
