/** Names the ways that news go. Rows of the outbox bear these names, so they never hold an address that may be a password. */
import type { Teller } from '../config/index.ts';
import { assertNever } from '../kernel/index.ts';

export interface NamedTeller {
  /** `log`, `webhook:ntfy.example`, `webhook:ntfy.example 2`, `phone:mobile_app_anna`, `speaker:media_player.kitchen`, `mqtt` */
  readonly name: string;
  readonly teller: Teller | DeviceTeller;
}

/** The device in Home Assistant, which is no entry of `tell:`. */
export interface DeviceTeller {
  readonly kind: 'mqtt';
}

/** There whenever `mqtt:` is: its news wait in the outbox while there is no device. */
export const deviceTeller: NamedTeller = { name: 'mqtt', teller: { kind: 'mqtt' } };

/** In the order of `tell:`. Two webhooks of one host are numbered: each gets the news. */
export function nameTellers(tell: readonly Teller[]): readonly NamedTeller[] {
  const met = new Map<string, number>();
  return tell.flatMap((teller) => {
    const plain = plainName(teller);
    const count = (met.get(plain) ?? 0) + 1;
    met.set(plain, count);
    // Said twice in one log, news would only be noise.
    if (teller.kind === 'log' && count > 1) return [];
    return [{ name: count === 1 ? plain : `${plain} ${count}`, teller }];
  });
}

function plainName(teller: Teller): string {
  switch (teller.kind) {
    case 'log':
      return 'log';
    case 'webhook':
      return `webhook:${teller.host}`;
    case 'phone':
      return `phone:${teller.action}`;
    case 'speaker':
      return `speaker:${teller.entity}`;
    default:
      return assertNever(teller);
  }
}
