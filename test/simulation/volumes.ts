/** What the folders of a simulated household stand on, and what each filesystem keeps of a file. */
import type { Filesystem, PathBytes } from '../../src/files/index.ts';

export interface Volume {
  readonly root: PathBytes;
  readonly filesystem: Filesystem;
  /** How coarse its times of change are: 1 s on many shares, 2 s on FAT. */
  readonly tickMs: number;
  /** `by time of change`: some servers give that instead, so that a birth tells nothing. */
  readonly birth: 'kept' | 'by time of change' | 'unknown';
  readonly keepsChangeTimes: boolean;
  readonly hasLinks: boolean;
  /** Freed inodes are given away again at once, as ext4 does. */
  readonly reusesInodes: boolean;
  device: bigint;
  isMounted: boolean;
}

export type Source = 'Phone' | 'Share' | 'Card';

export const rootOf: Readonly<Record<Source, PathBytes>> = {
  Phone: Buffer.from('/phone'),
  Share: Buffer.from('/share'),
  Card: Buffer.from('/card'),
};

/** A disk that is mounted inside the phone's folder. */
export const innerRoot: PathBytes = Buffer.from('/phone/Archive');

export function volumesOf(sources: readonly Source[]): Volume[] {
  const local = { filesystem: { name: 'ext4', kind: 'local' }, tickMs: 0, birth: 'kept', keepsChangeTimes: true, hasLinks: true } as const;
  const all: readonly (Volume & { readonly source: Source })[] = [
    { ...local, source: 'Phone', root: rootOf.Phone, reusesInodes: true, device: 2n, isMounted: true },
    { ...local, source: 'Phone', root: innerRoot, reusesInodes: true, device: 5n, isMounted: true },
    {
      source: 'Share',
      root: rootOf.Share,
      filesystem: { name: 'nfs', kind: 'network' },
      tickMs: 1_000,
      birth: 'by time of change',
      keepsChangeTimes: true,
      hasLinks: true,
      reusesInodes: true,
      device: 3n,
      isMounted: true,
    },
    {
      source: 'Card',
      root: rootOf.Card,
      filesystem: { name: 'vfat', kind: 'local' },
      tickMs: 2_000,
      birth: 'unknown',
      keepsChangeTimes: false,
      hasLinks: false,
      reusesInodes: false,
      device: 4n,
      isMounted: true,
    },
  ];
  return all.filter(({ source }) => sources.includes(source));
}

/** What the folders stand on while nothing is mounted there. */
export const systemDisk: Volume = {
  root: Buffer.from('/'),
  filesystem: { name: 'ext4', kind: 'local' },
  tickMs: 0,
  birth: 'kept',
  keepsChangeTimes: true,
  hasLinks: true,
  reusesInodes: true,
  device: 1n,
  isMounted: true,
};

/** A phone's folder and a share, and nothing inside them. */
export function plainVolumes(): Volume[] {
  return volumesOf(['Phone', 'Share']).filter(({ root }) => root !== innerRoot);
}
