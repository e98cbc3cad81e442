/** Fetches a small picture of an asset: one that every screen can show, and no larger than somebody wants to pass on. */
import type { AssetId } from '../domain/index.ts';
import { ask, type Caller, named } from './ask.ts';
import { ImmichError } from './failures.ts';
import type { SmallPicture } from './immich.ts';
import type { ImmichResponse } from './transport.ts';

// The preview is what people want to see. The thumbnail is a WebP unless an admin of Immich chose otherwise.
const sizes = ['preview', 'thumbnail'] as const;
const beginnings: readonly (readonly [Buffer, SmallPicture['type']])[] = [
  [Buffer.from('ffd8ff', 'hex'), 'image/jpeg'],
  [Buffer.from('89504e470d0a1a0a', 'hex'), 'image/png'],
];

/** @throws ImmichError for any refusal but that there is none */
export async function smallPicture(
  caller: Caller,
  { assetId, mostBytes }: { readonly assetId: AssetId; readonly mostBytes: number },
  signal: AbortSignal,
): Promise<SmallPicture | 'none'> {
  for (const size of sizes) {
    const question = { method: 'GET', path: `/api/assets/${assetId}/thumbnail?size=${size}`, headers: { Accept: 'image/*' } };
    try {
      const bytes = await bytesUpTo(mostBytes, caller, await ask(caller, question, signal));
      // What it is called is not what it is: a proxy may send a page, and Immich calls a PNG a JPEG.
      const type = bytes && beginnings.find(([beginning]) => bytes.subarray(0, beginning.length).equals(beginning))?.[1];
      if (bytes && type) return { type, bytes };
    } catch (error) {
      if (!(error instanceof ImmichError) || error.kind !== 'not found') throw error;
    }
  }
  return 'none';
}

/** Undefined: there are more. */
function bytesUpTo(mostBytes: number, caller: Caller, { status, body }: ImmichResponse): Promise<Buffer | undefined> {
  return named(caller, async () => {
    const chunks: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const chunk of body) {
      sizeBytes += chunk.length;
      if (sizeBytes > mostBytes || status !== 200) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  });
}
