import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { answersByItself } from '../filesystem.ts';
import { type Place, Whereabouts } from './whereabouts.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homeroll-where-')));
after(() => rmSync(folder, { recursive: true }));

const line = (point: string, filesystem: string, device: string): string => `1 1 ${device} / ${point} rw - ${filesystem} origin rw`;

function among(...lines: readonly string[]): Whereabouts {
  const table = Buffer.from([line('/', 'ext4', '8:1'), ...lines].join('\n'));
  return new Whereabouts({ clock: { elapsed: () => 0 }, readTable: () => table });
}

function said(place: Place): string {
  return place.kind === 'inside' ? 'inside' : `${place.mount.point} ${place.path}`;
}

describe('where a path lies', () => {
  const nas = join(folder, 'nas');
  const local = join(folder, 'local');
  mkdirSync(join(local, 'deep'), { recursive: true });
  mkdirSync(nas);
  symlinkSync(join(nas, 'photos'), join(local, 'absolute'));
  symlinkSync('../nas/photos', join(local, 'relative'));
  symlinkSync('relative', join(local, 'again'));
  symlinkSync('./loop', join(local, 'loop'));
  symlinkSync('deep', join(local, 'to-deep'));
  const where = among(line(nas, 'nfs4', '0:50'), line(join(nas, 'disk'), 'ext4', '8:2'), line(join(nas, 'pool'), 'fuse.mergerfs', '0:51'));

  it('is told by a word that only the mount it lies on has', () => {
    const nested = `${join(nas, 'disk')} 8:2 ext4 origin`;
    assert.deepEqual(
      [join(nas, 'disk', 'a'), join(nas, 'diskette')].map((path) => where.mountedAt(Buffer.from(path))),
      [nested, `${nas} 0:50 nfs4 origin`],
    );
    assert.equal(new Whereabouts({ clock: { elapsed: () => 0 }, readTable: () => Buffer.alloc(0) }).mountedAt(Buffer.from(nas)), undefined);
  });

  for (const [path, expected] of [
    [local, 'inside'],
    [join(local, 'deep', 'not there'), 'inside'],
    [nas, `${nas} ${nas}`],
    [`${nas}/`, `${nas} ${nas}`],
    [join(nas, 'a.jpg'), `${nas} ${nas}/a.jpg`],
    [`${folder}/nastier`, 'inside'],
    // A link itself, and what lies behind one.
    [join(local, 'absolute'), 'inside'],
    [join(local, 'absolute', 'a.jpg'), `${nas} ${nas}/photos/a.jpg`],
    [join(local, 'relative', 'a.jpg'), `${nas} ${nas}/photos/a.jpg`],
    [join(local, 'again', 'b', 'a.jpg'), `${nas} ${nas}/photos/b/a.jpg`],
    [`${local}/to-deep/../../nas/a.jpg`, `${nas} ${nas}/a.jpg`],
    [`${folder}/nas/../local`, `${nas} ${folder}/local`],
    [join(local, 'loop', 'a.jpg'), 'inside'],
    // The way to a disk leads over the share that it is mounted on; to a pool over the pool itself.
    [join(nas, 'disk', 'a.jpg'), `${nas} ${nas}/disk/a.jpg`],
    [join(nas, 'pool', 'a.jpg'), `${join(nas, 'pool')} ${nas}/pool/a.jpg`],
  ] as const) {
    it(`${path.replace(folder, '')} is ${expected.replaceAll(folder, '')}`, async () =>
      assert.equal(said(await where.of(Buffer.from(path))), expected));
  }

  it('follows a link in the last name where asked for what it leads to', async () => {
    assert.equal(said(await where.ofTarget(Buffer.from(join(local, 'again')))), `${nas} ${nas}/photos`);
    assert.equal(said(await where.ofTarget(Buffer.from(join(local, 'to-deep')))), 'inside');
    assert.equal(said(await where.ofTarget(Buffer.from(join(local, 'loop')))), 'inside');
  });

  it('keeps names that are no text', async () => {
    const place = await where.of(Buffer.concat([Buffer.from(`${nas}/`), Buffer.from([0xff])]));
    assert.deepEqual(place.path, Buffer.concat([Buffer.from(`${nas}/`), Buffer.from([0xff])]));
  });

  it('says what is mounted below', () => {
    assert.deepEqual(
      where.mountsBelow(Buffer.from(folder)).map(({ device }) => device),
      ['0:50', '0:51'],
    );
    assert.deepEqual(where.mountsBelow(Buffer.from(local)), []);
    assert.deepEqual(where.namesOfMountsIn(Buffer.from(folder)).map(String), ['nas']);
  });

  it('is inside everywhere where nothing may fall silent, without a look', async () =>
    assert.equal(said(await among().of(Buffer.from('/no/such/place'))), 'inside'));

  it('notices what is mounted later', async () => {
    let [nowMs, table] = [0, line('/', 'ext4', '8:1')];
    const later = new Whereabouts({ clock: { elapsed: () => nowMs }, readTable: () => Buffer.from(table) });
    assert.equal(said(await later.of(Buffer.from(nas))), 'inside');
    table += `\n${line(nas, 'autofs', '0:60')}`;
    nowMs += 1_000;
    assert.equal(said(await later.of(Buffer.from(nas))), `${nas} ${nas}`);
    assert.equal(later.isMounted('0:60'), true);
  });

  it('knows a place at which a device is seen, and not one that something else was mounted over', () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const both = [line(one, 'nfs4', '0:50'), line(two, 'nfs4', '0:50')];
    assert.equal(String(among(...both).pointOf('0:50')), one);
    assert.equal(String(among(...both, line(one, 'ext4', '8:2')).pointOf('0:50')), two);
    assert.equal(among(...both).pointOf('0:51'), undefined);
  });

  for (const type of ['ext4', 'ext3', 'btrfs', 'xfs', 'zfs', 'overlay', 'tmpfs', 'vfat', 'exfat', 'ntfs3', 'proc', 'cgroup2', 'devtmpfs'])
    it(`${type} answers by itself`, () => assert.equal(answersByItself(type), true));
  for (const type of [
    'nfs',
    'nfs4',
    'cifs',
    'smb3',
    'fuse',
    'fuse.mergerfs',
    'fuseblk',
    '9p',
    'autofs',
    'ceph',
    'virtiofs',
    'vboxsf',
    'of tomorrow',
  ])
    it(`${type} may fall silent`, () => assert.equal(answersByItself(type), false));
});
