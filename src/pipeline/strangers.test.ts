/** A photo and a film of one name that have nothing to do with each other: both are there to be seen. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filmOf, jpegOf, stillOf } from '../../test/kit/halves.ts';
import { TestHousehold } from '../../test/kit/household.ts';
import { parseTemplate } from '../domain/index.ts';

const albums = [{ template: parseTemplate('{year}/{month}'), isAdoptable: false }];
const [noon, lateNoon, evening] = ['2024-07-14T12:00:00', '2024-07-14T12:00:02', '2024-08-02T19:30:00'];
const unmarked = { isMarked: false } as const;

describe('a film of the same name as a photo', () => {
  for (const { name, film } of [
    { name: 'of another day', film: filmOf('film', { ...unmarked, at: evening }) },
    { name: 'that lasts longer than a moment', film: filmOf('film', { ...unmarked, at: noon, seconds: 11 }) },
    {
      name: 'that broke off before its head was written',
      film: Buffer.from('\0\0\0\x10ftypqt  \0\0\0\0\0\0\0\x10mdat\0\0\0\0\0\0\0\0', 'latin1'),
    },
  ]) {
    it(`${name} is seen, filed and counted by itself`, async () => {
      await using home = await TestHousehold.open({ sources: [{ albums }] });
      await home.write('IMG_1.JPG', jpegOf('still', { ...unmarked, at: noon }));
      await home.write('IMG_1.MOV', film);
      await home.touch('IMG_1.MOV', Date.parse('2024-08-02T12:00:00Z'));
      await home.once();
      assert.deepEqual(home.states(), { 'IMG_1.JPG': 'safe', 'IMG_1.MOV': 'safe' });
      assert.equal(home.numbers().safe, 2);
      assert.deepEqual(await seen(home), { 'IMG_1.JPG': 'timeline, alone', 'IMG_1.MOV': 'timeline, alone' });
      const filed = await Promise.all((await home.albums()).map(({ id }) => home.members(id)));
      assert.deepEqual(filed.flat().toSorted(), ['IMG_1.JPG', 'IMG_1.MOV']);
    });
  }

  for (const { name, still, file } of [
    { name: 'HEIC', file: 'IMG_1.HEIC', still: stillOf('still', { ...unmarked, at: noon }) },
    { name: 'JPEG', file: 'IMG_1.JPG', still: jpegOf('still', { ...unmarked, at: noon }) },
  ]) {
    it(`and of the same moment is the half of a live photo (${name}), though neither tells an identifier`, async () => {
      await using home = await TestHousehold.open({ sources: [{ albums }] });
      await home.write(file, still);
      await home.write('IMG_1.MOV', filmOf('film', { ...unmarked, at: lateNoon, seconds: 3 }));
      await home.once();
      assert.deepEqual(await seen(home), { [file]: 'timeline, moves', 'IMG_1.MOV': 'hidden, alone' });
      assert.equal(home.numbers().safe, 1);
    });
  }

  it('is wanted with its photo where only photos are, and not where it is a stranger', async () => {
    await using home = await TestHousehold.open({ sources: [{ rules: [{ kind: 'only', kinds: ['photo'], where: 'homeroll.yaml:1' }] }] });
    for (const [name, at] of [
      ['IMG_1', lateNoon],
      ['IMG_2', evening],
    ] as const) {
      await home.write(`${name}.JPG`, jpegOf(name, { ...unmarked, at: noon }));
      await home.write(`${name}.MOV`, filmOf(name, { ...unmarked, at }));
    }
    await home.once();
    assert.deepEqual(home.states(), { 'IMG_1.JPG': 'safe', 'IMG_1.MOV': 'safe', 'IMG_2.JPG': 'safe', 'IMG_2.MOV': 'unwanted' });
  });
});

describe('the halves of a live photo are known', () => {
  const still = stillOf('still', { ...unmarked, at: noon });
  const film = filmOf('film', { ...unmarked, at: lateNoon, seconds: 3 });
  for (const { name, one, other, sentAs = other } of [
    { name: 'though their names differ in case', one: 'IMG_1.HEIC', other: 'img_1.mov' },
    { name: 'as icloudpd names them', one: 'IMG_1.HEIC', other: 'IMG_1_HEVC.MOV' },
    {
      name: 'as Google hands out those of a Pixel, under a name that Immich takes',
      one: 'PXL_20240714_120000123.MP.heic',
      other: 'PXL_20240714_120000123.MP',
      sentAs: 'PXL_20240714_120000123.MP.mp4',
    },
  ]) {
    it(name, async () => {
      await using home = await TestHousehold.open();
      await home.write(one, still);
      await home.write(other, film);
      await home.once();
      assert.deepEqual(home.states(), { [one]: 'safe', [other]: 'safe' });
      assert.deepEqual(await seen(home), { [one]: 'timeline, moves', [sentAs]: 'hidden, alone' });
    });
  }

  it('of a Pixel also where the film was not wanted before', async () => {
    await using home = await TestHousehold.open();
    await home.write('PXL_20240714_120000123.MP.heic', still);
    await home.write('PXL_20240714_120000123.MP', film);
    await home.write('figures.mp', 'beginfig(1); endfig; end');
    await home.once();
    assert.equal(home.state('figures.mp'), 'unwanted');
    const half = home.file('PXL_20240714_120000123.MP');
    assert.ok(half);
    // As a Homeroll left it that did not know them.
    home.journal.files.update(half.id, { state: 'unwanted', kind: 'other', role: 'main', sha1: undefined, assetId: undefined, notes: {} });
    home.journal.facts.set('kinds of files', (home.journal.facts.get('kinds of files') ?? '').replace(' PXL.MP', ''));
    await home.once();
    assert.deepEqual(home.states(), {
      'PXL_20240714_120000123.MP': 'safe',
      'PXL_20240714_120000123.MP.heic': 'safe',
      'figures.mp': 'unwanted',
    });
  });
});

/** What is seen of each asset in Immich. */
async function seen(home: TestHousehold): Promise<Record<string, string>> {
  const assets = await home.assets();
  return Object.fromEntries(
    assets.map(({ originalFileName, visibility, livePhotoVideoId }) => [
      originalFileName,
      `${visibility}, ${livePhotoVideoId === null ? 'alone' : 'moves'}`,
    ]),
  );
}
