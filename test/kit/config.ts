/** The configuration of a test household, from what differs from the usual. */
import { join } from 'node:path';
import type { Config, SourceConfig } from '../../src/config/index.ts';
import { Secret } from '../../src/kernel/index.ts';

/** What differs from the usual: `Phone`, Anna's, swept when asked, settled at once, every file proven. */
export type SourceWish = Partial<SourceConfig>;

export interface ConfigWish {
  readonly url: string;
  readonly keys: ReadonlyMap<string, string>;
  readonly sources: readonly SourceWish[];
  readonly events: Config['events'];
  readonly verify?: Config['verify'];
  readonly areHalfFilesReplaced?: boolean;
  /** Sources lie in it, each in a folder of its name. */
  readonly folder: string;
  readonly isRealDisk: boolean;
}

export function configOf({ url, keys, sources, events, verify, folder, isRealDisk, areHalfFilesReplaced }: ConfigWish): Config {
  return {
    immich: { url: new URL(url), accounts: [...keys].map(([name, key]) => ({ name, key: new Secret(key) })) },
    timeZone: 'Europe/Berlin',
    language: 'en',
    logLevel: 'info',
    sources: sources.map((source) => ({
      name: 'Phone',
      folder: join(folder, source.name ?? 'Phone'),
      account: 'anna',
      when: { kind: 'manual' },
      rules: [{ kind: 'only', kinds: ['photo', 'video'], where: 'homeroll.yaml:9' }],
      settleMs: 0,
      proof: { kind: 'every' },
      albums: [],
      tags: [],
      // Whatever a machine keeps its temporary files on.
      identity: isRealDisk ? 'local' : 'auto',
      ...source,
    })),
    events,
    tell: [{ kind: 'log' }],
    ...(verify && { verify }),
    ...(areHalfFilesReplaced && { areHalfFilesReplaced }),
  };
}
