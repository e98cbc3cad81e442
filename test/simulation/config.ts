/** How the simulated household configured its Homeroll: a phone's folder, a share, sometimes a card; two accounts, three sources. */
import type { Config, SourceConfig, VerifyConfig } from '../../src/config/index.ts';
import { everyoneAway, nightAt, type ProofWish, parseTemplate, pathGlob, type Rule, someoneHome } from '../../src/domain/index.ts';
import { Secret } from '../../src/kernel/index.ts';
import { pick, streamOf } from './chance.ts';
import { rootOf, type Source } from './volumes.ts';

/** What the owner may write anew from time to time. */
export interface Wishes {
  readonly skipsGif: boolean;
  readonly skipsWebp: boolean;
  /** How much of the share is read back. */
  readonly shareProof: 'half' | 'every' | 'checksum';
}

export const accountOf: Readonly<Record<Source, 0 | 1>> = { Phone: 0, Share: 1, Card: 0 };
export const accountNames = ['anna', 'ben'] as const;
export const timeZone = 'Europe/Berlin';
/** Monday, 6 January 2025, 08:00 UTC. */
export const beginMs = Date.UTC(2025, 0, 6, 8);
export const dayMs = 86_400_000;
/** The calendar of a household that has a Home Assistant. */
export const family = 'calendar.family';
export const winterHoliday = { name: 'Winter holiday', from: '2025-01-10', to: '2025-01-20' };

const proofs = { half: { kind: 'sample', share: 0.5 }, every: { kind: 'every' }, checksum: { kind: 'checksum' } } as const;

export function proofOf(source: Source, { shareProof }: Wishes): ProofWish {
  return source === 'Share' ? proofs[shareProof] : { kind: 'every' };
}

const hours = [
  { from: '01:00', to: '06:00' },
  { from: '23:30', to: '04:00' },
  { from: '03:00', to: '03:05' },
] as const;

/** Whether and how often a household has looked at again what is in Immich: half of them never do. */
export function verifyOf(seed: number): VerifyConfig | undefined {
  const random = streamOf(seed, 'verify');
  const isWanted = random.next() < 0.5;
  return isWanted ? { everyMs: pick(random, [1, 2, 3]) * dayMs, quietHours: pick(random, hours) } : undefined;
}

/** When a night begins, since the week began. The first is number 0. */
export function nightStartMs(number: number, { quietHours }: Pick<VerifyConfig, 'quietHours'> = { quietHours: hours[0] }): number {
  return nightAt(beginMs + number * dayMs, quietHours, timeZone).startMs - beginMs;
}

export interface Household {
  readonly sources: readonly Source[];
  readonly wishes: Wishes;
  readonly keys: readonly string[];
  readonly verify: VerifyConfig | undefined;
  readonly hasHome: boolean;
}

export function configOf({ sources, wishes, keys, verify, hasHome }: Household): Config {
  const { skipsGif, skipsWebp } = wishes;
  const rules: Rule[] = [
    { kind: 'only', kinds: ['photo', 'video', 'sidecar'], where: 'sim:1' },
    ...(skipsGif ? [{ kind: 'skip' as const, glob: pathGlob('*.gif'), where: 'sim:2' }] : []),
    ...(skipsWebp ? [{ kind: 'skip' as const, glob: pathGlob('*.webp'), where: 'sim:3' }] : []),
  ];
  const sourceOf = (name: Source): SourceConfig => ({
    name,
    folder: rootOf[name].toString(),
    account: accountNames[accountOf[name]],
    when: hasHome && name === 'Card' ? { kind: 'circumstance', circumstance: { ...someoneHome, forMs: 120_000 } } : { kind: 'new media' },
    rules,
    settleMs: 10_000,
    proof: proofOf(name, wishes),
    albums: [{ template: parseTemplate('{year}/{month-name}'), isAdoptable: false }],
    ...(hasHome && { calendars: [{ calendar: family }] }),
    ...(hasHome && name === 'Share' && { onlyWhile: { ...everyoneAway, forMs: 300_000 } }),
    tags: [parseTemplate('from/{source}')],
    identity: 'auto',
    // A week at five minutes would be two thousand sweeps of the share that all find nothing.
    sweepEveryMs: 3_600_000,
  });
  return {
    immich: {
      url: new URL('http://immich.test'),
      accounts: accountNames.map((name, index) => ({ name, key: new Secret(keys[index] ?? '') })),
    },
    timeZone,
    language: 'en',
    logLevel: 'info',
    sources: sources.map(sourceOf),
    events: [winterHoliday],
    ...(verify && { verify }),
    tell: [{ kind: 'log' }, { kind: 'webhook', url: new Secret('https://phone.test/secret'), host: 'phone.test' }],
  };
}
