/** kill -9 at any moment: nothing lost, nothing twice. Not in Immich, not in an album, not as a message. */
import assert from 'node:assert/strict';
import { truncate } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { House } from './house.ts';
import { sha1Of } from './immich-by-hand.ts';
import { held } from './server.ts';

const afterSteps = ['hash', 'check', 'upload', 'prove', 'organise'].map((step) => `after ${step}`);
const commits = ['before commit', 'after commit', 'after commit:4', 'after upload:3'];
const filing = ['album made', 'assets added to album', 'tag made', 'assets tagged'];
const telling = ['before announcing', 'after announcing'];

describe('a Homeroll that is killed', () => {
  for (const point of [...afterSteps, ...commits, ...filing, ...telling]) {
    it(`at "${point}" does the rest in its next life`, async () => {
      await using house = await House.open({ sources: [{ albums: ['Holidays', '{folder}'], tags: ['from/{source}'] }] });
      await house.write('Harz/a.jpg');
      await house.write('Harz/b.jpg');
      await house.write('Harz/b copied.jpg', 'the bytes of Harz/b.jpg');
      await house.write('Harz/IMG_1.HEIC');
      await house.write('Harz/IMG_1.MOV');
      const killed = await house.once({ env: { HOMEROLL_CRASH_AT: point } });
      assert.equal(killed.signal, 'SIGKILL', killed.stderr);

      const { code, answer, stderr } = await house.once();
      assert.equal(code, 0, stderr);
      assert.equal(answer?.files.safe, 4);
      const contents = ['a.jpg', 'b.jpg', 'IMG_1.HEIC', 'IMG_1.MOV'].map((name) => sha1Of(`the bytes of Harz/${name}`));
      assert.deepEqual(await house.immich.originals(), contents.toSorted(), 'each once');
      const assets = await house.immich.assets();
      const shown = assets.flatMap(({ visibility, originalFileName }) => (visibility === 'timeline' ? [originalFileName] : []));
      assert.equal(shown.length, 3);
      assert.deepEqual(await house.immich.membersByAlbum(), { Harz: shown, Holidays: shown });
      assert.equal((await house.immich.albums()).length, 2);
      for (const asset of assets.filter(({ visibility }) => visibility === 'timeline')) {
        assert.deepEqual(await house.immich.tagsOf(asset), ['from/Phone']);
      }
      assert.equal(house.letterbox.letters.size, 1, 'told once');
    });
  }

  for (const { where, fault } of [
    { where: 'while Immich has not begun to read', fault: held },
    { where: 'while Immich is silent', fault: { kind: 'hang' } as const },
  ]) {
    it(`in the middle of an upload, ${where}, leaves exactly one asset`, async () => {
      await using house = await House.open({
        faults: [
          { endpoint: 'POST /assets', nth: 1, fault: held },
          { endpoint: 'POST /assets', nth: 1, fault },
        ],
      });
      await house.write('a.mp4', 'a film');
      await truncate(house.path('a.mp4'), 64 << 20);
      const once = house.startOnce();
      await house.server.whenHeld();
      const { signal } = await once.kill('SIGKILL');
      assert.equal(signal, 'SIGKILL');
      await house.server.comeBack();
      const { code, stderr } = await house.once();
      assert.equal(code, 0, stderr);
      assert.deepEqual(await house.immich.originals(), [sha1Of(await house.read('a.mp4'))]);
      assert.deepEqual(house.server.incoming, [], 'nothing half on the server either');
    });
  }

  it('when Immich had stored the file and could not say so leaves exactly one asset', async () => {
    await using house = await House.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault: { kind: 'answer-lost' } }] });
    const content = await house.write('a.jpg');
    const killed = await house.once({ env: { HOMEROLL_CRASH_AT: 'after upload' } });
    assert.equal(killed.signal, 'SIGKILL', killed.stderr);
    assert.equal((await house.once()).code, 0);
    assert.deepEqual(await house.immich.originals(), [sha1Of(content)]);
  });
});

describe('an answer that is lost on its way', () => {
  it('is asked for again before anything is sent again', async () => {
    await using house = await House.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault: { kind: 'answer-lost' } }] });
    const content = await house.write('a.jpg');
    const { code, answer, stderr } = await house.once({ patience: '1 minute' });
    assert.equal(code, 0, stderr);
    assert.equal(answer?.work.uploads, 1);
    assert.deepEqual(await house.immich.originals(), [sha1Of(content)]);
  });
});
