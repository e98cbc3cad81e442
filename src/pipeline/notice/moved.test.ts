import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { link } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { LeapClock } from '../../../test/kit/leap-clock.ts';
import { SimulatedDisk } from '../../../test/simulation/disk.ts';
import { pathGlob } from '../../domain/index.ts';
import { DiskError } from '../../files/index.ts';

const uploadsOf = (home: TestHousehold): number => home.asked.filter((question) => question === 'POST /api/assets').length;
const kinds = (home: TestHousehold): string[] => home.news().map(({ kind }) => kind);

describe('a file that was moved', () => {
  it('keeps its proof without being read', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.HEIC');
    await home.write('a.MOV');
    await home.write('a.xmp', '<x:xmpmeta/>');
    await home.once();
    home.counts.opens = 0;
    home.asked.length = 0;
    await home.move('a.HEIC', 'new/b.HEIC');
    await home.move('a.MOV', 'new/b.MOV');
    await home.move('a.xmp', 'new/b.xmp');
    await home.once();
    assert.deepEqual(home.states(), { 'new/b.HEIC': 'safe', 'new/b.MOV': 'safe', 'new/b.xmp': 'sent' });
    assert.equal(home.counts.opens, 0);
    assert.equal(home.timesAsked('POST'), 0);
    assert.deepEqual(kinds(home), ['batch safe']);
  });

  it('is the same after a rename that only changes case', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.JPG');
    await home.once();
    await home.move('IMG_1.JPG', 'img_1.jpg');
    await home.once();
    assert.deepEqual(home.states(), { 'img_1.jpg': 'safe' });
    assert.equal(uploadsOf(home), 1);
  });

  it('on a share is read once and not sent again', async () => {
    await using home = await TestHousehold.open({ sources: [{ identity: 'network' }] });
    await home.write('a.jpg');
    await home.once();
    await home.move('a.jpg', 'b.jpg');
    await home.once();
    assert.deepEqual(home.states(), { 'b.jpg': 'safe' });
    assert.equal(uploadsOf(home), 1);
  });

  it('out of a folder that nobody may look into any more is read once, and ends no sweep', async () => {
    await using home = await TestHousehold.open();
    await home.write('shut/a.jpg');
    await home.once();
    await home.move('shut/a.jpg', 'a.jpg');
    home.onLook = (_, path) => {
      if (path.includes('/shut')) throw new DiskError('forbidden', Buffer.from(path));
    };
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
    assert.equal(uploadsOf(home), 1);
  });

  it('and has two hard links now is found under both names', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.once();
    await link(home.path('a.jpg'), home.path('b.jpg'));
    await home.move('a.jpg', 'c.jpg');
    await home.once();
    assert.deepEqual(home.states(), { 'b.jpg': 'safe', 'c.jpg': 'safe' });
    assert.equal(uploadsOf(home), 1);
  });

  it('and was edited under its other name meanwhile, keeping its time, is read', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg', 'before');
    await home.touch('a.jpg');
    await link(home.path('a.jpg'), home.path('b.jpg'));
    await home.once();
    await home.write('b.jpg', 'behind');
    await home.touch('b.jpg');
    await home.move('a.jpg', 'c.jpg');
    await home.once();
    assert.deepEqual(home.states(), { 'b.jpg': 'safe', 'c.jpg': 'safe' });
    assert.equal(home.file('c.jpg')?.sha1, createHash('sha1').update('behind').digest('hex'));
  });

  it('to where the rules skip it, before it was sent, is not sent', async () => {
    await using home = await TestHousehold.open({
      sources: [{ rules: [{ kind: 'skip', glob: pathGlob('private/**'), where: 'homeroll.yaml:7' }] }],
    });
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
    await home.write('a.jpg');
    await home.once();
    assert.equal(home.state('a.jpg'), 'missing');
    await home.comeBack();
    await home.move('a.jpg', 'private/a.jpg');
    // Seen at its new place before its next try is due.
    await home.once();
    home.clock.leap(3_600_000);
    await home.once();
    assert.deepEqual(home.states(), { 'private/a.jpg': 'unwanted' });
    assert.equal((await home.assets()).length, 0);
  });

  it('to a name that is not wanted is judged anew', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.once();
    await home.move('a.jpg', 'a.txt');
    await home.once();
    assert.deepEqual(home.states(), { 'a.txt': 'unwanted' });
  });
});

describe('a freed inode', () => {
  it('given to a new picture of the same second and size does not pass for the old one', async () => {
    const clock = new LeapClock();
    const disk = new SimulatedDisk(clock);
    await using home = await TestHousehold.open({ clock, disk, sources: [{ folder: '/phone' }] });
    disk.makeFolder(Buffer.from('/phone'));
    const mtimeMs = clock.now() - 1e6;
    disk.write(Buffer.from('/phone/old.jpg'), Buffer.from('one'), mtimeMs);
    await home.once();
    disk.remove(Buffer.from('/phone/old.jpg'));
    disk.write(Buffer.from('/phone/new.jpg'), Buffer.from('two'), mtimeMs);
    await home.once();
    assert.deepEqual(home.states(), { 'new.jpg': 'safe' });
    assert.equal((await home.assets()).length, 2);
  });
});
