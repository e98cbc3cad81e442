import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { inOneSpelling } from '../domain/index.ts';
import { pictureStem } from './stem.ts';

describe('the stem of a name', () => {
  for (const [name, stem] of [
    ['IMG_2041.JPG', 'img_2041'],
    ['img_2041.mov', 'img_2041'],
    ['IMG_2041_HEVC.MOV', 'img_2041'],
    ['IMG_2041_hevc.MOV.xmp', 'img_2041'],
    ['IMG_2041_HEVC.xmp', 'img_2041'],
    ['_HEVC.MOV', '_hevc'],
    ['IMG_2041.jpg.xmp', 'img_2041'],
    ['IMG_2041.xmp', 'img_2041'],
    ['a.b.c.heic', 'a.b.c'],
    ['PXL_20240714_093000123.MP.jpg', 'pxl_20240714_093000123.mp'],
    ['PXL_20240714_093000123.MP', 'pxl_20240714_093000123.mp'],
    ['PXL_20240714_093000123.MP~2', 'pxl_20240714_093000123.mp~2'],
    ['PXL_20240714_093000123.MP~2.jpg', 'pxl_20240714_093000123.mp~2'],
    ['PXL_20240714_093000123.MP.xmp', 'pxl_20240714_093000123.mp'],
    ['figures.mp', 'figures.mp'],
    ['notes.txt', 'notes.txt'],
    ['notes.txt.xmp', 'notes.txt'],
    ['.jpg', '.jpg'],
    ['.jpg.xmp', '.jpg'],
    ['x.xmp.xmp', 'x.xmp'],
    ['J\xf6rg \xff.jpg', 'j\xf6rg \xff'],
  ] as const) {
    it(`of ${JSON.stringify(name)} is ${JSON.stringify(stem)}`, () =>
      assert.deepEqual(pictureStem(Buffer.from(name, 'latin1')), Buffer.from(stem, 'latin1')));
  }

  const anyName = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .tuple(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom('NFC', 'NFD'), fc.constantFrom('', '.jpg', '.MOV', '.jpg.xmp'))
      .map(([text, form, extension]) => Buffer.from(text.normalize(form) + extension)),
  );
  it('begins every name as it is spelled by most, whatever its bytes', () =>
    fc.assert(
      fc.property(anyName, (name) => {
        const stem = pictureStem(name);
        return stem.equals(Buffer.from(inOneSpelling(name)).subarray(0, stem.length));
      }),
      { numRuns: 2_000 },
    ));

  it('is one for both spellings of a name', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) =>
        pictureStem(Buffer.from(`${text.normalize('NFC')}.jpg`)).equals(pictureStem(Buffer.from(`${text.normalize('NFD')}.jpg.xmp`))),
      ),
    ));
});
