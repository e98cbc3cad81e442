/** A folder that is not there lost nothing: "NAS is paused", never "4,000 files deleted". */
import assert from 'node:assert/strict';
import { mkdir, rename } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { House } from './house.ts';

describe('a source whose folder is away', () => {
  it('from the first day is said to be away, and is not done', async () => {
    await using house = await House.open({ sources: [{}, { name: 'NAS' }] });
    await house.write('a.jpg');
    await rename(`${house.folder}/NAS`, `${house.folder}/unplugged`);
    const { code, answer, stderr } = await house.once();
    assert.equal(code, 3, stderr);
    assert.deepEqual(
      answer?.sources.map(({ name, state }) => [name, state]),
      [
        ['Phone', 'present'],
        ['NAS', 'away'],
      ],
    );
    assert.deepEqual(await house.places(), { 'a.jpg': 'safe' });
  });

  it('is told once as gone and once as back, and nothing counts as deleted or is sent again', async () => {
    await using house = await House.open();
    for (const name of ['a.jpg', 'b.jpg']) await house.write(name);
    assert.equal((await house.once()).code, 0);
    await rename(house.path(''), `${house.folder}/unplugged`);
    for (let look = 0; look < 2; look++) {
      const away = await house.once();
      assert.equal(away.code, 3, away.stderr);
      assert.deepEqual([away.answer?.files.safe, away.answer?.files.gone], [2, 0]);
      assert.match(away.answer?.sources[0]?.reason ?? '', /is not there/);
    }
    assert.equal(house.letterbox.told('source away').length, 1);
    assert.deepEqual(house.letterbox.told('lost before safe'), []);

    await rename(`${house.folder}/unplugged`, house.path(''));
    const back = await house.once();
    assert.deepEqual([back.code, back.answer?.work.uploads, back.answer?.work.filesOpened, back.answer?.files.safe], [0, 0, 0, 2]);
    assert.equal(house.letterbox.told('source back').length, 1);
  });

  it('while Homeroll runs is noticed as back', async () => {
    await using house = await House.open();
    await rename(house.path(''), `${house.folder}/unplugged`);
    assert.equal((await house.once()).code, 3);
    await mkdir(house.path(''));
    await house.write('a.jpg');
    const { code, answer, stderr } = await house.once();
    assert.deepEqual([code, answer?.files.safe], [0, 1], stderr);
  });
});

describe('a source of which more than half is missing', () => {
  const names = Array.from({ length: 10 }, (_, number) => `${number}.jpg`);

  it('asks first; nothing is gone until somebody says resume, and Immich keeps all of it', async () => {
    await using house = await House.open();
    for (const name of names) await house.write(name);
    assert.equal((await house.once()).code, 0);
    for (const name of names.slice(0, 6)) await house.remove(name);
    for (let look = 0; look < 2; look++) {
      const asking = await house.once();
      assert.equal(asking.code, 3, asking.stderr);
      assert.deepEqual([asking.answer?.sources[0]?.state, asking.answer?.files.safe, asking.answer?.files.gone], ['asking', 10, 0]);
    }
    assert.equal(house.letterbox.told('half missing').length, 1);

    assert.equal((await house.say('resume', '--source', 'Phone')).code, 0);
    const accepted = await house.once();
    assert.deepEqual([accepted.code, accepted.answer?.files.safe, accepted.answer?.files.gone], [0, 4, 6], accepted.stderr);
    assert.equal((await house.immich.assets()).length, 10);
  });

  it('and is there again at the next look needs no answer', async () => {
    await using house = await House.open();
    for (const name of names) await house.write(name);
    assert.equal((await house.once()).code, 0);
    await mkdir(`${house.folder}/aside`);
    for (const name of names.slice(0, 6)) await rename(house.path(name), `${house.folder}/aside/${name}`);
    assert.equal((await house.once()).code, 3);
    for (const name of names.slice(0, 6)) await rename(`${house.folder}/aside/${name}`, house.path(name));
    const back = await house.once();
    assert.deepEqual([back.code, back.answer?.work.uploads, back.answer?.files.safe], [0, 0, 10], back.stderr);
  });
});
