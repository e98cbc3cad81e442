import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ExifDateTime, type Tags } from 'exiftool-vendored';
import { dateSidecar } from '../../src/media/index.ts';
import type { Sent } from './sent.ts';
import { type Shown, shownBy } from './shown.ts';

const sent = {
  fileName: 'x.jpg',
  createdAt: '2024-03-01T00:30:00.000Z',
  modifiedAt: '2024-05-01T10:00:00.000Z',
  receivedAt: '2026-01-01T00:00:00.000Z',
};
/** As exiftool's library reads it. */
const at = (text: string, zone?: string): ExifDateTime => {
  const date = ExifDateTime.fromEXIF(text, zone);
  assert.ok(date);
  return date;
};
const tags = (some: Record<string, unknown>): Tags & Readonly<Record<string, unknown>> => some as Tags & Record<string, unknown>;

describe('Immich shows', () => {
  for (const { name, file, sidecar, given, is } of [
    {
      name: 'the first of its tags, whatever their order in the file',
      file: { CreateDate: at('2019:01:01 10:00:00'), SubSecDateTimeOriginal: at('2018:01:01 10:00:00.5') },
      is: { local: '2018-01-01T10:00:00', by: 'SubSecDateTimeOriginal' },
    },
    {
      name: "Apple's creation date before the head's",
      file: { CreateDate: at('2019:01:01 10:00:00', 'UTC'), CreationDate: at('2019:01:01 12:00:00+02:00'), zone: 'UTC+2' },
      is: { local: '2019-01-01T12:00:00', by: 'CreationDate', zone: 'UTC+2' },
    },
    {
      name: 'no date of change: exiftool knows it, Immich does not ask for it',
      file: { ModifyDate: at('2019:01:01 10:00:00') },
      is: { local: '2024-03-01T00:30:00', by: 'nothing' },
    },
    {
      name: 'a wall clock that names no zone as it is',
      file: { DateTimeOriginal: at('2019:01:01 10:00:00') },
      is: { local: '2019-01-01T10:00:00', by: 'DateTimeOriginal' },
    },
    {
      name: 'a moment in UTC on the clock of the place that the file tells',
      file: { GPSDateTime: at('2019:01:01 03:00:00Z'), zone: 'America/Los_Angeles' },
      is: { local: '2018-12-31T19:00:00', by: 'GPSDateTime', zone: 'America/Los_Angeles' },
    },
    {
      name: 'what is written as text and reads like a date',
      file: { SourceImageCreateTime: '2019:01:01 10:00:00' },
      is: { local: '2019-01-01T10:00:00', by: 'SourceImageCreateTime' },
    },
    {
      name: 'the next tag where the first is no date',
      file: { DateTimeOriginal: '0000:00:00 00:00:00', CreateDate: at('2019:01:01 10:00:00') },
      is: { local: '2019-01-01T10:00:00', by: 'CreateDate' },
    },
    {
      name: "a sidecar's date before all of the file's, of whichever tag, with no zone of the file",
      file: { SubSecDateTimeOriginal: at('2020:06:01 10:00:00+05:00'), zone: 'UTC+5' },
      sidecar: { GPSDateTime: at('2019:01:01 00:00:00Z') },
      is: { local: '2019-01-01T00:00:00', by: 'sidecar GPSDateTime' },
    },
    {
      name: "the file's date where its sidecar tells none",
      file: { DateTimeOriginal: at('2020:06:01 10:00:00') },
      sidecar: { ModifyDate: at('2019:01:01 00:00:00') },
      is: { local: '2020-06-01T10:00:00', by: 'DateTimeOriginal' },
    },
    {
      name: "the file's date before that of a sidecar by Homeroll, which would hide that Homeroll missed it",
      file: { DateTimeOriginal: at('2020:06:01 10:00:00') },
      sidecar: { DateTimeOriginal: at('2026:12:01 10:00:00') },
      given: { sidecar: dateSidecar('2026-12-01T10:00:00.000+01:00') },
      is: { local: '2020-06-01T10:00:00', by: 'DateTimeOriginal' },
    },
    {
      name: 'the date of a sidecar by Homeroll where the file tells none',
      file: {},
      sidecar: { DateTimeOriginal: at('2026:12:01 10:00:00') },
      given: { sidecar: dateSidecar('2026-12-01T10:00:00.000+01:00') },
      is: { local: '2026-12-01T10:00:00', by: 'sidecar DateTimeOriginal' },
    },
    {
      name: 'the earlier of the two dates that it was sent as if it stood in UTC, and what exiftool complained of',
      file: { Warning: 'JPEG format error' },
      is: { local: '2024-03-01T00:30:00', by: 'nothing', trouble: 'JPEG format error' },
    },
    {
      name: 'when it came, where both dates that it was sent are later',
      file: {},
      given: { createdAt: '2027-01-01T00:00:00.000Z', modifiedAt: '2026-01-01T00:00:01.000Z' },
      is: { local: '2026-01-01T00:00:00', by: 'nothing' },
    },
  ] satisfies { name: string; given?: Partial<Sent>; file: Record<string, unknown>; sidecar?: Record<string, unknown>; is: Shown }[]) {
    it(name, () =>
      assert.deepEqual(shownBy({ file: tags(file), ...(sidecar && { sidecar: tags(sidecar) }), sent: { ...sent, ...given } }), is),
    );
  }
});
