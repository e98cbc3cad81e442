/** How the simulated household configured its Homeroll: a phone's folder, a share, sometimes a card; two accounts, three sources. */
import type { Config, SourceConfig } from '../../src/config/index.ts';
import { parseTemplate, pathGlob, type Rule } from '../../src/domain/index.ts';
import { Secret } from '../../src/kernel/index.ts';
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
export const winterHoliday = { name: 'Winter holiday', from: '2025-01-10', to: '2025-01-20' };

const proofs = { half: { kind: 'sample', share: 0.5 }, every: { kind: 'every' }, checksum: { kind: 'checksum' } } as const;

export function configOf(sources: readonly Source[], { skipsGif, skipsWebp, shareProof }: Wishes, keys: readonly string[]): Config {
  const rules: Rule[] = [
    { kind: 'only', kinds: ['photo', 'video', 'sidecar'], where: 'sim:1' },
    ...(skipsGif ? [{ kind: 'skip' as const, glob: pathGlob('*.gif'), where: 'sim:2' }] : []),
    ...(skipsWebp ? [{ kind: 'skip' as const, glob: pathGlob('*.webp'), where: 'sim:3' }] : []),
  ];
  const sourceOf = (name: Source): SourceConfig => ({
    name,
    folder: rootOf[name].toString(),
    account: accountNames[accountOf[name]],
    when: { kind: 'new media' },
    rules,
    settleMs: 10_000,
    proof: name === 'Share' ? proofs[shareProof] : { kind: 'every' },
    albums: [{ template: parseTemplate('{year}/{month-name}'), isAdoptable: false }],
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
    tell: [{ kind: 'log' }, { kind: 'webhook', url: new Secret('https://phone.test/secret'), host: 'phone.test' }],
  };
}
