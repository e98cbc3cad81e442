import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Disk, FolderEntry, RootIdentity } from './disk.ts';
import { DiskError } from './disk-error.ts';
import { realDisk } from './real-disk.ts';
import { rootState } from './root-state.ts';

const { signal } = new AbortController();
const path = Buffer.from('/mnt/nas');
const share: RootIdentity = {
  device: 50n,
  inode: 2n,
  birthtimeNs: 1000n,
  filesystem: { name: 'ext4', kind: 'local' },
  isMountPoint: true,
};
const bareFolder: RootIdentity = { ...share, device: 1n, inode: 99n, birthtimeNs: 5000n, isMountPoint: false };

function diskWith(root: RootIdentity | undefined | DiskError, ...names: string[]): Disk {
  return {
    ...realDisk,
    root: async () => {
      if (root instanceof DiskError) throw root;
      return root;
    },
    async *entries(): AsyncGenerator<readonly FolderEntry[]> {
      yield names.map((name) => ({ name: Buffer.from(name), kind: name === 'lost+found' ? ('folder' as const) : ('file' as const) }));
    },
  };
}

describe('a root is present', () => {
  for (const { name, disk, known, isAnotherDisk = false } of [
    { name: 'when it is looked at for the first time, even empty', disk: diskWith(bareFolder), known: undefined },
    { name: 'when nothing changed', disk: diskWith(share, 'a.jpg'), known: share },
    { name: 'when its owner emptied it', disk: diskWith(share), known: share },
    { name: 'when the device number changed with a reboot', disk: diskWith({ ...share, device: 51n }, 'a.jpg'), known: share },
    { name: 'when its owner made the folder anew', disk: diskWith({ ...bareFolder, inode: 100n, birthtimeNs: 6000n }), known: bareFolder },
    {
      name: 'and another disk, when its files lie on one',
      disk: diskWith({ ...share, device: 51n, birthtimeNs: 2n }, 'a'),
      known: share,
      isAnotherDisk: true,
    },
    {
      name: 'and another disk, when a second card got the same number',
      disk: diskWith({ ...share, birthtimeNs: 2n }, 'a'),
      known: share,
      isAnotherDisk: true,
    },
    {
      name: 'and another disk, when its filesystem is of another kind',
      disk: diskWith({ ...share, filesystem: { name: 'xfs', kind: 'local' } }, 'a'),
      known: share,
      isAnotherDisk: true,
    },
  ])
    it(name, async () => {
      const state = await rootState(disk, { path, known }, signal);
      assert.equal(state.kind === 'present' && state.isAnotherDisk, isAnotherDisk);
      assert.equal(state.kind, 'present');
    });
});

describe('a root is away', () => {
  for (const { name, disk, reason } of [
    { name: 'when it does not exist', disk: diskWith(undefined), reason: 'not there' },
    { name: 'when it was a mount point and is an empty folder now', disk: diskWith(bareFolder), reason: 'nothing mounted' },
    {
      name: 'when a folder of the same disk was bound there and is not now',
      disk: diskWith({ ...bareFolder, device: share.device }),
      reason: 'nothing mounted',
    },
    { name: 'when only rubbish lies in the bare folder', disk: diskWith(bareFolder, '.stfolder', 'lost+found'), reason: 'nothing mounted' },
    { name: 'when an empty disk is mounted instead', disk: diskWith({ ...share, device: 51n }), reason: 'another disk is mounted' },
    { name: 'when it may not be read', disk: diskWith(new DiskError('forbidden', path)), reason: 'unreadable' },
    { name: 'when it is a file', disk: diskWith(new DiskError('not a folder', path)), reason: 'unreadable' },
  ])
    it(name, async () => {
      const state = await rootState(disk, { path, known: share }, signal);
      assert.equal(state.kind === 'away' && state.reason, reason);
      assert.match(state.kind === 'away' ? state.sentence : '', /^.*\/mnt\/nas.*\.$/);
    });

  it('when its share answers a stat from memory but lists nothing', async () => {
    const disk: Disk = {
      ...diskWith(share),
      // biome-ignore lint/correctness/useYield: it fails before the first entry
      async *entries() {
        throw new DiskError('away', path);
      },
    };
    const state = await rootState(disk, { path, known: share }, signal);
    assert.equal(state.kind === 'away' && state.reason, 'unreadable');
  });
});
