import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tellLetGo } from './message.ts';
import { askAboutRemoved, summariseVerified, tellProofFailed } from './verify-message.ts';

describe('the household is told', () => {
  for (const [said, sentence] of [
    [
      tellProofFailed({ source: 'Scanner', names: ['a.jpg'], total: 1, onNoDisk: 0 }),
      '"a.jpg" from Scanner is not safe: Immich did not give back the bytes of the file on disk. Keep the file, and look at Immich\'s own disk; then `homeroll keep FILE` sends it again.',
    ],
    [
      tellProofFailed({ source: 'Scanner', names: ['a.jpg', 'b.jpg'], total: 2, onNoDisk: 1 }),
      '"a.jpg" and "b.jpg" from Scanner are not safe: Immich did not give back the bytes of the files on disk. Keep the files, and look at Immich\'s own disk; then `homeroll keep FILE` sends each again. 1 of them is on no disk any more: Immich had the only copy.',
    ],
    [
      tellProofFailed({ source: 'Scanner', names: ['a.jpg'], total: 1, onNoDisk: 1 }),
      '"a.jpg" from Scanner is damaged in Immich and on no disk any more: Immich had the only copy. Look at Immich\'s own disk and its backup.',
    ],
    [
      askAboutRemoved({ source: 'Scanner', missing: 25, known: 1_200, onNoDisk: 2 }),
      '25 of 1,200 pictures from Scanner are no longer in Immich, all at once. Nothing is assumed; they do not count as safe. 2 of them are on no disk any more: Immich had the only copies. If Immich was restored from an older backup: homeroll keep --source "Scanner" sends them again. If you removed them: homeroll let-go --source "Scanner".',
    ],
    [
      tellLetGo({ source: 'Scanner', removed: { photos: 1, videos: 0 }, onNoDisk: 1 }),
      '1 photo from Scanner was removed in Immich and stays removed. It is on no disk any more either.',
    ],
    [
      tellLetGo({ source: 'Scanner', removed: { photos: 2, videos: 1 }, onNoDisk: 1 }),
      '2 photos and 1 video from Scanner were removed in Immich and stay removed. 1 of them is on no disk any more either. To have them back: homeroll keep PATH.',
    ],
  ] as const) {
    it(sentence, () => assert.equal(said, sentence));
  }
});

describe('whoever waited for a look', () => {
  const facts = { total: 9, done: 9, equal: 9, damaged: 0, letGo: 0 };
  for (const [difference, sentences] of [
    [{}, ['9 originals were read back, and all are equal.']],
    [{ total: 1, done: 1, equal: 1 }, ['1 original was read back, and it is equal.']],
    [{ equal: 7, damaged: 2 }, ['9 originals were read back: 7 equal, 2 damaged.']],
    [
      { total: 11, letGo: 1 },
      ['1 was removed in Immich, and is let go.', '2 more were not reached.', '9 originals were read back, and all are equal.'],
    ],
    [{ total: 0, done: 0, equal: 0 }, ['Nothing was to be read back.']],
  ] as const) {
    it(`reads: ${sentences.join(' ')}`, () => assert.deepEqual(summariseVerified({ ...facts, ...difference }), sentences));
  }
});
