/** Says whether a file is to be read back, by its source's `proof:`. */
import type { Sha1 } from './ids.ts';

export type ProofWish = { readonly kind: 'every' } | { readonly kind: 'sample'; readonly share: number } | { readonly kind: 'checksum' };

/** The draw goes by the SHA-1: the same file is drawn, or not, for ever. */
export function isProofAsked(wish: ProofWish, sha1: Sha1): boolean {
  switch (wish.kind) {
    case 'every':
      return true;
    case 'checksum':
      return false;
    case 'sample':
      return Number.parseInt(sha1.slice(0, 8), 16) / 2 ** 32 < wish.share;
  }
}
