/** Walks the boxes of ISO base media files (ISO/IEC 14496-12): MP4, MOV, 3GP, HEIF, AVIF, CR3, JPEG XL. */
import type { Peek } from './bytes.ts';
import { fieldsOf } from './fields.ts';

/** A stretch of the file: from the first byte to the one behind the last. */
export interface Stretch {
  readonly at: number;
  readonly endAt: number;
}

/** A box: its four-letter type (one character per byte) and where its content lies. */
export interface Box extends Stretch {
  readonly type: string;
}

/** The boxes side by side in a stretch. A box that claims to reach further ends with it; a size that cannot be ends the walk. */
export async function* boxesIn(peek: Peek, { at, endAt }: Stretch): AsyncGenerator<Box> {
  for (let headAt = at; headAt < endAt; ) {
    const head = await peek.at(headAt, 8);
    if (!head) return;
    const type = head.toString('latin1', 4, 8);
    const shortBytes = head.readUInt32BE(0);
    const isLong = shortBytes === 1;
    const headBytes = isLong ? 16 : 8;
    const longBytes = isLong ? await peek.at(headAt + 8, 8) : undefined;
    // 0 means "to the end", the way a live recording leaves its last box.
    const sizeBytes = shortBytes === 0 ? endAt - headAt : longBytes ? fieldsOf(longBytes).number(8) : shortBytes;
    if (sizeBytes < headBytes) return;
    yield { type, at: headAt + headBytes, endAt: Math.min(headAt + sizeBytes, endAt) };
    headAt += sizeBytes;
  }
}

/** The first box of a type in a stretch. */
export async function findBox(peek: Peek, stretch: Stretch, type: string): Promise<Box | undefined> {
  for await (const box of boxesIn(peek, stretch)) if (box.type === type) return box;
  return undefined;
}

/** The whole file as a stretch. */
export function everythingIn(peek: Peek): Stretch {
  return { at: 0, endAt: peek.sizeBytes };
}

/**
 * What is inside a `meta` box. ISO puts four bytes of version and flags before it, QuickTime does not: there the
 * first box, `hdlr`, begins at once.
 */
export async function insideMeta(peek: Peek, meta: Stretch): Promise<Stretch> {
  const head = await peek.at(meta.at, 8);
  return head?.toString('latin1', 4, 8) === 'hdlr' ? meta : { at: meta.at + 4, endAt: meta.endAt };
}

/** The content of a stretch, if it is not longer than `mostBytes`. */
export async function contentOf(peek: Peek, stretch: Stretch, mostBytes: number): Promise<Buffer | undefined> {
  const lengthBytes = stretch.endAt - stretch.at;
  return lengthBytes <= mostBytes ? peek.at(stretch.at, lengthBytes) : undefined;
}
