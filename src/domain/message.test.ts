import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { none, type Tally } from './counting.ts';
import {
  askAboutMissing,
  type BatchNews,
  tellAccountChanged,
  tellAlbumDeleted,
  tellBacklogDone,
  tellBacklogFound,
  tellBacklogProgress,
  tellBatch,
  tellLetGo,
  tellLost,
  tellPartAway,
  tellPartBack,
  tellSourceAway,
  tellSourceBack,
} from './message.ts';

const of = (photos: number, videos = 0): Tally => ({ photos, videos });
const batch = (difference: Partial<BatchNews>): BatchNews => ({
  source: 'Scanner',
  safe: none,
  stored: none,
  waiting: 0,
  needs: [],
  ...difference,
});
const inTrash = { count: 1, reason: 'its bytes lie in the trash of Immich' };
const unreadable = { count: 2, reason: 'the file cannot be read' };

describe('a batch is told', () => {
  for (const [news, sentence] of [
    [{ safe: of(12, 1) }, '12 photos and 1 video from Scanner are safe.'],
    [{ safe: of(1) }, '1 photo from Scanner is safe.'],
    [{ safe: of(0, 1204) }, '1,204 videos from Scanner are safe.'],
    [{ stored: of(12, 1) }, '12 photos and 1 video from Scanner are stored.'],
    [{ safe: of(2), stored: of(38) }, '40 photos from Scanner are stored, 2 of them read back and safe.'],
    [{ safe: of(12), waiting: 2 }, '12 photos from Scanner are safe, 2 wait.'],
    [
      { safe: of(12), waiting: 2, needs: [inTrash] },
      '12 photos from Scanner are safe, 2 wait, 1 needs you: its bytes lie in the trash of Immich.',
    ],
    [
      { safe: of(12), needs: [unreadable, inTrash] },
      '12 photos from Scanner are safe, 3 need you: 2 the file cannot be read; 1 its bytes lie in the trash of Immich.',
    ],
    [{ waiting: 1 }, 'Nothing from Scanner is safe yet: 1 waits.'],
    [{}, 'Nothing new from Scanner.'],
  ] as const) {
    it(sentence, () => assert.equal(tellBatch(batch(news)), sentence));
  }
});

describe('the household is told', () => {
  for (const [told, sentence] of [
    [tellBacklogFound({ source: 'Scanner', found: of(4012, 96) }), 'Found 4,012 photos and 96 videos in Scanner. They are on their way.'],
    [tellBacklogFound({ source: 'Scanner', found: of(1) }), 'Found 1 photo in Scanner. It is on its way.'],
    [tellBacklogFound({ source: 'Scanner', found: none }), 'Found no photos or videos in Scanner.'],
    [
      tellBacklogProgress({ source: 'Scanner', done: 1204, total: 4108, isProven: true }),
      '1,204 of 4,108 photos and videos from Scanner are safe. The rest is on its way.',
    ],
    [tellBacklogDone(batch({ safe: of(4012, 96) })), 'All 4,012 photos and 96 videos from Scanner are safe.'],
    [tellBacklogDone(batch({ safe: of(12), waiting: 1 })), '12 photos from Scanner are safe, 1 waits.'],
    [tellLost({ source: "Anna's phone", lost: of(3), names: [] }), "3 photos left Anna's phone folder before they were safe."],
    [
      tellLost({ source: 'Scanner', lost: of(1), names: ['IMG_1.jpg'] }),
      '1 photo left Scanner folder before it was safe. It was "IMG_1.jpg".',
    ],
    [
      tellLost({ source: 'Scanner', lost: of(5), names: ['a.jpg', 'b\n.jpg', 'c.jpg', 'd.jpg', 'e.jpg'] }),
      '5 photos left Scanner folder before they were safe. They were "a.jpg", "b\ufffd.jpg", "c.jpg" and 2 more.',
    ],
    [
      tellSourceAway({ source: 'NAS', folder: '/mnt/nas/scans', because: 'is not mounted' }),
      'NAS is away: /mnt/nas/scans is not mounted. Nothing counts as deleted; it goes on by itself when it is back.',
    ],
    [tellSourceBack({ source: 'NAS', awayMs: 7_200_000 }), 'NAS is back after 2 hours and goes on.'],
    [
      tellPartAway({ source: 'Phones', folder: '/media/phones/nas' }),
      'A part of Phones is away: nothing is mounted at /media/phones/nas. Nothing in it counts as deleted; it goes on by itself when it is back.',
    ],
    [
      tellPartBack({ source: 'Phones', folder: '/media/phones/nas', awayMs: 7_200_000 }),
      '/media/phones/nas is back after 2 hours, and Phones goes on there.',
    ],
    [tellSourceBack({ source: 'NAS', awayMs: 400 }), 'NAS is back and goes on.'],
    [
      tellAccountChanged({ account: 'anna', before: 'Anna', now: 'Ben' }),
      'The key of account "anna" belongs to another Immich user now: Ben, before Anna. What was proven for Anna does not count for Ben; all of its pictures are checked again.',
    ],
    [
      askAboutMissing({ source: 'NAS', missing: 4000, known: 4108 }),
      '4,000 of 4,108 files in NAS are missing all at once. It rests until you answer, and nothing counts as deleted. If you removed them, say: homeroll resume --source "NAS". If not, look after the folder first.',
    ],
    [tellAlbumDeleted({ album: '2024/July' }), 'The album "2024/July" was deleted in Immich. It stays deleted; its pictures stay safe.'],
    [
      tellLetGo({ source: 'Scanner', removed: of(3) }),
      '3 photos from Scanner were removed in Immich and stay removed. To have them back: homeroll keep PATH.',
    ],
  ] as const) {
    it(sentence, () => assert.equal(told, sentence));
  }
});
