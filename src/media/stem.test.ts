import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { inLowerCase, pictureStem } from './stem.ts';

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

  it('begins every name, whatever its bytes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (name) =>
        pictureStem(name).equals(inLowerCase(name.subarray(0, pictureStem(name).length))),
      ),
    ));
});
