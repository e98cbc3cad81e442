import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { extensionOf, isRaw, kindOf, kindsFrom } from './kinds.ts';

describe('the kind of a file', () => {
  for (const [extension, kind] of [
    ['jpg', 'photo'],
    ['heic', 'photo'],
    ['cr3', 'photo'],
    ['mpo', 'photo'],
    ['mov', 'video'],
    ['mts', 'video'],
    ['xmp', 'sidecar'],
    ['aae', 'other'],
    ['txt', 'other'],
    ['', 'other'],
  ] as const) {
    it(`is ${kind} for "${extension}"`, () => assert.equal(kindOf(extension), kind));
  }

  it('is what the server says, once it has told its list', () => {
    const kinds = kindsFrom({ image: ['.jpg', '.NEW'], video: ['.mov'], sidecar: ['.xmp'] });
    assert.deepEqual(
      ['jpg', 'new', 'mov', 'xmp', 'png'].map((extension) => kindOf(extension, kinds)),
      ['photo', 'photo', 'video', 'sidecar', 'other'],
    );
  });

  it('tells RAW from developed pictures', () => assert.deepEqual(['nef', 'dng', 'jpg', 'tif'].map(isRaw), [true, true, false, false]));
});

describe('the extension of a name', () => {
  for (const [name, extension] of [
    ['IMG_1.JPG', 'jpg'],
    ['a.tar.Gz', 'gz'],
    ['.jpg', ''],
    ['none', ''],
    ['dot.', ''],
    ['J\xf6rg\xff.heic', 'heic'],
  ] as const) {
    it(`of ${JSON.stringify(name)} is "${extension}"`, () => assert.equal(extensionOf(Buffer.from(name, 'latin1')), extension));
  }
});
