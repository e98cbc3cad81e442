/** How the simulated household configured its Homeroll: a phone's folder and a share, two accounts. */
import type { Config, SourceConfig } from '../../src/config/index.ts';
import { parseTemplate, pathGlob, type Rule } from '../../src/domain/index.ts';
import { Secret } from '../../src/kernel/index.ts';
import type { SimulatedServer } from './immich.ts';

export function configOf(server: SimulatedServer, skipsGif: boolean): Config {
  const rules: Rule[] = [
    { kind: 'only', kinds: ['photo', 'video', 'sidecar'], where: 'sim:1' },
    ...(skipsGif ? [{ kind: 'skip' as const, glob: pathGlob('*.gif'), where: 'sim:2' }] : []),
  ];
  const source = (name: string, folder: string, account: string): SourceConfig => ({
    name,
    folder,
    account,
    when: { kind: 'new media' },
    rules,
    settleMs: 10_000,
    proof: name === 'Share' ? { kind: 'sample', share: 0.5 } : { kind: 'every' },
    albums: [{ template: parseTemplate('{year}/{month-name}'), isAdoptable: false }],
    tags: [parseTemplate('from/{source}')],
    identity: 'auto',
    // A week at five minutes would be two thousand sweeps of the share that all find nothing.
    sweepEveryMs: 1_200_000,
  });
  return {
    immich: {
      url: new URL('http://immich.test'),
      accounts: [
        { name: 'anna', key: new Secret(server.key(0)) },
        { name: 'ben', key: new Secret(server.key(1)) },
      ],
    },
    timeZone: 'Europe/Berlin',
    language: 'en',
    logLevel: 'info',
    sources: [source('Phone', '/phone', 'anna'), source('Share', '/share', 'ben')],
    events: [{ name: 'Winter holiday', from: '2025-01-10', to: '2025-01-20' }],
    tell: [{ kind: 'log' }],
  };
}
