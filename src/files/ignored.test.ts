import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isIgnoredName, isIgnoredPath } from './ignored.ts';

// biome-ignore format: a list to be read at a glance
const ignored = [
  '.stfolder', '.stversions', '.syncthing.IMG_1.jpg.tmp', '~syncthing~IMG_1.jpg', '@eaDir', '.trickplay', 'Thumbs.db', 'thumbs.DB',
  '.DS_Store', '._IMG_1.jpg', '.thumbnails', '.trashed-1700000000-IMG_1.jpg', '.pending-1700000000-IMG_1.jpg', '.Trash-1000',
  '$RECYCLE.BIN', '$Recycle.Bin', '#recycle', '#snapshot', '@Recycle', '.@__thumb', 'lost+found', '.sync_0a1b.db', '.sync_0a1b.db-wal',
  'IMG_1.jpg.!sync', '.owncloudsync.log', 'movie.mp4.part', 'movie.mp4.crdownload', 'IMG_1.jpg.tmp', 'IMG_1.JPG.TMP', '.tmp',
];
// biome-ignore format: a list to be read at a glance
const kept = [
  'IMG_1.jpg', 'Lost+Found', '.thumbnails2', 'stfolder', 'party.jpg', 'part', 'tmp', 'a.tmp.jpg', 'Thumbs.db.jpg', '.hidden.jpg',
  'recycle', '_._IMG.jpg', '.syncthing.jpg', '@eaDirs', '.sync_photo.jpg', '.trashed', '.', 'é.jpg',
];

describe('a name is ignored', () => {
  for (const name of ignored) it(`when it is ${name}`, () => assert.equal(isIgnoredName(Buffer.from(name)), true));
  for (const name of kept) it(`not when it is ${name}`, () => assert.equal(isIgnoredName(Buffer.from(name)), false));

  it('by its bytes, text or not, with newlines or not', () => {
    const oddBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    fc.assert(fc.property(oddBytes, (odd) => isIgnoredName(Buffer.concat([odd, Buffer.from('.part')]))));
    fc.assert(fc.property(oddBytes, (odd) => !isIgnoredName(Buffer.concat([Buffer.from('IMG'), odd, Buffer.from('.jpg')]))));
  });
});

describe('a path is ignored', () => {
  for (const { path, is } of [
    { path: 'phone/.stversions/IMG_1.jpg', is: true },
    { path: '@eaDir', is: true },
    { path: 'a/b/IMG_1.jpg.part', is: true },
    { path: 'a/b/IMG_1.jpg', is: false },
    { path: '', is: false },
  ])
    it(`${is ? 'when' : 'not when'} it reads "${path}"`, () => assert.equal(isIgnoredPath(Buffer.from(path)), is));
});
