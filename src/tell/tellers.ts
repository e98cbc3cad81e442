/** Names the ways that news go. Rows of the outbox bear these names, so they never hold an address that may be a password. */
import type { Teller } from '../config/index.ts';

export interface NamedTeller {
  /** `log`, `webhook:ntfy.example`, `webhook:ntfy.example 2` */
  readonly name: string;
  readonly teller: Teller;
}

/** In the order of `tell:`. Two webhooks of one host are numbered: each gets the news. */
export function nameTellers(tell: readonly Teller[]): readonly NamedTeller[] {
  const met = new Map<string, number>();
  return tell.flatMap((teller) => {
    const plain = teller.kind === 'log' ? 'log' : `webhook:${teller.host}`;
    const count = (met.get(plain) ?? 0) + 1;
    met.set(plain, count);
    // Said twice in one log, news would only be noise.
    if (teller.kind === 'log' && count > 1) return [];
    return [{ name: count === 1 ? plain : `${plain} ${count}`, teller }];
  });
}
