import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dateInName } from './name-date.ts';

const conflictMarks = [
  '.sync-conflict-20240714-101112-ABCDEFG',
  '.sync-conflict-20240714-101112-ABCDEFG.sync-conflict-20240715-101112-ABCDEFG',
  " (Anna's conflicted copy 2024-07-14)",
  " (Anna's MacBook (2)'s conflicted copy 2024-07-14)",
  ' (conflicted copy 2024-07-14 101112)',
  ' (conflicted copy anna 2024-07-14 101112)',
  ' (In Konflikt stehende Kopie von Anna 2024-07-14)',
  ' (Copie en conflit de Anna 2024-07-14)',
  ' (Copia en conflicto de Anna 2024-07-14)',
  ' (copia in conflitto di Anna 2024-07-14)',
  ' (conflicterende kopie van Anna 2024-07-14)',
  ' (Cópia em conflito de Anna 2024-07-14)',
  ' (Annas konfliktkopia 2024-07-14)',
  ' (Kopia powodująca konflikt 2024-07-14)',
  ' (конфликтующая копия с Anna 2024-07-14)',
  ' (Anna の競合コピー 2024-07-14)',
  ' (Anna 的冲突副本 2024-07-14)',
  '（Anna 的衝突複本 2024-07-14）',
  ' (Anna의 충돌된 복사본 2024-07-14)',
  ' (SFConflict anna@example.com 2024-07-14-10-11-12)',
  ' (conflict 2024-07-14 10-11-12)',
  '_conflict-20240714-101112',
  '_laptop_Jul-14-101112-2024_Conflict',
  '.Conflict',
  '[Conflict]',
  ' [conflicted 2024-07-14]',
  '~20240714-101112',
  '.jpg 2024-07-14 101112',
];

describe('the date in the name of a conflict copy', () => {
  for (const mark of conflictMarks) {
    it(`is that of the copied name in a copy marked "${mark}"`, () => {
      assert.equal(dateInName(`IMG_20190501_100000${mark}.jpg`)?.local, '2019-05-01T10:00:00');
      assert.equal(dateInName(`IMG-20190501-WA0001${mark}.jpg`)?.local, '2019-05-01T12:00:00');
    });
    it(`is never that of the mark "${mark}"`, () => assert.equal(dateInName(`IMG_2041${mark}.jpg`), undefined));
  }

  it('is never that of a conflict mark, whatever was copied by whomever', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z_]{1,9}\d{0,5}$/), fc.stringMatching(/^[A-Za-z'’ .-]{0,12}$/), (name, who) => {
        const mark = ` (${who} conflicted copy 2024-07-14 101112)`;
        return dateInName(`${name}${mark}.jpg`) === undefined;
      }),
    ));
});
