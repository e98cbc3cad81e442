import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MediaNotes, StatKey } from './file.ts';
import { sha1 } from './ids.ts';
import { type Known, type Succession, succession } from './successor.ts';
import type { DateOrigin } from './taken-at.ts';

const stat: StatKey = { sizeBytes: 1_000, mtimeNs: 1n, ctimeNs: 1n, birthtimeNs: 1n, device: 1n, inode: 1n };
const another = sha1('b'.repeat(40));

function known(notes: MediaNotes, more: Partial<Known> = {}): Known {
  return { stat, sha1: sha1('a'.repeat(40)), notes, ...more };
}

const unread: Known = { stat, notes: {} };

const taken = (local: string, from: DateOrigin = 'EXIF', camera?: string): MediaNotes => ({
  taken: { local, epochMs: 0, from },
  ...(camera !== undefined && { camera }),
});
const day = '2024-07-14T09:21:33';
const other = '2024-08-01T12:00:00';

describe('what took the name of a picture is', () => {
  for (const { name, before, now, is } of [
    { name: 'the same when its bytes are', before: known({}), now: known({}, { stat: { ...stat, mtimeNs: 9n } }), is: 'same' },
    { name: 'the same edited, when its date stayed', before: known(taken(day)), now: known(taken(day), { sha1: another }), is: 'edited' },
    {
      name: 'another, when cameras differ though the date does not',
      before: known(taken(day, 'EXIF', 'X100V')),
      now: known(taken(day, 'EXIF', 'Pixel 8'), { sha1: another }),
      is: 'another',
    },
    { name: 'another, when its own date differs', before: known(taken(day)), now: known(taken(other), { sha1: another }), is: 'another' },
    { name: 'another, when the date is gone', before: known(taken(day)), now: known({}, { sha1: another }), is: 'another' },
    {
      name: 'the same, when it was given a date',
      before: known(taken(other, 'modification time')),
      now: known(taken(day), { sha1: another }),
      is: 'edited',
    },
    {
      name: 'the same, when the name tells a date: such a name is given once',
      before: known(taken(day, 'file name')),
      now: known(taken(day, 'file name'), { sha1: another }),
      is: 'edited',
    },
    { name: 'another, when nothing tells', before: known({}), now: known({}, { sha1: another }), is: 'another' },
    {
      name: 'another, when only times of change tell',
      before: known(taken(day, 'modification time')),
      now: known(taken(other, 'modification time'), { sha1: another }),
      is: 'another',
    },
    { name: 'the same, when it was never read and has its size', before: unread, now: known({}), is: 'same' },
    {
      name: 'the same, when it was never read and grew',
      before: unread,
      now: known({}, { stat: { ...stat, sizeBytes: 2_000 } }),
      is: 'edited',
    },
    {
      name: 'another, when it was never read and is smaller now',
      before: unread,
      now: known({}, { stat: { ...stat, sizeBytes: 500 } }),
      is: 'another',
    },
    {
      name: 'another, when it was never read and is another file now',
      before: unread,
      now: known({}, { stat: { ...stat, sizeBytes: 2_000, inode: 2n, birthtimeNs: 2n } }),
      is: 'another',
    },
  ] as const satisfies readonly { name: string; before: Known; now: Known; is: Succession }[])
    it(name, () => assert.equal(succession(before, now), is));
});
