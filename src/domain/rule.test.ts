import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { pathGlob, textGlob } from './glob.ts';
import { type Condition, type FileFacts, judge, type Rule } from './rule.ts';
import type { TakenAt } from './taken-at.ts';

const photo: FileFacts = {
  kind: 'photo',
  extension: 'jpg',
  path: 'DCIM/100APPLE/IMG_1.JPG',
  sizeBytes: 3_000_000,
  modifiedAtMs: Date.UTC(2024, 6, 14),
};
const at = (condition: Condition): Rule => ({ ...condition, where: 'homeroll.yaml:22' });
const taken = (local: string, from: TakenAt['from'] = 'EXIF'): TakenAt => ({ local, epochMs: Date.parse(`${local}Z`), from });
const kB20: Condition = { kind: 'smaller than', sizeBytes: 20_000, said: '20 kB' };
const before2001: Condition = { kind: 'taken before', date: '2001-01-01' };
const after2024: Condition = { kind: 'taken after', date: '2024-12-31' };
const goPro: Condition = { kind: 'camera', glob: textGlob('*GoPro*') };

describe('a rule', () => {
  for (const { rule, facts, why } of [
    { rule: { kind: 'only', kinds: ['photo', 'video'] }, facts: {}, why: undefined },
    { rule: { kind: 'only', kinds: ['video'] }, facts: {}, why: 'a photo, and only videos are' },
    { rule: { kind: 'extensions', extensions: ['jpg', 'heic'] }, facts: {}, why: undefined },
    { rule: { kind: 'extensions', extensions: ['heic'] }, facts: {}, why: '.jpg is not among the extensions' },
    { rule: { kind: 'extensions', extensions: ['heic'] }, facts: { extension: '' }, why: 'a name without extension' },
    { rule: { kind: 'include', globs: [pathGlob('x/*'), pathGlob('dcim/**')] }, facts: {}, why: undefined },
    { rule: { kind: 'include', globs: [pathGlob('x/*'), pathGlob('*.png')] }, facts: {}, why: 'not among "x/*", "*.png"' },
    { rule: { kind: 'skip', glob: pathGlob('*.gif') }, facts: {}, why: undefined },
    { rule: { kind: 'skip', glob: pathGlob('*.jpg') }, facts: {}, why: '"*.jpg" is skipped' },
    { rule: kB20, facts: { sizeBytes: 20_000 }, why: undefined },
    { rule: kB20, facts: { sizeBytes: 19_999 }, why: 'smaller than 20 kB' },
    { rule: { kind: 'larger than', sizeBytes: 5, said: '5 B' }, facts: { sizeBytes: 5 }, why: undefined },
    { rule: { kind: 'larger than', sizeBytes: 5, said: '5 B' }, facts: { sizeBytes: 6 }, why: 'larger than 5 B' },
    { rule: before2001, facts: {}, why: undefined },
    { rule: before2001, facts: { taken: taken('2001-01-01T00:00:00') }, why: undefined },
    { rule: before2001, facts: { taken: taken('2000-12-31T23:59:59') }, why: 'taken before 2001-01-01' },
    { rule: before2001, facts: { taken: taken('1970-01-01T00:00:00', 'modification time') }, why: undefined },
    { rule: before2001, facts: { taken: taken('1999-01-01T00:00:00', 'EXIF date of change') }, why: undefined },
    { rule: after2024, facts: { taken: taken('2024-12-31T23:59:59') }, why: undefined },
    { rule: after2024, facts: { taken: taken('2025-01-01T00:00:00') }, why: 'taken after 2024-12-31' },
    { rule: after2024, facts: {}, why: undefined },
    { rule: { kind: 'file before', date: '2024-07-14', epochMs: photo.modifiedAtMs }, facts: {}, why: undefined },
    { rule: { kind: 'file before', date: '2024-07-15', epochMs: photo.modifiedAtMs + 1 }, facts: {}, why: 'file before 2024-07-15' },
    { rule: { kind: 'file after', date: '2024-07-14', epochMs: photo.modifiedAtMs + 1 }, facts: {}, why: undefined },
    { rule: { kind: 'file after', date: '2024-07-13', epochMs: photo.modifiedAtMs }, facts: {}, why: 'file after 2024-07-13' },
    { rule: goPro, facts: {}, why: undefined },
    { rule: goPro, facts: { camera: 'Apple iPhone 15' }, why: undefined },
    { rule: goPro, facts: { camera: 'GOPRO HERO9' }, why: 'camera "GOPRO HERO9" is skipped by "*GoPro*"' },
  ] as { rule: Condition; facts: Partial<FileFacts>; why: string | undefined }[]) {
    it(`"${rule.kind}" ${why === undefined ? `keeps ${JSON.stringify(facts)}` : `says: ${why}`}`, () => {
      const expected =
        why === undefined
          ? { kind: 'wanted' }
          : { kind: 'unwanted', reason: `not wanted: ${why} (rule at homeroll.yaml:22)`, rule: 'homeroll.yaml:22' };
      assert.deepEqual(judge({ ...photo, ...facts }, [at(rule)]), expected);
    });
  }
});

describe('without a rule', () => {
  it('what Immich does not take is not wanted', () => {
    assert.deepEqual(judge({ ...photo, kind: 'other', extension: 'txt' }, []), {
      kind: 'unwanted',
      reason: 'not wanted: Immich takes no .txt files',
    });
    assert.deepEqual(judge({ ...photo, kind: 'other', extension: '' }, []), {
      kind: 'unwanted',
      reason: 'not wanted: Immich takes no files without extension',
    });
  });
  it('an empty file is not wanted', () =>
    assert.deepEqual(judge({ ...photo, sizeBytes: 0 }, []), { kind: 'unwanted', reason: 'not wanted: empty (0 bytes)' }));
});

describe('a sidecar', () => {
  const sidecar: FileFacts = { ...photo, kind: 'sidecar', extension: 'xmp', path: 'a/IMG_1.xmp', sizeBytes: 300 };
  it('is not held against rules for pictures', () =>
    assert.deepEqual(judge(sidecar, [at({ kind: 'only', kinds: ['photo'] }), at({ kind: 'extensions', extensions: ['jpg'] }), at(kB20)]), {
      kind: 'wanted',
    }));
  it('is skipped by name', () => assert.equal(judge(sidecar, [at({ kind: 'skip', glob: pathGlob('*.xmp') })]).kind, 'unwanted'));
});

describe('a file is opened for judging', () => {
  it('only to want less: what is not wanted without its media facts is not wanted with them', () => {
    const rules = [kB20, before2001, goPro, { kind: 'skip', glob: pathGlob('*.gif') } as const].map(at);
    fc.assert(
      fc.property(fc.nat(40_000), fc.constantFrom('a.gif', 'a.jpg'), fc.constantFrom('GoPro', undefined), (sizeBytes, path, camera) => {
        const unopened: FileFacts = { ...photo, sizeBytes, path };
        const opened: FileFacts = { ...unopened, ...(camera === undefined ? {} : { camera }) };
        if (judge(unopened, rules).kind === 'unwanted') assert.equal(judge(opened, rules).kind, 'unwanted');
      }),
    );
  });
});
