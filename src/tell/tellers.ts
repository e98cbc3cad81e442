/** Names the ways that news go. Rows of the outbox bear these names, so they never hold an address that may be a password. */
import type { SourceConfig, Teller } from '../config/index.ts';
import { isAboutAny, isMeantFor, type Told } from '../domain/index.ts';
import { assertNever } from '../kernel/index.ts';

export interface NamedTeller {
  /** `log`, `webhook:hooks.example`, `webhook:hooks.example 2`, `ntfy:ntfy.sh`, `phone:mobile_app_anna`, `speaker:media_player.kitchen`, `mqtt` */
  readonly name: string;
  readonly teller: Teller | DeviceTeller;
  /** By what its owner wrote under `sources` and `about`. */
  wants(news: Told): boolean;
  /** The same, whatever it is about: in place of a speaker that cannot be heard a phone is told of pictures too, but of nobody else's. */
  mayHear(news: Told): boolean;
}

/** The device in Home Assistant, which is no entry of `tell:`. */
export interface DeviceTeller {
  readonly kind: 'mqtt';
}

const hearsAll: Pick<NamedTeller, 'wants' | 'mayHear'> = { wants: () => true, mayHear: () => true };

/** There whenever `mqtt:` is: its news wait in the outbox while there is no device. */
export const deviceTeller: NamedTeller = { name: 'mqtt', teller: { kind: 'mqtt' }, ...hearsAll };

/**
 * In the order of `tell:`. Two receivers of one host are numbered: each gets the news.
 * @param sources the configured ones: what befalls an account concerns who hears of its sources
 */
export function nameTellers(
  tell: readonly Teller[],
  sources: readonly Pick<SourceConfig, 'name' | 'account'>[] = [],
): readonly NamedTeller[] {
  const accounts = new Map(sources.map(({ name, account }) => [name, account]));
  const accountOf = (source: string): string | undefined => accounts.get(source);
  const met = new Map<string, number>();
  return tell.flatMap((teller) => {
    const plain = plainName(teller);
    const count = (met.get(plain) ?? 0) + 1;
    met.set(plain, count);
    // Said twice in one log, news would only be noise.
    if (teller.kind === 'log' && count > 1) return [];
    return [{ name: count === 1 ? plain : `${plain} ${count}`, teller, ...tasteOf(teller, accountOf) }];
  });
}

function tasteOf(teller: Teller, accountOf: (source: string) => string | undefined): Pick<NamedTeller, 'wants' | 'mayHear'> {
  if (!('about' in teller)) return hearsAll;
  const { sources } = teller;
  return {
    wants: (news) => isMeantFor(teller, news, accountOf),
    mayHear: (news) => sources === undefined || isAboutAny(sources, news, accountOf),
  };
}

function plainName(teller: Teller): string {
  switch (teller.kind) {
    case 'log':
      return 'log';
    case 'webhook':
    case 'ntfy':
    case 'gotify':
    case 'discord':
    case 'telegram':
    case 'email':
    case 'apprise':
      return `${teller.kind}:${teller.host}`;
    case 'phone':
      return `phone:${teller.action}`;
    case 'speaker':
      return `speaker:${teller.entity}`;
    default:
      return assertNever(teller);
  }
}
