import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { MountingDisk } from '../../../test/kit/mounting-disk.ts';
import { isAnythingUndone } from '../../desk/index.ts';
import type { Disk } from '../../files/index.ts';

const kinds = (home: TestHousehold): string[] => home.news().map(({ kind }) => kind);
/** Whether `homeroll once` would end with 3. */
const isUndone = (home: TestHousehold): boolean =>
  isAnythingUndone(
    home.journal,
    home.config.sources.map(({ name }) => name),
  );
const said = (home: TestHousehold, kind: string): string[] => home.news().flatMap((news) => (news.kind === kind ? [news.text] : []));

/** Two files at home and two on a share that is mounted below the source. */
async function withShare(wish: { proven?: boolean } = {}) {
  const mounts = new MountingDisk();
  const home = await TestHousehold.open({ disk: mounts.disk, sources: [{ identity: 'local', when: { kind: 'new media' } }] });
  const nas = `${home.folder()}/nas`;
  mounts.mount(nas);
  if (wish.proven === false) await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
  for (const name of ['a.jpg', 'b.jpg', 'nas/c.jpg', 'nas/deep/d.jpg']) await home.write(name);
  await home.once();
  return { home, mounts, nas };
}

describe('a share that is mounted below a source', () => {
  for (const isRemoved of [false, true]) {
    it(`and is lost${isRemoved ? ' with its folder' : ''} is away: nothing is gone, it is told once, and is not done`, async () => {
      const { home, mounts, nas } = await withShare();
      await using _ = home;
      assert.equal(isUndone(home), false);
      mounts.unmount(nas, isRemoved);
      for (let look = 0; look < 2; look += 1) {
        await home.once();
        assert.deepEqual([home.numbers().safe, home.numbers().gone, isUndone(home)], [4, 0, true]);
      }
      assert.deepEqual(kinds(home), ['batch safe', 'part away']);
      assert.equal(
        said(home, 'part away')[0],
        `A part of Phone is away: nothing is mounted at ${nas}. Nothing in it counts as deleted; it goes on by itself when it is back.`,
      );
      mounts.mount(nas);
      await home.once();
      assert.deepEqual([home.numbers().safe, isUndone(home)], [4, false]);
      assert.deepEqual(kinds(home), ['batch safe', 'part away', 'part back']);
    });
  }

  it('and is lost before its files are safe has lost nothing: they wait, and go on when it is back', async () => {
    const { home, mounts, nas } = await withShare({ proven: false });
    await using _ = home;
    mounts.unmount(nas);
    await home.comeBack();
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'b.jpg': 'safe', 'nas/c.jpg': 'missing', 'nas/deep/d.jpg': 'missing' });
    assert.match(home.file('nas/c.jpg')?.reason ?? '', /not mounted/);
    mounts.mount(nas);
    home.clock.leap(300_000);
    await home.once();
    assert.equal(home.numbers().safe, 4);
    assert.deepEqual(said(home, 'lost before safe'), []);
  });

  it('does not hide what is really gone elsewhere', async () => {
    const { home, mounts, nas } = await withShare();
    await using _ = home;
    mounts.unmount(nas);
    await home.remove('b.jpg');
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'nas/c.jpg': 'safe', 'nas/deep/d.jpg': 'safe' });
  });

  it('is only a folder when its files lie there all the same: then they can be deleted like any others', async () => {
    const { home, mounts, nas } = await withShare();
    await using _ = home;
    mounts.unmount(nas);
    await home.write('nas/c.jpg');
    await home.write('nas/deep/d.jpg');
    await home.once();
    assert.equal(isUndone(home), false);
    await home.remove('nas/c.jpg');
    await home.once();
    assert.equal(home.state('nas/c.jpg'), 'gone');
  });

  it('and will never come back is given up by resume', async () => {
    const { home, mounts, nas } = await withShare();
    await using _ = home;
    mounts.unmount(nas);
    await home.once();
    home.journal.orders.give('resume', 'Phone', home.clock.now());
    await home.once();
    await home.once();
    assert.deepEqual([home.numbers().gone, isUndone(home)], [2, false]);
  });

  it('and is lost as a walk has just come by it is still known to be missed by the next', async () => {
    const mounts = new MountingDisk();
    let looks = 0;
    let leaveAt = Number.POSITIVE_INFINITY;
    const disk: Disk = {
      ...mounts.disk,
      root: async (path) => {
        if (path.toString().endsWith('/nas') && ++looks === leaveAt) mounts.unmount(path.toString());
        return mounts.disk.root(path);
      },
    };
    await using home = await TestHousehold.open({ disk, sources: [{ identity: 'local' }] });
    mounts.mount(`${home.folder()}/nas`);
    for (const name of ['a.jpg', 'b.jpg', 'nas/c.jpg']) await home.write(name);
    await home.once();
    // Before the walk it is there, after the walk it is not, and nothing is missed.
    leaveAt = looks + 2;
    await home.once();
    assert.equal(home.numbers().gone, 0);
    await home.once();
    assert.equal(home.numbers().gone, 0);
    assert.deepEqual(kinds(home), ['batch safe', 'part away']);
  });

  it('is missed while Homeroll runs, within a minute, and heard again when it is back', async () => {
    const { home, mounts, nas } = await withShare();
    await using _ = home;
    const running = await home.run();
    await home.until(() => home.watcher.isListening);
    mounts.unmount(nas);
    home.hint('nas');
    home.hint('nas/c.jpg');
    home.clock.leap(60_000);
    await home.until(() => kinds(home).includes('part away'));
    assert.equal(home.numbers().gone, 0);
    mounts.mount(nas);
    await home.write('nas/e.jpg');
    home.watcher.deafen();
    await home.until(() => {
      home.clock.leap(60_000);
      return home.state('nas/e.jpg') === 'safe' && home.watcher.isListening && kinds(home).includes('part back');
    });
    await running.stop();
  });

  it('that cannot be read is neither lost nor back', async () => {
    const { home, mounts, nas } = await withShare();
    await using _ = home;
    mounts.unmount(nas);
    await home.once();
    rmSync(nas, { recursive: true });
    // A file in its place: nobody knows what became of the share.
    await home.write('nas', 'no folder');
    await home.once();
    assert.equal(home.numbers().gone, 0);
    assert.ok(!kinds(home).includes('part back'));
  });
});
