import assert from 'node:assert/strict';
import { readFile, rename, rm, truncate } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { parseTemplate } from '../../domain/index.ts';

const told = (home: TestHousehold, wanted: string): string[] => home.news().flatMap(({ kind, text }) => (kind === wanted ? [text] : []));
const readsOf = (home: TestHousehold): number => home.asked.filter((question) => question.endsWith('/original')).length;
const uploadsOf = (home: TestHousehold): number => home.timesAsked('POST /api/assets') - home.timesAsked('POST /api/assets/bulk');
const subjectOf = (home: TestHousehold, name: string): string => home.path(name).toString('base64');

async function backedUp(names: readonly string[], wish: Parameters<typeof TestHousehold.open>[0] = {}): Promise<TestHousehold> {
  const home = await TestHousehold.open(wish);
  for (const name of names) await home.write(name);
  await home.once();
  assert.deepEqual(Object.keys(home.states()).sort(), [...names].sort());
  return home;
}

function provenAt(home: TestHousehold, name: string): number {
  const file = home.file(name);
  const { accountId } = home.journal.sources.byId(file?.sourceId ?? (0 as never));
  return (file?.sha1 && accountId && home.journal.contents.find(accountId, file.sha1)?.provenAtMs) || 0;
}

describe('verifying', () => {
  it('reads each content once more, dates its proof anew, and tells nobody of what is well', async () => {
    await using home = await backedUp(['a.jpg', 'b.jpg']);
    await home.write('copy of a.jpg', 'the bytes of a.jpg');
    await home.once();
    const [before, news, reads] = [provenAt(home, 'a.jpg'), home.news().length, readsOf(home)];
    const history = home.history('a.jpg');
    home.clock.leap(86_400_000);
    const { total, done, equal, damaged } = await home.verify();
    assert.deepEqual([total, done, equal, damaged], [2, 2, 2, 0]);
    assert.equal(readsOf(home), reads + 2);
    assert.ok(provenAt(home, 'a.jpg') >= before + 86_400_000);
    assert.deepEqual([home.news().length, home.history('a.jpg')], [news, history]);
    assert.equal(home.numbers().safe, 3);
  });

  it('makes safe what was only stored', async () => {
    await using home = await backedUp(['a.jpg'], { sources: [{ proof: { kind: 'checksum' } }] });
    assert.equal(home.state('a.jpg'), 'kept');
    assert.equal((await home.verify({ kind: 'due' })).total, 0);
    await home.verify({ kind: 'source', name: 'Phone' });
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('reads a sample of about the share that was asked for', async () => {
    await using home = await backedUp(Array.from({ length: 60 }, (_, number) => `IMG_${number}.jpg`));
    const { total, done } = await home.verify({ kind: 'sample', share: 0.5 });
    assert.equal(total, done);
    assert.ok(total > 10 && total < 50, `${total}`);
  });

  it('does not read again what came by on its journey meanwhile, and was proven there', async () => {
    await using home = await backedUp(['a.jpg', 'b.jpg', 'c.jpg']);
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) {
      await home.byHand('DELETE', '/assets', { ids: [(await home.asset(name)).id], force: true });
      await home.upload(`elsewhere ${name}`, `the bytes of ${name}`);
    }
    const reads = readsOf(home);
    home.clock.leap(86_400_000);
    const { total, done } = await home.verify();
    assert.deepEqual([readsOf(home) - reads, total - done], [3, 0]);
    assert.equal(home.numbers().safe, 3);
  });

  it('looks at nothing while all is paused, and says so', async () => {
    await using home = await backedUp(['a.jpg']);
    await home.order('pause');
    const reads = readsOf(home);
    assert.match((await home.verify()).problem ?? '', /paused/);
    assert.equal(readsOf(home), reads);
  });

  it('says what is in the way when Immich is away, and goes on from there', async () => {
    await using home = await backedUp(['a.jpg']);
    await home.goAway();
    assert.match((await home.verify()).problem ?? '', /Immich is away/);
    await home.comeBack();
    assert.equal((await home.verify()).equal, 1);
  });

  it('goes on after a crash where it was', async () => {
    await using home = await backedUp(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']);
    const reads = readsOf(home);
    await home.crash('content verified', 2, (how) => home.verify({ kind: 'all' }, how));
    const running = await home.run();
    await home.until(() => home.journal.facts.get('verify ordered') === undefined);
    await running.stop();
    assert.equal(readsOf(home), reads + 4);
  });
});

async function anHourLater(home: TestHousehold): Promise<void> {
  home.clock.leap(3_600_000);
  await home.once();
}

describe('bytes that are damaged in Immich', () => {
  for (const { how, damage } of [
    { how: 'flipped', damage: (home: TestHousehold) => home.flip('a.jpg') },
    { how: 'short', damage: async (home: TestHousehold) => truncate(home.storedPath((await home.asset('a.jpg')).id), 3) },
    { how: 'not there', damage: async (home: TestHousehold) => rm(home.storedPath((await home.asset('a.jpg')).id)) },
  ]) {
    it(`(${how}) block the file, are told once, and are sent again on the owner's word`, async () => {
      await using home = await backedUp(['a.jpg', 'b.jpg'], {
        sources: [{ albums: [{ template: parseTemplate('All'), isAdoptable: false }] }],
      });
      const before = await home.asset('a.jpg');
      await damage(home);
      for (let times = 0; times < 2; times += 1) assert.equal((await home.verify()).damaged, 1);
      assert.deepEqual(home.states(), { 'a.jpg': 'blocked', 'b.jpg': 'safe' });
      assert.match(home.file('a.jpg')?.reason ?? '', /homeroll keep FILE.*homeroll let-go FILE/);
      assert.equal(told(home, 'proof failed').length, 1);
      const uploads = uploadsOf(home);
      assert.match((await home.order('keep', subjectOf(home, 'a.jpg'))) ?? '', /sent again in place of the damaged one/);
      // Nothing is only a sign of damage, which is looked at three times.
      if (how === 'not there') for (let times = 0; times < 2; times += 1) await anHourLater(home);
      assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'b.jpg': 'safe' });
      assert.equal(uploadsOf(home), uploads + 1);
      const after = await home.asset('a.jpg');
      assert.notEqual(after.id, before.id);
      assert.equal(await readFile(home.storedPath(after.id), 'utf8'), 'the bytes of a.jpg');
      const [album] = await home.albums();
      assert.deepEqual(await home.members(album?.id ?? ''), ['a.jpg', 'b.jpg']);
      assert.equal((await home.verify()).damaged, 0);
    });
  }

  for (const { when, nth } of [
    { when: 'at the moment', nth: undefined },
    { when: 'now and then', nth: 9 },
  ]) {
    it(`are not erased for bytes that Immich ${when} cannot read`, async () => {
      await using home = await backedUp(['a.jpg', 'b.jpg']);
      const before = await home.asset('a.jpg');
      const original = home.storedPath(before.id);
      await rename(original, `${original}.away`);
      await home.verify();
      assert.deepEqual(home.states(), { 'a.jpg': 'blocked', 'b.jpg': 'safe' });
      await rename(`${original}.away`, original);
      const cannotRead = { endpoint: 'GET /assets/:id/original', fault: { kind: 'status', status: 500 } } as const;
      // Three questions are one reading, and two readings are one look.
      await home.comeBack(
        nth === undefined ? [cannotRead] : Array.from({ length: nth }, (_, index) => ({ ...cannotRead, nth: index + 1 })),
      );
      await home.order('keep', subjectOf(home, 'a.jpg'));
      await anHourLater(home);
      await anHourLater(home);
      assert.equal(home.timesAsked('DELETE'), 0);
      if (nth === undefined) assert.match(home.file('a.jpg')?.reason ?? '', /no original at all/);
      await home.comeBack();
      await anHourLater(home);
      assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'b.jpg': 'safe' });
      assert.equal((await home.asset('a.jpg')).id, before.id);
    });
  }

  it("are sent again on the owner's word also when they lie in the trash by then", async () => {
    await using home = await backedUp(['a.jpg', 'b.jpg']);
    await home.flip('a.jpg');
    await home.verify();
    await home.byHand('DELETE', '/assets', { ids: [(await home.asset('a.jpg')).id] });
    await home.order('keep', subjectOf(home, 'a.jpg'));
    assert.equal(home.state('a.jpg'), 'safe');
    assert.equal(await readFile(home.storedPath((await home.asset('a.jpg')).id), 'utf8'), 'the bytes of a.jpg');
  });

  it("are left on the owner's word", async () => {
    await using home = await backedUp(['a.jpg']);
    await home.flip('a.jpg');
    await home.verify();
    await home.order('let go', subjectOf(home, 'a.jpg'));
    assert.equal(home.state('a.jpg'), 'letGo');
    assert.equal((await home.assets()).length, 1);
    assert.equal((await home.verify()).total, 0);
    // A word about bytes holds for each file that has them, now and later.
    await home.touch('a.jpg');
    await home.write('copy.jpg', 'the bytes of a.jpg');
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'letGo', 'copy.jpg': 'letGo' });
    assert.deepEqual([told(home, 'proof failed').length, told(home, 'let go').length], [1, 0]);
    await home.order('keep', subjectOf(home, 'a.jpg'));
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe', 'until the owner says otherwise');
  });

  it('are left no longer once the owner sends them anew by another app', async () => {
    await using home = await backedUp(['a.jpg']);
    await home.flip('a.jpg');
    await home.verify();
    await home.order('let go', subjectOf(home, 'a.jpg'));
    await home.byHand('DELETE', '/assets', { ids: [(await home.asset('a.jpg')).id], force: true });
    await home.upload('a.jpg', 'the bytes of a.jpg');
    await home.touch('a.jpg');
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it("are nobody's any more once they are mended there", async () => {
    await using home = await backedUp(['a.jpg', 'b.jpg']);
    for (const name of ['a.jpg', 'b.jpg']) await home.flip(name);
    await home.verify();
    assert.equal(home.numbers().blocked, 2);
    for (const name of ['a.jpg', 'b.jpg']) await home.flip(name);
    const uploads = uploadsOf(home);
    await home.order('keep', subjectOf(home, 'a.jpg'));
    assert.equal(home.state('a.jpg'), 'safe', 'it is read once more before anything is erased');
    await home.verify();
    assert.equal(home.state('b.jpg'), 'safe');
    assert.equal(uploadsOf(home), uploads);
  });

  it('are not erased when the file on disk is damaged too', async () => {
    await using home = await TestHousehold.open({ sources: [{ identity: 'network' }] });
    await home.write('a.jpg');
    await home.touch('a.jpg');
    await home.once();
    await home.flip('a.jpg');
    await home.verify();
    // Rot keeps size and times.
    await home.write('a.jpg', 'the bytEs of a.jpg');
    await home.touch('a.jpg');
    await home.order('keep', subjectOf(home, 'a.jpg'));
    assert.equal(home.state('a.jpg'), 'blocked');
    assert.match(home.file('a.jpg')?.reason ?? '', /nothing was erased/);
    assert.equal((await home.assets()).length, 1);
    assert.equal(home.timesAsked('DELETE'), 0);
  });

  it('are sent again for every copy on disk', async () => {
    await using home = await backedUp(['a.jpg']);
    await home.write('copy.jpg', 'the bytes of a.jpg');
    await home.once();
    await home.flip('a.jpg');
    await home.verify();
    assert.deepEqual(home.states(), { 'a.jpg': 'blocked', 'copy.jpg': 'blocked' });
    await home.order('keep', subjectOf(home, 'copy.jpg'));
    assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'copy.jpg': 'safe' });
    assert.equal((await home.assets()).length, 1);
  });

  it('of which Immich had the only copy are told as that', async () => {
    await using home = await backedUp(['a.jpg', 'b.jpg']);
    await home.remove('a.jpg');
    await home.once();
    await home.flip('a.jpg');
    await home.verify();
    assert.match(told(home, 'proof failed').join(), /^"a\.jpg" from Phone is damaged in Immich and on no disk any more/);
    assert.equal(home.state('a.jpg'), 'gone');
  });

  it('are told of each half of a live photo, also when the other one has been told of', async () => {
    await using home = await backedUp(['a.HEIC', 'a.MOV']);
    await home.flip('a.MOV');
    await home.verify();
    assert.equal(told(home, 'proof failed').length, 1);
    await home.flip('a.HEIC');
    await home.verify();
    assert.equal(told(home, 'proof failed').length, 2);
    assert.match(told(home, 'proof failed').join(), /"a\.HEIC"/);
    assert.match(home.file('a.HEIC')?.reason ?? '', /^Immich gave back other bytes/);
  });

  it('cannot be sent again without the permission to erase, which is named', async () => {
    await using home = await backedUp(['a.jpg']);
    await home.flip('a.jpg');
    await home.verify();
    const permissions = ['user.read', 'asset.upload', 'asset.read', 'asset.download', 'asset.update'];
    const { secret } = (await home.byHand('POST', '/api-keys', { name: 'poor', permissions })) as { secret: string };
    home.useKey('anna', secret);
    await home.order('keep', subjectOf(home, 'a.jpg'));
    assert.match(home.file('a.jpg')?.reason ?? '', /asset\.delete/);
    assert.equal(home.numbers().waiting, 1);
  });
});
