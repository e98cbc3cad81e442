/** Holds what came into the letterbox against the outbox: each message by its id, once or again with the same words. Pure. */
import type { Evidence } from './evidence.ts';

export interface Letter {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
}

interface Found {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly lies: readonly string[];
}

/** @param letters all that came, in their order */
export function tollOfPost(letters: readonly Letter[], { news }: Pick<Evidence, 'news'>): Found {
  const sent = news.filter(({ teller }) => teller.startsWith('webhook'));
  return {
    doubled: [],
    lost: sent.flatMap(({ id, text }) => (letters.some((letter) => letter.id === id) ? [] : [`this message never came: ${text}`])),
    lies: letters.flatMap((letter) => {
      const original = sent.find(({ id }) => id === letter.id);
      if (!original) return [`nobody sent this message: ${letter.text}`];
      return original.text === letter.text ? [] : [`a message came with other words: ${letter.text}`];
    }),
  };
}
