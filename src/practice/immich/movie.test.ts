import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readMovie } from './movie.ts';
import { ask, inMemory, jsonOf, upload } from './test-kit/call.ts';

/** A movie that is all head: its clock's ticks per second, and how many it claims to last. */
function movieOf(scale: number, units: number | bigint): Buffer {
  const mvhd = Buffer.alloc(120);
  mvhd.writeUInt32BE(mvhd.length, 0);
  mvhd.write('mvhd', 4, 'latin1');
  mvhd.writeUInt8(typeof units === 'bigint' ? 1 : 0, 8);
  if (typeof units === 'bigint') {
    mvhd.writeUInt32BE(scale, 28);
    mvhd.writeBigUInt64BE(units, 32);
  } else {
    mvhd.writeUInt32BE(scale, 20);
    mvhd.writeUInt32BE(units, 24);
  }
  const head = Buffer.alloc(8);
  head.writeUInt32BE(mvhd.length + 8, 0);
  head.write('moov', 4, 'latin1');
  return Buffer.concat([Buffer.from('\0\0\0\x10ftypqt  \0\0\0\0', 'latin1'), head, mvhd]);
}

const lengthOf = (movie: Buffer): number | undefined => readMovie((at, length) => movie.subarray(at, at + length), movie.length).durationMs;

describe('the length of a movie in the practice Immich', () => {
  for (const { name, movie, expected } of [
    { name: 'is what its head says', movie: movieOf(600, 1200), expected: 2000 },
    { name: 'may be a day and more', movie: movieOf(1, 100_000), expected: 100_000_000 },
    { name: 'is not known where the head claims a century', movie: movieOf(1, 2 ** 32 - 1), expected: undefined },
    { name: 'is not known where the head claims more than there are numbers for', movie: movieOf(1, 2n ** 64n - 1n), expected: undefined },
    { name: 'is not known where a second has no parts', movie: movieOf(0, 1200), expected: undefined },
    { name: 'is not known where nothing has no parts', movie: movieOf(0, 0), expected: undefined },
  ]) {
    it(name, () => assert.equal(lengthOf(movie), expected));
  }

  for (const version of ['2.7.5', '3.1.0'] as const) {
    for (const units of [2 ** 32 - 1, 2n ** 64n - 1n, 100_000]) {
      it(`hinders no upload to ${version}, though its head claims ${units} seconds`, async () => {
        using immich = inMemory(undefined, version);
        const stored = await upload(immich, movieOf(1, units));
        assert.equal(stored.status, 201);
        const shown = await ask(immich, `GET /assets/${jsonOf(stored).id}`);
        assert.equal(shown.status, 200);
        const { duration } = jsonOf(shown);
        if (units === 100_000) assert.equal(duration, version === '2.7.5' ? '27:46:40.000' : 100_000_000);
      });
    }
  }
});
