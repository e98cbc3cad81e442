/** A name that is used again before its first picture was sent. */
import assert from 'node:assert/strict';
import { appendFile, rename, rm, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { pictureTaken } from '../../../test/kit/dated-picture.ts';
import { TestHousehold } from '../../../test/kit/household.ts';

const name = 'IMG_0001.JPG';
const alarms = (home: TestHousehold): string[] =>
  home.news().flatMap(({ kind, text }) => (kind === 'replaced before safe' || kind === 'lost before safe' ? [text] : []));
const told = `${name} in Phone was replaced by another picture before it was safe.`;

/** Immich is away, and the first picture is known by its bytes. */
async function withFirst(content: Buffer = Buffer.from('the first')): Promise<TestHousehold> {
  const home = await TestHousehold.open({ sources: [{ identity: 'local' }] });
  await home.goAway();
  await home.write(name, Buffer.from(content));
  await home.once();
  assert.equal(home.state(name), 'hashed');
  return home;
}

/** A running Homeroll hears of the path, and stops before it tells of anything. */
async function hear(home: TestHousehold, isHeard: () => boolean, settleMs = 0): Promise<void> {
  home.reconfigure({ identity: 'local', when: { kind: 'new media' }, settleMs });
  const running = await home.run();
  await home.until(isHeard);
  await running.stop();
}

async function comeBack(home: TestHousehold): Promise<void> {
  await home.comeBack();
  for (let times = 0; times < 2; times += 1) {
    await home.once({ patienceMs: 10_000 });
    home.clock.leap(3_700_000);
  }
}

describe('a name that is used again before its first picture was sent', () => {
  for (const { how, replace } of [
    { how: 'written over in place', replace: (_: TestHousehold, path: string) => writeFile(path, 'the second') },
    {
      how: 'moved over',
      replace: async (home: TestHousehold, path: string) => {
        await writeFile(`${home.folder()}-aside`, 'the second');
        await rename(`${home.folder()}-aside`, path);
      },
    },
    {
      how: 'removed and made anew',
      replace: async (_: TestHousehold, path: string) => {
        await rm(path);
        await writeFile(path, 'the second');
      },
    },
    {
      how: 'removed, missed, and made anew before that was told',
      replace: async (home: TestHousehold, path: string) => {
        await rm(path);
        await hear(home, () => home.state(name) === 'gone');
        await writeFile(path, 'the second');
      },
    },
  ])
    it(`${how}, is told, once, and the second is safe`, async () => {
      await using home = await withFirst();
      await replace(home, home.path(name).toString());
      await comeBack(home);
      assert.equal(home.state(name), 'safe');
      assert.deepEqual(alarms(home), [told]);
      const why = home.journal.history.of(home.file(name)?.id ?? (0 as never)).map(({ reason }) => reason);
      assert.ok(why.includes('something else took this name before the first picture was safe'), `${why}`);
    });

  it('is told also when the rules were changed in between', async () => {
    await using home = await withFirst();
    await writeFile(home.path(name).toString(), 'the second');
    home.reconfigure({ identity: 'local', rules: [{ kind: 'only', kinds: ['photo'], where: 'homeroll.yaml:9' }] });
    await comeBack(home);
    assert.deepEqual([home.state(name), alarms(home)], ['safe', [told]]);
  });

  it('is told also when it was tried again in between', async () => {
    await using home = await withFirst();
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 400 } }]);
    await home.once();
    assert.equal(home.state(name), 'blocked');
    await writeFile(home.path(name).toString(), 'the second');
    home.journal.orders.give('retry', undefined, home.clock.now());
    await comeBack(home);
    assert.deepEqual([home.state(name), alarms(home)], ['safe', [told]]);
  });

  it('by a picture of another day is told, though editing may do the same', async () => {
    await using home = await withFirst(pictureTaken('2024-07-14T09:21:33'));
    await home.write(name, pictureTaken('2024-08-01T12:00:00', { shade: 40 }));
    await comeBack(home);
    assert.deepEqual(alarms(home), [told]);
  });

  it('twice, is told of both', async () => {
    await using home = await withFirst();
    for (const [index, content] of ['the second', 'the third'].entries()) {
      await home.write(name, Buffer.from(content));
      await hear(home, () => home.history(name).filter((state) => state === 'hashed').length === 2 * index + 3);
    }
    await comeBack(home);
    assert.deepEqual(alarms(home), [
      '2 photos in Phone were replaced by other pictures before they were safe. They were "IMG_0001.JPG" and "IMG_0001.JPG".',
    ]);
  });

  it('by what the rules do not want is told as overwritten', async () => {
    await using home = await withFirst();
    await home.write(name, Buffer.from(''));
    await comeBack(home);
    assert.deepEqual(alarms(home), [`${name} in Phone was overwritten before it was safe.`]);
  });

  for (const { why, act } of [
    { why: 'was only touched', act: (home: TestHousehold) => home.touch(name) },
    { why: 'was written on', act: (home: TestHousehold) => appendFile(home.path(name), ', and more of it') },
    {
      why: 'has another name now',
      act: async (home: TestHousehold) => {
        await home.move(name, 'IMG_0001 (1).JPG');
        await home.write(name, Buffer.from('the second'));
      },
    },
    {
      why: 'came back',
      act: async (home: TestHousehold) => {
        await home.write(name, Buffer.from('the second, which nobody saw'));
        await home.write(name, Buffer.from('the first'));
      },
    },
    {
      why: 'lies elsewhere as well',
      act: async (home: TestHousehold) => {
        await home.write('copies/one.jpg', Buffer.from('the first'));
        await home.write(name, Buffer.from('the second'));
      },
    },
    {
      why: 'was removed, and is there again',
      act: async (home: TestHousehold) => {
        await home.remove(name);
        await hear(home, () => home.state(name) === 'gone');
        await home.write(name, Buffer.from('the first'));
      },
    },
  ])
    it(`is nobody's business where the first ${why}`, async () => {
      await using home = await withFirst();
      await act(home);
      await comeBack(home);
      assert.equal(home.state(name), 'safe');
      assert.deepEqual(alarms(home), []);
    });

  it('is no alarm where the picture was only edited, and `why` says so', async () => {
    await using home = await withFirst(pictureTaken('2024-07-14T09:21:33'));
    await home.write(name, pictureTaken('2024-07-14T09:21:33', { shade: 40 }));
    await comeBack(home);
    assert.equal(home.state(name), 'safe');
    assert.deepEqual(alarms(home), []);
    const why = home.journal.history.of(home.file(name)?.id ?? (0 as never)).map(({ reason }) => reason);
    assert.ok(why.includes('it was changed before it was safe: Immich gets it as it is now, and not as it was'), `${why}`);
  });

  it('after the first was safe, is nobody’s business', async () => {
    await using home = await TestHousehold.open({ sources: [{ identity: 'local' }] });
    await home.write(name, Buffer.from('the first'));
    await home.once();
    await home.write(name, Buffer.from('the second'));
    await comeBack(home);
    assert.deepEqual(alarms(home), []);
    assert.equal((await home.assets()).length, 2, 'the old one stays');
  });

  it('and then lost as well, is told as replaced and as lost', async () => {
    await using home = await withFirst();
    await home.write(name, Buffer.from('the second'));
    await hear(home, () => home.history(name).filter((state) => state === 'hashed').length === 3);
    await home.remove(name);
    await comeBack(home);
    assert.deepEqual(alarms(home).toSorted(), [`1 photo left Phone folder before it was safe. It was "${name}".`, told]);
  });

  it('by what vanished before it was looked at, has left', async () => {
    await using home = await withFirst();
    await home.write(name, Buffer.from('half of the second'));
    await hear(home, () => home.state(name) === 'noticed', 86_400_000);
    await home.remove(name);
    await comeBack(home);
    assert.deepEqual(alarms(home), [`1 photo left Phone folder before it was safe. It was "${name}".`]);
  });
});
