/** Says whether a file is to be read back, by its source's `proof:`. */
import type { Sha1 } from './ids.ts';
import { parseShare } from './share.ts';

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

/** `every`, `checksum`, `sample 5%` */
export function proofInWords(wish: ProofWish): string {
  return wish.kind === 'sample' ? `sample ${(wish.share * 100).toLocaleString('en', { maximumFractionDigits: 4 })}%` : wish.kind;
}

/** The reverse of {@link proofInWords}; undefined: these words mean none. */
export function proofMeant(words: string): ProofWish | undefined {
  if (words === 'every' || words === 'checksum') return { kind: words };
  const share = /^sample (?<share>.+)$/.exec(words)?.groups?.share;
  const parsed = share === undefined ? undefined : parseShare(share);
  return parsed === undefined ? undefined : { kind: 'sample', share: parsed };
}
