import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileAll } from './filed.ts';
import { ImmichsEyes } from './shown.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeroll-dates-test-'));
const skip = spawnSync('perl', ['-e', '1']).status === 0 ? false : 'there is no perl, which exiftool needs';
after(() => rmSync(folder, { recursive: true }));

const xmp = (date: string): string =>
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ' +
  `xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:DateTimeOriginal="${date}"/></rdf:RDF></x:xmpmeta>`;

/** The smallest GIF, made different by what follows its end. */
const gif = (mark: string): Buffer =>
  Buffer.concat([Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64'), Buffer.from(mark)]);

function put(name: string | Buffer, content: Buffer | string, modifiedAt = '2024-05-01T10:00:00Z'): void {
  const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)]);
  writeFileSync(path, content);
  utimesSync(path, new Date(modifiedAt), new Date(modifiedAt));
}

describe('a folder is filed as Homeroll files it, and seen as Immich will see it', { skip }, () => {
  it('with sidecars that go along, copies told once, names that are no text, and nothing written into it', async () => {
    put('plain.gif', gif('plain'));
    put('described.gif', gif('described'));
    put('described.gif.xmp', xmp('2019-01-31T23:30:00+02:00'));
    put('copy.gif', gif('plain'));
    put(Buffer.from('no\xfftext\n.gif', 'latin1'), gif('bytes'));
    put('empty.gif', '');
    // What looks like XMP the quick reader leaves to exiftool.
    put('unread.gif', gif('XMP DataXMP'));
    let judged = 0;
    const { filed, leftOut } = await fileAll(folder, (files) => {
      judged = files;
    });
    assert.deepEqual(leftOut.map(({ why }) => why).toSorted(), ['not wanted: empty (0 bytes)', 'the same bytes as another file']);
    assert.equal(judged, 7);
    await using eyes = new ImmichsEyes();
    const see = (name: RegExp) => {
      const picture = filed.find((one) => name.test(one.name));
      assert.ok(picture);
      return eyes.shown(picture);
    };
    const [plain, described, bytes] = await Promise.all([see(/^(plain|copy)\.gif$/), see(/^described/), see(/text/)]);
    assert.deepEqual([plain.by, bytes.by], ['nothing', 'nothing']);
    assert.equal(plain.local.slice(0, 10), '2024-05-01');
    assert.deepEqual(described, { local: '2019-01-31T23:30:00', by: 'sidecar DateTimeOriginal', zone: 'UTC+2' });
    // A sidecar is read when it is judged itself, and does not count as its picture's.
    assert.deepEqual(
      filed.filter(({ judging }) => judging.isBySecondReader).map(({ name }) => name),
      ['unread.gif'],
    );
    assert.ok(filed.every(({ judging }) => judging.ms > 0));
  });
});
