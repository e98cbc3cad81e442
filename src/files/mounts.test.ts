import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filesystemOf, statIdentityOf } from './filesystem.ts';
import { isMountPoint, mountOf, mountsBelow, parseMounts } from './mounts.ts';

const table = Buffer.from(
  [
    '21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw',
    '36 21 98:0 /inner /mnt/nas rw,noatime shared:1 master:2 - nfs4 nas:/photos rw',
    String.raw`37 21 0:50 / /mnt/Anna's\040card\134x rw - fuse.sshfs anna@host:/a\040b rw`,
    '38 21 0:51 / /mnt/nas rw - cifs //nas/photos rw',
    'a line of some other kind',
    '',
  ].join('\n'),
);

describe('the table of mounts', () => {
  const mounts = parseMounts(table);

  it('is read with its octal escapes, leaving out what does not follow the form', () =>
    assert.deepEqual(
      mounts.map(({ point, device, filesystem, origin }) => [point.toString(), device, filesystem, origin]),
      [
        ['/', '8:1', 'ext4', '/dev/sda1'],
        ['/mnt/nas', '98:0', 'nfs4', 'nas:/photos'],
        ["/mnt/Anna's card\\x", '0:50', 'fuse.sshfs', 'anna@host:/a b'],
        ['/mnt/nas', '0:51', 'cifs', '//nas/photos'],
      ],
    ));

  it('keeps bytes that are no text', () => {
    const [mount] = parseMounts(Buffer.from('1 1 0:1 / /m\xff rw - ext4 x rw', 'latin1'));
    assert.deepEqual(mount?.point, Buffer.from('/m\xff', 'latin1'));
  });

  it('knows a mount point', () => {
    assert.equal(isMountPoint(mounts, Buffer.from('/mnt/nas')), true);
    assert.equal(isMountPoint(mounts, Buffer.from('/mnt')), false);
  });

  it('knows what is mounted below a folder, and takes no neighbour for it', () => {
    assert.deepEqual(mountsBelow(mounts, Buffer.from('/mnt')).map(String), ['nas', "Anna's card\\x"]);
    assert.deepEqual(mountsBelow(mounts, Buffer.from('/mnt/na')), []);
    assert.deepEqual(mountsBelow(mounts, Buffer.from('/mnt/nas')), []);
  });

  for (const { path, on } of [
    { path: '/mnt/nas/scans', on: 'cifs' },
    { path: '/mnt/nas', on: 'cifs' },
    { path: '/mnt/nasty', on: 'ext4' },
    { path: '/', on: 'ext4' },
  ])
    it(`says that ${path} lies on ${on}`, () => assert.equal(mountOf(mounts, Buffer.from(path))?.filesystem, on));
});

describe('a filesystem', () => {
  for (const { magic, name, identity } of [
    { magic: 0xef53n, name: 'ext4', identity: 'local' },
    { magic: 0x794c7630n, name: 'overlay', identity: 'local' },
    { magic: 0x4d44n, name: 'vfat', identity: 'network' },
    { magic: 0x2011bab0n, name: 'exfat', identity: 'network' },
    { magic: 0x6969n, name: 'nfs', identity: 'network' },
    { magic: 0xff534d42n, name: 'cifs', identity: 'network' },
    { magic: BigInt.asIntN(32, 0xfe534d42n), name: 'smb2', identity: 'network' },
    { magic: 0x65735546n, name: 'fuse', identity: 'network' },
    { magic: 0x12345n, name: '0x12345', identity: 'local' },
  ])
    it(`${name} gives stats to be believed as ${identity}`, () => {
      const filesystem = filesystemOf(magic);
      assert.deepEqual([filesystem.name, statIdentityOf(filesystem)], [name, identity]);
    });
});
