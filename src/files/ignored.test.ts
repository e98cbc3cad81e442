import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { leftAloneNames, nameOfLeftAlone } from '../domain/index.ts';
import { isIgnoredPath, leaveAlone, leftAloneAt, usualRules } from './ignored.ts';

const leave = leaveAlone(usualRules);
const here = Buffer.alloc(0);
const isLeft = (name: string, kind: 'file' | 'folder', folder = here): boolean =>
  leave(folder, { name: Buffer.from(name), kind }) !== undefined;

// biome-ignore format: a list to be read at a glance
const leftFolders = [
  '.stfolder', '.stversions', '@eaDir', 'movie.trickplay', '.trickplay', '.thumbnails', '.trashed-1700000000-trip', '.Trash-1000', '.Trash',
  '.Trashes', '.trash', '$RECYCLE.BIN', '$Recycle.Bin', 'RECYCLER', '#recycle', '#snapshot', '@Recycle', '.recycle', '.Recycle.Bin', '.deleted',
  '.@__thumb', '@Recently-Snapshot', '.snapshot', '.snapshots', '~snapshot', '.dtrash', '.rsync-partial', '.~tmp~', 'IMG_1.jpg.download',
  'lost+found', 'LOST.DIR', '.sync', '.globalTrash', '.RecycleBinHW', 'Catalog Previews.lrdata', '@GMT-2024.07.14-12.00.00', '.tmp',
  'System Volume Information', 'appdata_ocx1y2z3', 'files_trashbin', '.SynologyWorkingDirectory',
];
// biome-ignore format: a list to be read at a glance
const leftFiles = [
  '.syncthing.IMG_1.jpg.tmp', '~syncthing~IMG_1.jpg', 'Thumbs.db', 'thumbs.DB', '.DS_Store', '._IMG_1.jpg', '.trashed-1700000000-IMG_1.jpg',
  '.pending-1700000000-IMG_1.jpg', '.sync_0a1b.db', '.sync_0a1b.db-wal', 'IMG_1.jpg.!sync', '.owncloudsync.log', 'movie.mp4.part',
  'movie.mp4.crdownload', 'IMG_1.jpg.tmp', 'IMG_1.JPG.TMP', '.smbdeleteAAA5f1c2.4', '.fuse_hidden0000001a00000002', '.nfs000000000048f0e100000001',
  '.nfs.20051001.1a2b', '.IMG_1.HEIC.icloud', 'IMG_1.jpg.7f3a.partial',
];
/** What people call their own. */
// biome-ignore format: a list to be read at a glance
const kept = [
  'IMG_1.jpg', 'Lost+Found', '.thumbnails2', 'stfolder', 'party.jpg', 'part', 'tmp', 'a.tmp.jpg', 'Thumbs.db.jpg', '.hidden.jpg', 'recycle',
  'Recycled', 'recycler', 'Recycler', '_._IMG.jpg', '.syncthing.jpg', '@eaDirs', '@eadir', '.sync_photo.jpg', '.trashed', 'é.jpg', 'Trash',
  'trash', 'Papierkorb', 'deleted', 'Deleted', 'snapshot', 'snapshots', 'Snapshots', 'Lightroom', 'download', 'Download', 'Downloads', 'temp',
  '.zfs', 'zfs', 'sync', 'Previews', '.TRASH', '.Snapshots', 'Dropbox', 'iCloud', 'trickplay', '.nfs', '.nfs-server.jpg', '.fuse_hiddenBeach.jpg',
];

describe('a name is left alone', () => {
  for (const name of leftFolders) it(`as a folder called ${name}`, () => assert.ok(isLeft(name, 'folder')));
  for (const name of leftFiles) it(`as a file called ${name}`, () => assert.ok(isLeft(name, 'file')));
  for (const name of kept)
    it(`not when it is ${name}`, () => assert.deepEqual([isLeft(name, 'folder'), isLeft(name, 'file')], [false, false]));

  for (const name of ['IMG_1.jpg.download', '.recycle', '@eaDir', 'lost+found'])
    it(`as a folder only: ${name}`, () => assert.ok(!isLeft(name, 'file')));
  for (const name of ['.nfs00000000000001', '.smbdelete1', '.fuse_hidden01', 'trip.partial'])
    it(`as a file only: ${name}`, () => assert.ok(!isLeft(name, 'folder')));

  it('in a folder of a certain name, whatever lies around it', () => {
    assert.ok(isLeft('snapshot', 'folder', Buffer.from('.zfs')));
    assert.ok(isLeft('snapshot', 'folder', Buffer.from('pool/.zfs')));
    assert.ok(!isLeft('snapshot', 'folder', Buffer.from('x.zfs')));
    assert.ok(!isLeft('snapshot', 'folder', Buffer.from('.zfs/trip')));
  });

  it('by its bytes, text or not, with newlines or not', () => {
    const oddBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x2f)));
    const left = (...parts: readonly Uint8Array[]) => leave(here, { name: Buffer.concat(parts), kind: 'file' }) !== undefined;
    fc.assert(fc.property(oddBytes, (odd) => left(odd, Buffer.from('.part'))));
    fc.assert(fc.property(oddBytes, (odd) => !left(Buffer.from('IMG'), odd, Buffer.from('.jpg'))));
  });

  it('as both only, where the disk does not say what it is', () => {
    const unknown = (name: string) => {
      const by = leave(here, { name: Buffer.from(name), kind: 'unknown' });
      return by && nameOfLeftAlone(by);
    };
    assert.deepEqual(['a.part', '@eaDir', '.nfs01'].map(unknown), ['*.part', undefined, undefined]);
  });
});

describe('the table of names', () => {
  it('says of each who makes it', () => {
    for (const { name, source } of leftAloneNames) assert.ok(source.length > 3, name);
  });

  it('has each name once', () => {
    const names = leftAloneNames.map(({ name }) => name);
    assert.deepEqual([...new Set(names)], names);
  });

  it('lets its owner take each name back by itself', () => {
    for (const { name, of, rest } of leftAloneNames) {
      const path = name.replaceAll('*', rest ? '1a' : 'x');
      const kind = of === 'folder' ? 'folder' : 'file';
      const by = leftAloneAt(leave, Buffer.from(`a/${path}`), kind)?.by;
      assert.equal(by && nameOfLeftAlone(by), name);
      const without = leftAloneAt(leaveAlone({ takenBack: [name] }), Buffer.from(`a/${path}`), kind);
      assert.ok(without === undefined || nameOfLeftAlone(without.by) !== name, name);
    }
  });
});

describe('a path is left alone', () => {
  for (const { path, at } of [
    { path: 'phone/.stversions/IMG_1.jpg', at: 'phone/.stversions' },
    { path: '@eaDir/x', at: '@eaDir' },
    { path: 'a/b/IMG_1.jpg.part', at: 'a/b/IMG_1.jpg.part' },
    { path: 'a/.zfs/snapshot/b/c.jpg', at: 'a/.zfs/snapshot' },
    { path: 'a/b/IMG_1.jpg', at: undefined },
    { path: 'Lightroom/snapshot/Trash/IMG_1.jpg', at: undefined },
    { path: '', at: undefined },
  ])
    it(`${at === undefined ? 'not when' : 'when'} it reads "${path}"`, () => {
      assert.equal(leftAloneAt(leave, Buffer.from(path))?.path.toString(), at);
      assert.equal(isIgnoredPath(Buffer.from(path)), at !== undefined);
    });
});
