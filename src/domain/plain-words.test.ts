import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tellKeyRefused, tellPermissionMissing, tellQuotaFull } from './hindered.ts';
import { askAboutMissing, tellBatch, tellLetGo } from './message.ts';
import { commandsIn, withoutCommands } from './plain-words.ts';
import { askAboutRemoved, damagedInImmich, inTrash, missingWithOthers, tellProofFailed } from './verify-message.ts';

const needing = (...reasons: string[]) =>
  tellBatch({
    source: 'Phone',
    safe: { photos: 2, videos: 0 },
    stored: { photos: 0, videos: 0 },
    waiting: 0,
    needs: reasons.map((reason) => ({ count: 1, reason })),
  });

describe('a sentence for somebody without a keyboard', () => {
  for (const [text, plain] of [
    ['12 photos from Scanner are safe.', '12 photos from Scanner are safe.'],
    [needing(inTrash), "2 photos from Phone are safe, 1 needs you: the same bytes lie in Immich's trash, and were never proven."],
    [
      needing(damagedInImmich, 'too large'),
      '2 photos from Phone are safe, 2 need you: 1 Immich gave back other bytes than the file on disk; 1 too large.',
    ],
    [
      askAboutRemoved({ source: 'Dr. X', missing: 40, known: 50, onNoDisk: 0 }),
      '40 of 50 pictures from Dr. X are no longer in Immich, all at once. Nothing is assumed; they do not count as safe.',
    ],
    [
      askAboutMissing({ source: 'Phone', missing: 9, known: 10 }),
      '9 of 10 files in Phone are missing all at once. It rests until you answer, and nothing counts as deleted.',
    ],
    [
      tellProofFailed({ source: 'Phone', names: ['a.jpg'], total: 1, onNoDisk: 0 }),
      '"a.jpg" from Phone is not safe: Immich did not give back the bytes of the file on disk. Keep the file, and look at Immich\'s own disk.',
    ],
    [tellLetGo({ source: 'Phone', removed: { photos: 1, videos: 0 } }), '1 photo from Phone was removed in Immich and stays removed.'],
    [
      tellQuotaFull({ account: 'anna' }),
      'The quota of account "anna" in Immich is used up: new pictures wait. An admin of Immich can raise it, or make room there. It is tried every hour.',
    ],
    [
      `Needs a person. It ${missingWithOthers('St. X')}.`,
      'Needs a person. It Immich has it no longer, and many others of St. X went missing at once.',
    ],
    ['Homeroll is paused: `homeroll resume` goes on.', 'Homeroll is paused.'],
    ['homeroll once looks through Phone.', ''],
  ] as const)
    it(text, () => assert.equal(withoutCommands(text), plain));

  it('says nothing less where there is no command', () => {
    for (const text of [
      tellKeyRefused({ account: 'a', why: 'Immich does not take it.' }),
      tellPermissionMissing({ account: 'a', permission: 'x' }),
    ])
      assert.equal(withoutCommands(text).includes('homeroll '), false);
  });

  it('has its commands told by name', () => assert.deepEqual(commandsIn(inTrash), ['keep', 'let-go']));
});
