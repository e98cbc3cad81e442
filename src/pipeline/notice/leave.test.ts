/** What was thrown away, and what other programs keep: not sent, not gone, and told once where something waited. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';

const refusing = [{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }] as const;

const told = (home: TestHousehold, about: string): string[] => home.news().flatMap(({ kind, text }) => (kind === about ? [text] : []));

/** As an older Homeroll left them, which looked into these folders. */
async function openWithKnown(...names: readonly string[]): Promise<TestHousehold> {
  const home = await TestHousehold.open();
  home.reconfigure({ ignore: { not: ['.trash', '.nfs*', '.zfs/snapshot'] } });
  for (const name of names.filter((one) => one.includes('safe'))) await home.write(name);
  await home.once();
  await home.comeBack([...refusing]);
  for (const name of names) await home.write(name);
  await home.once();
  home.reconfigure({});
  return home;
}

describe('what lies where nothing is looked at', () => {
  it('is not sent, whatever else lies beside it', async () => {
    await using home = await TestHousehold.open();
    for (const name of [
      'a.jpg',
      '.recycle/b.jpg',
      'x/.Trashes/501/c.jpg',
      'tank/.zfs/snapshot/daily/d.jpg',
      'Trash/e.jpg',
      'snapshot/f.jpg',
    ])
      await home.write(name);
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'Trash/e.jpg': 'safe', 'snapshot/f.jpg': 'safe' });
  });

  it('is sent where it is the source’s own folder, or lies above it', async () => {
    await using home = await TestHousehold.open();
    home.reconfigure({ folder: `${home.folder()}/.snapshots/1` });
    await home.write('a.jpg');
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'safe' });
  });

  it('is not wanted any more, neither gone nor lost, and what waited is told once', async () => {
    await using home = await openWithKnown('x/.trash/a.jpg', 'x/.trash/deep/b.jpg', 'x/.trash/c.mp4', 'x/d.jpg');
    await home.once();
    await home.once();
    const { 'x/d.jpg': other, ...left } = home.states();
    assert.deepEqual(left, { 'x/.trash/a.jpg': 'unwanted', 'x/.trash/deep/b.jpg': 'unwanted', 'x/.trash/c.mp4': 'unwanted' });
    assert.equal(other, 'missing');
    const why = '"x/.trash" is left alone (a bin); ignore: { not: [".trash"] } takes it back';
    assert.equal(home.file('x/.trash/a.jpg')?.reason, `not wanted: ${why}`);
    assert.deepEqual(told(home, 'left alone'), [`2 photos and 1 video from Phone that waited are no longer sent: ${why}.`]);
    assert.deepEqual(told(home, 'lost before safe'), []);
    assert.ok(!home.history('x/.trash/a.jpg').includes('gone'));
  });

  it('stays safe if it is, for as long as it is on disk', async () => {
    await using home = await openWithKnown('x/.trash/safe.jpg', 'y/safe.jpg');
    await home.once();
    assert.equal(home.state('x/.trash/safe.jpg'), 'safe');
    assert.deepEqual(told(home, 'left alone'), []);
    await home.remove('x/.trash');
    await home.once();
    assert.equal(home.state('x/.trash/safe.jpg'), 'gone');
    assert.deepEqual(told(home, 'lost before safe'), []);
  });

  it('is left alone as a single file, too', async () => {
    await using home = await openWithKnown('x/.nfs0001', 'x/a.jpg');
    await home.once();
    assert.equal(home.history('x/.nfs0001').includes('gone'), false);
    assert.equal(home.state('x/.nfs0001'), 'unwanted');
  });

  it('asks nobody, though it was more than half of the source', async () => {
    await using home = await openWithKnown(...Array.from({ length: 12 }, (_, number) => `.trash/${number}.jpg`), 'a.jpg');
    await home.once();
    assert.deepEqual(told(home, 'half missing'), []);
    assert.deepEqual(told(home, 'left alone').length, 1);
  });

  it('comes back as it was when its owner takes it back', async () => {
    await using home = await openWithKnown('x/.trash/a.jpg', '.zfs/snapshot/1/b.jpg');
    await home.once();
    await home.comeBack([]);
    home.reconfigure({ ignore: { not: ['.trash'] } });
    await home.write('x/.trash/new.jpg');
    await home.once();
    assert.deepEqual(home.states(), { 'x/.trash/a.jpg': 'safe', 'x/.trash/new.jpg': 'safe', '.zfs/snapshot/1/b.jpg': 'unwanted' });
  });

  it('stays not wanted when the rules are changed', async () => {
    await using home = await openWithKnown('x/.trash/a.jpg');
    await home.once();
    await home.comeBack([]);
    home.reconfigure({ rules: [] });
    await home.once();
    assert.equal(home.state('x/.trash/a.jpg'), 'unwanted');
    assert.equal((await home.assets()).length, 0);
  });

  it('is told once, too, when its owner takes it back no longer', async () => {
    await using home = await openWithKnown('x/.trash/a.jpg');
    home.reconfigure({ ignore: { not: ['@eaDir'] } });
    await home.once();
    await home.once();
    assert.equal(told(home, 'left alone').length, 1);
  });
});

describe('a picture that is moved into a bin', () => {
  it('before it was safe is told as lost', async () => {
    await using home = await openWithKnown('a.jpg', 'b.jpg');
    await home.move('a.jpg', '.trash/a.jpg');
    await home.once();
    await home.once();
    assert.deepEqual(told(home, 'lost before safe'), ['1 photo left Phone folder before it was safe. It was "a.jpg".']);
    assert.equal(home.state('a.jpg'), 'gone');
  });

  it('and was safe is only gone; put back it is safe without being sent', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.once();
    await home.move('a.jpg', '.recycle/a.jpg');
    await home.once();
    assert.equal(home.state('a.jpg'), 'gone');
    await home.move('.recycle/a.jpg', 'a.jpg');
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'safe' });
    assert.equal(home.asked.filter((question) => question === 'POST /api/assets').length, 1);
    assert.deepEqual(told(home, 'lost before safe'), []);
  });
});

describe('a hint', () => {
  it('of something that is left alone leads nowhere', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' }, sweepEveryMs: 86_400_000 }] });
    const running = await home.run();
    await home.until(() => home.watcher.isListening && home.journal.sources.all()[0]?.sweptAtMs !== undefined);
    await home.write('.recycle/a.jpg');
    await home.write('x/.snapshots/b.jpg');
    await home.write('x/c.jpg');
    for (const path of ['.recycle', 'x/.snapshots/b.jpg', 'x']) home.hint(path);
    await home.until(() => home.state('x/c.jpg') === 'safe');
    await running.stop();
    assert.deepEqual(home.states(), { 'x/c.jpg': 'safe' });
  });
});
