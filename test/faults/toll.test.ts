import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Evidence } from './evidence.ts';
import { tollOf } from './toll.ts';

const onDisk = { path: '/Phone/a.jpg', account: 'anna', sha1: 'a' };
const asset = {
  id: '1',
  account: 'anna',
  name: 'a.jpg',
  storedSha1: 'a',
  isTrashed: false,
  visibility: 'timeline',
  livePhotoVideoId: null,
  tags: ['from/Phone'],
  description: '',
};
const known = {
  path: '/Phone/a.jpg',
  source: 'Phone',
  state: 'safe',
  stage: 'safe',
  role: 'main',
  kind: 'photo',
  sizeBytes: 1,
  reason: null,
  sha1: 'a',
  assetId: '1',
  provenAt: null,
  albums: [],
} as const;
const well: Evidence = { onDisk: [onDisk], known: [known], assets: [asset], albums: [], news: [] };

const marker = { account: 'anna', name: 'July', description: 'Kept by Homeroll · aaaaaaaa', memberIds: ['1'] };
const told = { id: 'x', teller: 'log', kind: 'batch safe', text: 'All is safe.', facts: { batch: 1 } };

const cases: readonly (readonly [string, Partial<Evidence>, lost: number, doubled: number, lies: number])[] = [
  ['nothing, where all is well', {}, 0, 0, 0],
  ['a file that nobody knows', { known: [] }, 1, 0, 0],
  ['a safe file that Immich does not have', { assets: [] }, 1, 0, 1],
  ['a safe file whose asset lies in the trash', { assets: [{ ...asset, isTrashed: true }] }, 1, 0, 0],
  ['a safe file of which Immich holds other bytes', { assets: [{ ...asset, storedSha1: 'b' }] }, 1, 0, 1],
  ['a file that waits without a reason', { known: [{ ...known, state: 'waiting', stage: 'missing' }], assets: [] }, 1, 0, 1],
  ['a file called gone that is there', { known: [{ ...known, state: 'gone', stage: 'gone' }] }, 1, 0, 1],
  ['a file whose bytes are not those that are known', { onDisk: [{ ...onDisk, sha1: 'c' }] }, 1, 0, 1],
  ['the same bytes twice', { assets: [asset, { ...asset, id: '2' }] }, 0, 1, 0],
  ['two albums of one marker', { albums: [marker, { ...marker, name: 'July, ours' }] }, 0, 1, 0],
  ['a member that is twice in its album', { albums: [{ ...marker, memberIds: ['1', '1'] }] }, 0, 1, 0],
  ['a batch that was told twice', { news: [told, { ...told, id: 'y' }] }, 0, 1, 0],
];

describe('a toll counts', () => {
  for (const [what, different, lost, doubled, lies] of cases) {
    it(what, () => {
      const toll = tollOf({ ...well, ...different });
      assert.deepEqual([toll.lost.length, toll.doubled.length, toll.lies.length], [lost, doubled, lies], JSON.stringify(toll));
    });
  }

  it('what each way was to tell once, and told otherwise', () => {
    const asked = { ...told, kind: 'mark asked' };
    const tolls = [[], [asked], [asked, { ...asked, id: 'y' }], [asked, { ...asked, id: 'y', teller: 'webhook' }]];
    const counts = tolls.map((news) => tollOf({ ...well, news }, { toldOnce: ['mark asked'] }).lies.length);
    assert.deepEqual(counts, [1, 0, 1, 0]);
  });

  it('no end that was expected', () => {
    const evidence = { ...well, known: [{ ...known, state: 'blocked', stage: 'blocked', reason: 'too large' } as const], assets: [] };
    assert.equal(tollOf(evidence).lies.length, 1);
    assert.equal(tollOf(evidence, { ends: { '/Phone/a.jpg': 'blocked' } }).lies.length, 0);
  });
});
