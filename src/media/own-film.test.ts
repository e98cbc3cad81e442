/** The film that a still carries, and whether another file is that film. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { filmOf, jpegOf, stillOf } from '../../test/kit/halves.ts';
import { motionPhotoOf, motionPhotoWays } from '../../test/kit/motion-photos.ts';
import { bytesInMemory } from './bytes.ts';
import { filmMarkOf } from './own-film.ts';

const film = filmOf('the film', { isMarked: false });
const ofStill = (content: Uint8Array): Promise<string | undefined> => filmMarkOf(bytesInMemory(content), 'photo', undefined);
const ofFilm = (content: Uint8Array): Promise<string | undefined> => filmMarkOf(bytesInMemory(content), 'video', 1_000);

describe('the film that a still carries', () => {
  for (const way of motionPhotoWays) {
    it(`is found as ${way}`, async () => {
      assert.equal(await ofStill(motionPhotoOf(film, way)), await ofFilm(film));
      assert.notEqual(await ofStill(motionPhotoOf(film, way)), await ofFilm(Buffer.concat([film, Buffer.of(0)])));
    });

    it(`is nobody's where the still was cut short, as ${way}`, async () => {
      const whole = motionPhotoOf(film, way);
      assert.notEqual(await ofStill(whole.subarray(0, whole.length - 40)), await ofFilm(film));
    });
  }

  it('is none in a still without one', async () => {
    for (const still of [jpegOf('a'), stillOf('a'), Buffer.from('a'), Buffer.alloc(0)]) assert.equal(await ofStill(still), undefined);
  });

  it('is known by its begin, its end and its size', async () => {
    const long = Buffer.alloc(3_000_000, 1);
    const marks = new Set<string | undefined>([await ofFilm(long)]);
    for (const at of [0, 262_143, 2_999_999]) marks.add(await ofFilm(Buffer.from(long).fill(2, at, at + 1)));
    marks.add(await ofFilm(long.subarray(1)));
    assert.equal(marks.size, 5);
  });

  it('is asked of short films only', async () => {
    for (const durationMs of [undefined, 10_001]) assert.equal(await filmMarkOf(bytesInMemory(film), 'video', durationMs), undefined);
  });

  it('is looked for in anything without an error', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...motionPhotoWays),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 12 }),
        async (way, at, bytes) => {
          const content = motionPhotoOf(film, way);
          content.set(bytes, Math.min(at % content.length, content.length - bytes.length));
          await ofStill(content);
        },
      ),
      { numRuns: 1_000 },
    ));
});
