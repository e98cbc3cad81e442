import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { joinPath, namesIn, showPath } from './path-bytes.ts';

describe('a path of bytes', () => {
  it('is joined from its names and taken apart again', () => {
    const name = fc
      .uint8Array({ minLength: 1, maxLength: 20 })
      .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0x2f || byte === 0 ? 1 : byte))));
    fc.assert(
      fc.property(fc.array(name), (names) => {
        assert.deepEqual(namesIn(names.reduce(joinPath, Buffer.alloc(0))), names);
      }),
    );
  });

  it('joins to the root of the disk without a second slash', () =>
    assert.equal(joinPath(Buffer.from('/'), Buffer.from('a')).toString(), '/a'));

  it('is shown so that a name can play no tricks on a terminal', () => {
    assert.equal(showPath(Buffer.from('a\n\u001b[31m\u202egpj.exe')), 'a\\u{a}\\u{1b}[31m\\u{202e}gpj.exe');
    assert.equal(showPath(Buffer.from('Füße 👨‍👩‍👧.jpg')), 'Füße 👨‍👩‍👧.jpg');
    assert.equal(showPath(Buffer.from([0x61, 0xff])), 'a�');
  });
});
