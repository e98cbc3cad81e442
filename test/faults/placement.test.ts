import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Evidence, StoredAsset } from './evidence.ts';
import { type Placement, tollOfPlaces } from './placement.ts';
import { tollOfPost } from './post.ts';

const still: StoredAsset = {
  id: '1',
  account: 'anna',
  name: 'IMG_1.HEIC',
  storedSha1: 'still',
  isTrashed: false,
  visibility: 'timeline',
  livePhotoVideoId: '2',
  tags: ['from/Phone'],
  description: 'Brocken',
};
const video: StoredAsset = { ...still, id: '2', name: 'IMG_1.MOV', storedSha1: 'video', visibility: 'hidden', livePhotoVideoId: null };
const evidence: Evidence = {
  onDisk: [
    { path: 'IMG_1.HEIC', account: 'anna', sha1: 'still' },
    { path: 'IMG_1.MOV', account: 'anna', sha1: 'video' },
    { path: 'copy.HEIC', account: 'anna', sha1: 'still' },
  ],
  known: [],
  assets: [still, video],
  albums: [
    { account: 'anna', name: 'Harz', description: '', memberIds: ['1'] },
    { account: 'anna', name: 'Copies', description: '', memberIds: ['1'] },
  ],
  news: [],
};

const wished: Readonly<Record<string, Placement>> = {
  'IMG_1.HEIC': { albums: ['Harz'], tags: ['from/Phone'], motion: 'IMG_1.MOV', isHidden: false, description: 'Brocken' },
  'copy.HEIC': { albums: ['Copies'], tags: ['from/Phone'] },
  'IMG_1.MOV': { albums: [], isHidden: true },
};

const numbers = (different: Partial<Evidence>): readonly number[] => {
  const { lost, doubled, lies } = tollOfPlaces({ ...evidence, ...different }, (path) => wished[path]);
  return [lost.length, doubled.length, lies.length];
};

describe('a toll counts of places', () => {
  for (const [what, different, expected] of [
    ['nothing, where all stand as they were meant to', {}, [0, 0, 0]],
    ['an album that one of two copies was meant for', { albums: evidence.albums.slice(1) }, [1, 0, 0]],
    ['a half in an album', { albums: evidence.albums.map((album) => ({ ...album, memberIds: ['1', '2'] })) }, [0, 0, 2]],
    ['a tag that is not there', { assets: [{ ...still, tags: [] }, video] }, [1, 0, 0]],
    ['a tag that is there twice', { assets: [{ ...still, tags: ['from/Phone', 'from/Phone'] }, video] }, [0, 1, 0]],
    ['a live photo in two pieces', { assets: [{ ...still, livePhotoVideoId: null }, video] }, [1, 0, 0]],
    ['a half that everybody sees', { assets: [still, { ...video, visibility: 'timeline' }] }, [0, 0, 1]],
    ['a sidecar left behind', { assets: [{ ...still, description: '' }, video] }, [1, 0, 0]],
  ] satisfies readonly (readonly [string, Partial<Evidence>, readonly number[]])[]) {
    it(what, () => assert.deepEqual(numbers(different), expected));
  }
});

describe('a toll counts of messages', () => {
  const news = [{ id: 'x', teller: 'webhook:localhost', kind: 'batch safe', text: 'All is safe.', facts: {} }];
  const letter = { id: 'x', kind: 'batch safe', text: 'All is safe.' };
  for (const [what, letters, lost, lies] of [
    ['nothing, where each came once', [letter], 0, 0],
    ['nothing, where one came again as it was', [letter, letter], 0, 0],
    ['one that never came', [], 1, 0],
    ['one that came again with other words', [letter, { ...letter, text: 'Nothing is safe.' }], 0, 1],
    ['one that nobody sent', [letter, { ...letter, id: 'y' }], 0, 1],
  ] as const) {
    it(what, () => {
      const toll = tollOfPost(letters, { news });
      assert.deepEqual([toll.lost.length, toll.lies.length], [lost, lies]);
    });
  }
});
