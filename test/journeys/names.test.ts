/** Names on a disk are bytes, and what bears them need not be a file. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { House } from './house.ts';
import { sha1Of } from './immich-by-hand.ts';

const oddNames: Readonly<Record<string, Buffer>> = {
  'a line break': Buffer.from('two\nlines.jpg'),
  quotes: Buffer.from(`"Anna's" 'best' \`one\`.jpg`),
  'a backslash and a percent': Buffer.from('50%\\half %2F.jpg'),
  emoji: Buffer.from('🏖️ 👨‍👩‍👧.jpg'),
  'one letter (NFC)': Buffer.from('Käse.jpg'.normalize('NFC')),
  'a letter and its dots (NFD)': Buffer.from('Käse.jpg'.normalize('NFD')),
  '255 bytes': Buffer.from(`${'x'.repeat(251)}.jpg`),
  'no UTF-8': Buffer.concat([Buffer.from([0xff, 0xfe, 0x4b, 0xe4, 0x73, 0x65]), Buffer.from('.jpg')]),
  'other bytes that are no UTF-8 either': Buffer.concat([Buffer.from([0xfe, 0xff, 0x4b, 0xe4, 0x73, 0x65]), Buffer.from('.jpg')]),
  spaces: Buffer.from(' leading and trailing .jpg'),
  'a dash in front': Buffer.from('--json.jpg'),
  'upper case': Buffer.from('IMG.JPG'),
};

const inFolder = (house: House, name: Buffer): Buffer => Buffer.concat([Buffer.from(`${house.path('.')}/`), name]);

describe('odd names', () => {
  it('are all backed up, each with its own bytes, and are known again', async () => {
    await using house = await House.open();
    for (const [what, name] of Object.entries(oddNames)) await writeFile(inFolder(house, name), what);
    const { code, answer, stderr } = await house.once();
    assert.equal(code, 0, stderr);
    assert.equal(answer?.files.safe, Object.keys(oddNames).length);
    assert.deepEqual(
      await house.immich.originals(),
      Object.keys(oddNames)
        .map((what) => sha1Of(what))
        .toSorted(),
    );
    const again = await house.once();
    assert.deepEqual([again.code, again.answer?.work.uploads, again.answer?.work.filesOpened], [0, 0, 0]);
  });

  it('are listed one JSON document to a line; where a name is no text its bytes are there too, and `why` takes them', async () => {
    await using house = await House.open();
    for (const [what, name] of Object.entries(oddNames)) await writeFile(inFolder(house, name), what);
    await house.once();
    const files = await house.files();
    assert.equal(files.length, Object.keys(oddNames).length);
    for (const [what, name] of Object.entries(oddNames)) {
      const file = files.find(({ sha1 }) => sha1 === sha1Of(what));
      const path = inFolder(house, name);
      const isText = Buffer.from(path.toString()).equals(path);
      const clean = Buffer.from(path.toString().replace('/./', '/'));
      if (isText) assert.deepEqual([file?.path, file?.pathBase64], [clean.toString(), undefined], what);
      else
        assert.ok(
          Buffer.from(file?.pathBase64 ?? '', 'base64')
            .subarray(-name.length)
            .equals(name),
          what,
        );
    }
    const bytes = files.find(({ pathBase64 }) => pathBase64)?.pathBase64 ?? '';
    const why = await house.say('why', '--json', '--path-base64', bytes);
    assert.equal(why.code, 0, why.stderr);
    assert.equal(JSON.parse(why.stdout).pathBase64, bytes);
  });
});

describe('what is no file', () => {
  it('and is called x.jpg all the same hangs nothing, and no link is followed', async () => {
    await using house = await House.open();
    await house.write('a.jpg');
    await promisify(execFile)('mkfifo', [house.path('pipe.jpg')]);
    const socket = createServer().listen(house.path('socket.jpg'));
    await mkdir(house.path('folder.jpg'));
    await writeFile(`${house.folder}/elsewhere.jpg`, 'not ours');
    await symlink(`${house.folder}/elsewhere.jpg`, house.path('link.jpg'));
    await symlink(house.folder, house.path('everything'));
    await symlink('.', house.path('itself'));
    await symlink('/nowhere', house.path('broken.jpg'));
    try {
      const { code, stderr } = await house.once();
      assert.equal(code, 0, stderr);
    } finally {
      socket.close();
    }
    assert.deepEqual(await house.places(), { 'a.jpg': 'safe' });
    assert.deepEqual(
      (await house.immich.assets()).map(({ originalFileName }) => originalFileName),
      ['a.jpg'],
    );
  });

  it('and takes the place of a known picture does not pass for it', async () => {
    await using house = await House.open();
    await house.write('a.jpg');
    await house.write('b.jpg');
    await house.once();
    await house.remove('a.jpg');
    await promisify(execFile)('mkfifo', [house.path('a.jpg')]);
    const { code, stderr } = await house.once();
    assert.equal(code, 0, stderr);
    assert.deepEqual(await house.places(), { 'b.jpg': 'safe' });
  });
});
