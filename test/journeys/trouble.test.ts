/** Days on which something is wrong: an Immich that is away, a key that is not taken, two Homerolls, a slip of the pen. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { House } from './house.ts';
import { sha1Of } from './immich-by-hand.ts';
import { Program } from './program.ts';
import { held } from './server.ts';

describe('an Immich that is away', () => {
  it('at the start loses nothing: exit 4 and a sentence, and all arrives when it is back', async () => {
    await using house = await House.open({ sources: [{ albums: ['Holidays'] }] });
    for (const name of ['a.jpg', 'b.jpg', 'c.mp4']) await house.write(name);
    await house.server.close();
    const away = await house.once();
    assert.equal(away.code, 4, away.stderr);
    assert.match(away.answer?.troubles[0]?.sentence ?? '', /^Immich is away \(http:.* refuses connections\)/);
    assert.deepEqual(Object.values(await house.places()), ['waiting', 'waiting', 'waiting']);
    await house.server.comeBack();
    const back = await house.once();
    assert.equal(back.code, 0, back.stderr);
    assert.equal(back.answer?.files.safe, 3);
    assert.deepEqual(await house.immich.membersByAlbum(), { Holidays: ['a.jpg', 'b.jpg', 'c.mp4'] });
  });

  const questions = [
    'GET /server/version',
    'GET /users/me',
    'POST /assets/bulk-upload-check',
    'POST /assets',
    'GET /assets/:id/original',
    'POST /albums',
    'PUT /albums/:id/assets',
    'PUT /tags/assets',
  ];
  for (const endpoint of questions) {
    it(`from the moment when it is asked ${endpoint} does not keep \`once\` from ending, and nothing is lost`, async () => {
      await using house = await House.open({
        sources: [{ albums: ['Holidays'], tags: ['from/{source}'] }],
        faults: [{ endpoint, nth: 1, fault: held }],
      });
      const contents = await Promise.all(['a.jpg', 'b.jpg', 'c.jpg'].map((name) => house.write(name)));
      const once = house.startOnce({ patience: '1 s' });
      await house.server.whenHeld();
      await house.server.close();
      const { code, signal, stderr } = await once.ended;
      assert.equal(code, 4, `${signal} ${stderr}`);
      await house.server.comeBack();
      const back = await house.once({ patience: '1 minute' });
      assert.equal(back.code, 0, back.stderr);
      assert.deepEqual(await house.immich.originals(), contents.map((content) => sha1Of(content)).toSorted());
      assert.deepEqual(await house.immich.membersByAlbum(), { Holidays: ['a.jpg', 'b.jpg', 'c.jpg'] });
    });
  }

  it('for a moment is waited for, as long as there is patience', async () => {
    await using house = await House.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault: held }] });
    await house.write('a.jpg');
    const once = house.startOnce({ patience: '1 minute' });
    await house.server.whenHeld();
    await house.server.close();
    await once.says('Immich is away');
    await house.server.comeBack();
    const { code, stderr } = await once.ended;
    assert.equal(code, 0, stderr);
    assert.equal((await house.immich.assets()).length, 1);
  });
});

describe('a wrong key', () => {
  it('is exit 4 and a sentence about the key, and no file is to blame', async () => {
    await using house = await House.open();
    await house.write('a.jpg');
    await house.configure({ immich: { url: house.server.url, accounts: { anna: { key: 'no-such-key' } } } });
    const { code, answer, stderr } = await house.once({ patience: '1 minute' });
    assert.equal(code, 4, stderr);
    assert.match(answer?.troubles[0]?.sentence ?? '', /key/);
    assert.deepEqual(await house.places(), { 'a.jpg': 'waiting' });
    await house.configure();
    assert.equal((await house.once()).code, 0);
  });
});

describe('a second Homeroll', () => {
  it('on the same journal ends at once with 5; who only asks is answered', async () => {
    await using house = await House.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault: held }] });
    await house.write('a.jpg');
    const first = house.startOnce();
    await house.server.whenHeld();
    for (const command of ['once', 'run']) {
      const { code, stderr } = await house.say(command);
      assert.equal(code, 5, stderr);
      assert.match(stderr, /Another Homeroll works with/);
    }
    assert.equal((await house.status()).files.waiting, 1);
    assert.equal((await house.why('a.jpg')).state, 'waiting');
    house.server.letGo();
    assert.equal((await first.ended).code, 0);
  });
});

describe('a slip in homeroll.yaml', () => {
  for (const { slip, line, says } of [
    { slip: 'sorces: []', line: 4, says: /sources/ },
    { slip: 'sources: [{ name: Phone, foldr: /tmp }]', line: 4, says: /folder/ },
    { slip: 'sources: [{ name: Phone, folder: /tmp, settle: soon }]', line: 4, says: /span of time/ },
    { slip: 'sources: [{ name: Phone, folder: /tmp, after: {} }]', line: 4, says: /not in this version/ },
  ]) {
    it(`(${slip}) is told with its line and its cure, and ends with 2`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'homeroll-slip-'));
      try {
        writeFileSync(join(folder, 'homeroll.yaml'), `immich:\n  url: http://127.0.0.1:1\n  accounts: { a: { key: k } }\n${slip}\n`);
        for (const command of ['once', 'check-config']) {
          const { code, stdout, stderr } = await new Program([command], { folder }).ended;
          assert.equal(code, 2);
          assert.match(stdout + stderr, new RegExp(`homeroll\\.yaml:${line}: .*${says.source}`));
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
