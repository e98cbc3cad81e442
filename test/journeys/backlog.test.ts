/** What lies in a folder on the first day, and on all days after that. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { systemClock } from '../../src/kernel/index.ts';
import { makeSamples } from '../../src/practice/index.ts';
import { House } from './house.ts';
import { sha1Of } from './immich-by-hand.ts';

const unwantedHere = ['**/Trash/**', { 'smaller than': '1 kB' }];

let samples: string;
before(async () => {
  samples = mkdtempSync(join(tmpdir(), 'homeroll-samples-'));
  await makeSamples(samples, { clock: systemClock, signal: new AbortController().signal, isSlowFileWanted: false });
});
after(() => rmSync(samples, { recursive: true }));

for (const version of ['2.7.5', '3.1.0'] as const) {
  describe(`a first backlog (Immich ${version})`, () => {
    it('arrives whole, in its albums and with its tags; the next day nothing is opened and nothing is sent', async () => {
      await using house = await House.open({
        version,
        sources: [{ skip: unwantedHere, albums: ['{year}/{month-name}'], tags: ['from/{source}'] }],
      });
      await cp(samples, house.path(''), { recursive: true, preserveTimestamps: true });

      const first = await house.once();
      assert.equal(first.code, 0, first.stderr);
      const safe = first.answer?.files.safe ?? 0;
      assert.ok(safe >= 25, first.stdout);
      assert.equal(safe, first.answer?.files.wanted);

      const files = await house.files();
      const proven = files.filter(({ state, role }) => state === 'safe' && role !== 'sidecar');
      const onDisk = await Promise.all(proven.map(async ({ path }) => sha1Of(await house.read(path.slice(house.path('').length)))));
      assert.deepEqual(await house.immich.originals(), [...new Set(onDisk)].toSorted(), 'Immich gives back what lies on the disk');
      const albums = await house.immich.membersByAlbum();
      for (const { albums: names, assetId, path } of proven.filter(({ role }) => role === 'main')) {
        assert.equal(names.length, 1, path);
        assert.deepEqual(await house.immich.tagsOf({ id: assetId ?? '' }), ['from/Phone'], path);
      }
      assert.deepEqual(Object.keys(albums).toSorted(), [...new Set(proven.flatMap(({ albums: names }) => names))].toSorted());
      assert.ok(albums['2024/July']?.includes('IMG_2041.HEIC'), 'the still of the live photo');
      assert.ok(!albums['2024/July']?.includes('IMG_2041.MOV'), 'and not its motion half');
      assert.equal(house.letterbox.letters.size, 1, 'the household is told once');

      const second = await house.once();
      assert.equal(second.code, 0, second.stderr);
      assert.deepEqual(second.answer?.work, { ...second.answer?.work, uploads: 0, filesOpened: 0, proofs: 0 });
      assert.equal(house.letterbox.letters.size, 1, 'nobody is told of it again');
    });
  });
}

describe('the same bytes', () => {
  it('in two folders are one asset, in both albums, and both files are safe', async () => {
    await using house = await House.open({ sources: [{ albums: ['{folder}'] }] });
    await house.write('Harz/a.jpg', 'a hill');
    await house.write('Best of/b.jpg', 'a hill');
    const { code, answer } = await house.once();
    assert.equal(code, 0);
    assert.equal(answer?.files.safe, 2);
    assert.equal(answer?.work.uploads, 1);
    const [asset, ...others] = await house.immich.assets();
    assert.deepEqual(others, []);
    const name = asset?.originalFileName;
    assert.deepEqual(await house.immich.membersByAlbum(), { 'Best of': [name], Harz: [name] });
  });

  it('in the folders of two people are one asset for each of them', async () => {
    await using house = await House.open({ sources: [{}, { name: 'Card', account: 'ben' }] });
    await house.write('a.jpg', 'a hill');
    await house.write('a.jpg', 'a hill', 'Card');
    assert.equal((await house.once()).code, 0);
    assert.deepEqual(await house.immichOf('Anna').originals(), [sha1Of('a hill')]);
    assert.deepEqual(await house.immichOf('Ben').originals(), [sha1Of('a hill')]);
  });
});

describe('a lost journal', () => {
  it('costs time and no picture: all is asked again, nothing is sent twice, albums are found again', async () => {
    await using house = await House.open({ sources: [{ albums: ['Holidays'] }] });
    for (const name of ['a.jpg', 'b.jpg', 'c.mp4']) await house.write(name);
    assert.equal((await house.once()).code, 0);
    await rm(`${house.folder}/state`, { recursive: true });
    await house.write('d.jpg');
    const { code, answer } = await house.once();
    assert.equal(code, 0);
    assert.deepEqual([answer?.work.uploads, answer?.work.proofs, answer?.files.safe], [1, 4, 4]);
    assert.deepEqual(await house.immich.membersByAlbum(), { Holidays: ['a.jpg', 'b.jpg', 'c.mp4', 'd.jpg'] });
  });
});
