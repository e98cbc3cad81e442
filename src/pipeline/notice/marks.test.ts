/** Marks in folders: what they keep back, and what they must not without a word. */
import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { problemsNow, whyFile, whyUnknown } from '../../desk/index.ts';
import { DiskError } from '../../files/index.ts';

const refusing = [{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }] as const;
const told = (home: TestHousehold, about: string): string[] => home.news().flatMap(({ kind, text }) => (kind === about ? [text] : []));
const problems = (home: TestHousehold): string[] =>
  problemsNow(home.journal, { sources: home.config.sources }).map(({ sentence }) => sentence);
/** Of pictures only: marks are files, too. */
const states = (home: TestHousehold): Record<string, string> =>
  Object.fromEntries(Object.entries(home.states()).filter(([path]) => /\.(jpg|gif|mp4)$/.test(path)));
const letGo = (home: TestHousehold, mark: string): Promise<string | undefined> => home.order('let go', home.path(mark).toString('base64'));
const whyUnknownOf = (home: TestHousehold, name: string): string =>
  whyUnknown(home.path(name), home.config.sources, { found: 'file', journal: home.journal });
const keep = (home: TestHousehold, mark: string): Promise<string | undefined> => home.order('keep', home.path(mark).toString('base64'));

describe('a .nomedia', () => {
  it('leaves its folder alone, with all below', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['x/.nomedia', 'x/a.jpg', 'x/deep/b.jpg', 'c.jpg']) await home.write(name);
    await home.once();
    await home.once();
    assert.deepEqual(states(home), { 'c.jpg': 'safe' });
    assert.deepEqual(told(home, 'mark asked'), []);
    assert.deepEqual(problems(home), []);
  });

  it('is found in a folder of a thousand files before any of them is wanted', async () => {
    await using home = await TestHousehold.open();
    for (let number = 0; number < 1_000; number++) await home.write(`x/${number}.jpg`);
    await home.write('x/.nomedia');
    await home.once();
    assert.deepEqual(states(home), {});
  });

  it('is walked past once it counts', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['x/.nomedia', 'x/a.jpg', 'x/deep/b.jpg', 'c.jpg']) await home.write(name);
    await home.once();
    home.counts.listings = 0;
    await home.once();
    const listed = home.counts.listings;
    await home.remove('x');
    home.counts.listings = 0;
    await home.once();
    assert.equal(listed, home.counts.listings);
  });

  it('is asked about where pictures were wanted until now, and they go on meanwhile', async () => {
    await using home = await TestHousehold.open();
    await home.write('x/a.jpg');
    await home.once();
    await home.write('x/.nomedia');
    await home.write('x/b.jpg');
    await home.once();
    await home.once();
    assert.deepEqual(states(home), { 'x/a.jpg': 'safe', 'x/b.jpg': 'safe' });
    const mark = home.path('x/.nomedia').toString();
    const question = `"${mark}" would leave 1 file of Phone alone that was wanted until now. Nothing changes until you answer: homeroll let-go "${mark}" lets it count, homeroll keep "${mark}" goes on as before.`;
    assert.deepEqual(told(home, 'mark asked'), [question]);
    assert.deepEqual(problems(home), [question]);
  });

  it('says where it stands to who answers once more, or asks why', async () => {
    await using home = await TestHousehold.open();
    await home.write('x/a.jpg');
    await home.once();
    await home.write('x/.nomedia');
    await home.once();
    const why = (): string =>
      whyFile(home.path('x/.nomedia'), home.journal, home.clock.now())?.now.join(' ') ?? whyUnknownOf(home, 'x/.nomedia');
    await keep(home, 'x/.nomedia');
    assert.match((await keep(home, 'x/.nomedia')) ?? '', /does not count/);
    assert.match(why(), /does not count, as you said/);
    assert.match((await letGo(home, 'x/.nomedia')) ?? '', /counts from now on/);
    assert.equal(await letGo(home, 'x/.nomedia'), 'It counts already.');
    assert.match((await keep(home, 'x/.nomedia')) ?? '', /It counts: .* set nomedia: ignore, or remove it/);
    assert.match(why(), /It counts: .* set nomedia: ignore, or remove it/);
  });

  it('counts after a yes: what waited is told, what is in Immich stays', async () => {
    await using home = await TestHousehold.open();
    await home.write('x/a.jpg');
    await home.once();
    await home.comeBack([...refusing]);
    await home.write('x/.nomedia');
    await home.write('x/b.jpg');
    await home.once();
    assert.match((await letGo(home, 'x/.nomedia')) ?? '', /counts from now on/);
    await home.once();
    assert.deepEqual(states(home), { 'x/a.jpg': 'safe', 'x/b.jpg': 'unwanted' });
    assert.deepEqual(told(home, 'left alone'), [
      '1 photo from Phone that waited is no longer sent: "x/.nomedia" says so; nomedia: ignore takes it back.',
    ]);
    assert.deepEqual([told(home, 'lost before safe'), problems(home)], [[], []]);
    assert.ok(!home.history('x/b.jpg').includes('gone'));
  });

  it('does not count after a no, and is not asked about again', async () => {
    await using home = await TestHousehold.open();
    await home.write('x/a.jpg');
    await home.once();
    await home.write('x/.nomedia');
    await home.once();
    assert.match((await keep(home, 'x/.nomedia')) ?? '', /goes on as before/);
    await home.write('x/b.jpg');
    await home.touch('x/.nomedia');
    await home.once();
    assert.deepEqual(states(home), { 'x/a.jpg': 'safe', 'x/b.jpg': 'safe' });
    assert.deepEqual([told(home, 'mark asked').length, problems(home)], [1, []]);
  });

  it('in the source’s own folder is always asked about', async () => {
    await using home = await TestHousehold.open();
    await home.write('.nomedia');
    await home.write('x/a.jpg');
    await home.write('top.jpg');
    await home.once();
    assert.deepEqual(states(home), { 'top.jpg': 'safe', 'x/a.jpg': 'safe' });
    assert.match(told(home, 'mark asked').join(), /would leave all of Phone alone/);
    await letGo(home, '.nomedia');
    await home.write('x/b.jpg');
    await home.once();
    await home.once();
    assert.deepEqual(states(home), { 'top.jpg': 'safe', 'x/a.jpg': 'safe' });
    assert.deepEqual(told(home, 'half missing'), []);
    await home.remove('.nomedia');
    await home.once();
    assert.deepEqual(states(home), { 'top.jpg': 'safe', 'x/a.jpg': 'safe', 'x/b.jpg': 'safe' });
  });

  it('is turned off by `nomedia: ignore`, with what it left alone before', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['x/.nomedia', 'x/a.jpg']) await home.write(name);
    await home.once();
    assert.deepEqual(states(home), {});
    home.reconfigure({ nomedia: 'ignore' });
    await home.once();
    assert.deepEqual(states(home), { 'x/a.jpg': 'safe' });
  });

  it('that is removed leaves nothing alone any more', async () => {
    await using home = await TestHousehold.open();
    await home.write('x/a.jpg');
    await home.comeBack([...refusing]);
    await home.once();
    await home.write('x/.nomedia');
    await home.once();
    await letGo(home, 'x/.nomedia');
    await home.once();
    assert.equal(home.state('x/a.jpg'), 'unwanted');
    await home.comeBack([]);
    await home.remove('x/.nomedia');
    await home.once();
    assert.deepEqual(states(home), { 'x/a.jpg': 'safe' });
  });

  it('keeps back what comes later by a hint, and is heard of itself', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' }, sweepEveryMs: 86_400_000 }] });
    await home.write('y/a.jpg');
    const running = await home.run();
    await home.until(() => home.state('y/a.jpg') === 'safe' && home.watcher.isListening);
    for (const name of ['x/b.jpg', 'x/.nomedia']) await home.write(name);
    home.hint('x/b.jpg');
    home.hint('x/.nomedia');
    await home.write('y/c.jpg');
    home.hint('y/c.jpg');
    await home.until(() => home.state('y/c.jpg') === 'safe');
    await home.write('x/d.jpg');
    home.hint('x/d.jpg');
    await home.write('y/e.jpg');
    home.hint('y/e.jpg');
    await home.until(() => home.state('y/e.jpg') === 'safe');
    await running.stop();
    assert.deepEqual(states(home), { 'y/a.jpg': 'safe', 'y/c.jpg': 'safe', 'y/e.jpg': 'safe' });
  });
});

