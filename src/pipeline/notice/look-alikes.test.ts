/** Files of one size and time: which of them is the one that left before it was safe? */
import assert from 'node:assert/strict';
import { utimes } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { DiskError } from '../../files/index.ts';

/** One tick of a clock, for files of equal size: a stat cannot tell them apart. */
const tick = new Date('2024-05-17T10:00:00Z');
const kinds = (home: TestHousehold): string[] => home.news().map(({ kind }) => kind);

describe('a file that vanishes', () => {
  it('and lies elsewhere as it seems is told when that turns out to be another, of the same size and time', async () => {
    await using home = await TestHousehold.open({ sources: [{ identity: 'network' }] });
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
    await home.write('a.jpg', 'one');
    await utimes(home.path('a.jpg'), tick, tick);
    await home.once();
    await home.remove('a.jpg');
    await home.write('b.jpg', 'two');
    await utimes(home.path('b.jpg'), tick, tick);
    home.onLook = (question, path) => {
      if (question === 'open') throw new DiskError('busy', Buffer.from(path));
    };
    await home.once();
    assert.ok(!kinds(home).includes('lost before safe'));
    home.onLook = () => undefined;
    home.clock.leap(3_600_000);
    await home.once();
    assert.ok(kinds(home).includes('lost before safe'));
  });

  it('before it was read is told though another of the same size and time lies beside it, as those of a burst do', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.dng', 'one');
    await home.write('b.dng', 'two');
    for (const name of ['a.dng', 'b.dng']) await utimes(home.path(name), tick, tick);
    await home.onceUntilStopped('after judge');
    assert.equal(home.state('a.dng'), 'wanted');
    await home.remove('a.dng');
    await home.once();
    assert.equal(home.state('b.dng'), 'safe');
    assert.ok(kinds(home).includes('lost before safe'));
  });
});