describe('a .homerollignore', () => {
  it('leaves alone what its patterns fit', async () => {
    await using home = await TestHousehold.open();
    await home.write('x/.homerollignore', '*.gif\nraw/\n!keep.gif\n');
    for (const name of ['x/a.jpg', 'x/b.gif', 'x/keep.gif', 'x/raw/c.jpg', 'd.gif', 'raw/e.jpg']) await home.write(name);
    await home.once();
    await home.once();
    assert.deepEqual(Object.keys(states(home)).sort(), ['d.gif', 'raw/e.jpg', 'x/a.jpg', 'x/keep.gif']);
    assert.deepEqual(told(home, 'mark asked'), []);
  });

  it('is asked about where it fits what was wanted, and what it said before goes on to count', async () => {
    await using home = await TestHousehold.open();
    await home.write('.homerollignore', '*.gif\n');
    await home.write('a.jpg');
    await home.once();
    await home.write('.homerollignore', '*.gif\n*.jpg\n');
    for (const name of ['b.jpg', 'c.gif']) await home.write(name);
    await home.once();
    assert.deepEqual(states(home), { 'a.jpg': 'safe', 'b.jpg': 'safe' });
    assert.match(told(home, 'mark asked').join(), /would leave 1 file of Phone alone that was wanted until now/);
    await letGo(home, '.homerollignore');
    await home.write('d.jpg');
    await home.once();
    assert.deepEqual(states(home), { 'a.jpg': 'safe', 'b.jpg': 'safe' });
  });

  it('about everything in the source’s own folder is always asked about', async () => {
    for (const rules of ['*', '/*', '**', '*\n!keep.png']) {
      await using home = await TestHousehold.open();
      await home.write('.homerollignore', rules);
      await home.write('a.jpg');
      await home.once();
      assert.deepEqual(states(home), { 'a.jpg': 'safe' }, rules);
      assert.match(told(home, 'mark asked').join(), /would leave all of Phone alone/);
    }
  });

  it('that its owner lets count for all that is safe asks nothing more', async () => {
    await using home = await TestHousehold.open();
    for (let number = 0; number < 12; number++) await home.write(`${number}.jpg`);
    await home.once();
    await home.write('.homerollignore', '*.jpg');
    await home.once();
    assert.match(told(home, 'mark asked').join(), /would leave 12 files of Phone alone/);
    await letGo(home, '.homerollignore');
    await home.once();
    assert.deepEqual([told(home, 'half missing'), told(home, 'left alone'), problems(home)], [[], [], []]);
    assert.equal(home.numbers().safe, 12);
    await home.remove('3.jpg');
    await home.once();
    assert.equal(home.numbers().safe, 11);
  });

  it('that says less than before gives back what it kept', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([...refusing]);
    await home.write('x/a.gif');
    await home.once();
    await home.write('x/.homerollignore', '*.gif');
    await home.once();
    await letGo(home, 'x/.homerollignore');
    await home.once();
    assert.deepEqual(states(home), { 'x/a.gif': 'unwanted' });
    assert.match(told(home, 'left alone').join(), /"x\/.homerollignore" leaves "x\/a.gif" alone/);
    await home.comeBack([]);
    await home.write('x/.homerollignore', '# nothing any more');
    await home.once();
    assert.deepEqual(states(home), { 'x/a.gif': 'safe' });
  });

  for (const [what, spoil] of Object.entries({
    'that is no text': (home: TestHousehold) => home.write('x/.homerollignore', Buffer.from('*.jpg\0')),
    'that is too large': (home: TestHousehold) => home.write('x/.homerollignore', '*.jpg\n'.repeat(20_000)),
    'that cannot be read': async (home: TestHousehold) => {
      await home.write('x/.homerollignore', '*.jpg');
      await chmod(home.path('x/.homerollignore'), 0);
      home.onLook = (question, path) => {
        if (question === 'open' && path.endsWith('.homerollignore')) throw new DiskError('forbidden', Buffer.from(path));
      };
    },
  })) {
    it(`${what} counts as it did before, and is said once`, async () => {
      await using home = await TestHousehold.open();
      await home.write('x/.homerollignore', '*.gif');
      for (const name of ['x/a.gif', 'x/b.jpg']) await home.write(name);
      await home.once();
      await spoil(home);
      for (const name of ['x/c.gif', 'x/d.jpg']) await home.write(name);
      await home.once();
      await home.once();
      assert.deepEqual(states(home), { 'x/b.jpg': 'safe', 'x/d.jpg': 'safe' });
      const [problem, ...others] = problems(home);
      assert.match(problem ?? '', /x\/\.homerollignore.* What it said before still counts/);
      assert.deepEqual([others, told(home, 'mark asked')], [[], []]);
    });
  }
});
