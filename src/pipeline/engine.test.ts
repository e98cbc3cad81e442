import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';
import { DiskError } from '../files/index.ts';

const uploadsOf = (home: TestHousehold): number => home.asked.filter((question) => question === 'POST /api/assets').length;

describe('the engine', () => {
  it('lets a fresh picture go before a backlog of 5,000', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' } }, { name: 'Old' }] });
    await home.write('model.jpg', 'a model', 'Old');
    await home.once();
    const { journal } = home;
    const model = home.file('model.jpg', 'Old');
    assert.ok(model);
    // Rows that wait to be read; what they stand for is not on disk, and nobody sweeps that folder.
    journal.transaction(() => {
      for (let number = 1; number <= 5_000; number += 1) {
        const { sourceId, folderId, kind, role, stat, seenAtMs } = model;
        const named = { name: Buffer.from(`OLD_${number}.jpg`), stem: Buffer.from(`OLD_${number}`) };
        journal.files.insert({ sourceId, folderId, kind, role, stat, seenAtMs, ...named, state: 'wanted', rank: number, isReady: true });
      }
    });
    await home.write('fresh.jpg');
    const running = await home.run();
    await home.until(() => home.state('fresh.jpg') === 'safe');
    const waiting = journal.files.page(model.sourceId, 'wanted', { afterId: 0, limit: 5_000 }).length;
    await running.stop();
    assert.ok(waiting > 1_000, `of the backlog only ${waiting} still wait`);
  });

  it('throws away what a step says of a file that changed meanwhile', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' } }] });
    const running = await home.run();
    await home.until(() => home.journal.sources.all()[0]?.sweptAtMs !== undefined);
    let isChanged = false;
    home.onAsk = async (question) => {
      if (!question.endsWith('/original') || isChanged) return;
      isChanged = true;
      const before = home.history('a.jpg').length;
      await home.write('a.jpg', 'other bytes');
      home.hint('a.jpg');
      await home.until(() => home.history('a.jpg').length > before);
    };
    await home.write('a.jpg', 'the bytes');
    home.hint('a.jpg');
    await home.until(() => home.state('a.jpg') === 'safe');
    await running.stop();
    const history = home.history('a.jpg');
    assert.equal((await home.assets()).length, 2);
    assert.equal(history.filter((state) => state === 'proven').length, 1, history.join(' '));
    assert.ok(history.indexOf('proven') > history.lastIndexOf('noticed'), 'the proof of the old bytes does not count for the new');
  });

  it('tries again at growing intervals, and forgets the tries with the next advance', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
    await home.write('a.jpg');
    const waitsMs: number[] = [];
    for (let run = 0; run < 4; run += 1) {
      await home.once();
      const { dueAtMs = 0, tries } = home.file('a.jpg') ?? { tries: 0 };
      assert.equal(tries, run + 1);
      waitsMs.push(dueAtMs - home.clock.now());
      home.clock.leap(3_600_000);
    }
    for (const [run, waitMs] of waitsMs.entries()) assert.ok(waitMs <= 5_000 * 2 ** run, `${waitMs} after ${run + 1} tries`);
    await home.comeBack();
    await home.once();
    assert.deepEqual([home.state('a.jpg'), home.file('a.jpg')?.tries], ['safe', 0]);
  });

  it('asks before it sends again after an unclear answer: one asset', async () => {
    await using home = await TestHousehold.open({ faults: [{ endpoint: 'POST /assets', nth: 1, fault: { kind: 'answer-lost' } }] });
    await home.write('a.jpg');
    await home.once();
    assert.equal(home.state('a.jpg'), 'missing');
    home.clock.leap(60_000);
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
    assert.equal(uploadsOf(home), 1);
    assert.equal((await home.assets()).length, 1);
  });

  it('says once that a file is too large for the way, and lets the others go', async () => {
    const faults = [{ endpoint: 'POST /assets', nth: 1, fault: { kind: 'status', status: 413, body: 'html' } as const }];
    await using home = await TestHousehold.open({ faults });
    await home.write('a.jpg');
    await home.write('b.jpg');
    await home.once();
    assert.deepEqual(Object.values(home.states()).toSorted(), ['blocked', 'safe']);
    assert.match(home.news()[0]?.text ?? '', /1 photo from Phone is safe, 1 needs you: The file is too large/);
  });

  it('does not let one file that fails hold up those it was taken along with', async () => {
    await using home = await TestHousehold.open();
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await home.write(name);
    home.onLook = (question, path) => {
      if (question === 'open' && path.endsWith('b.jpg')) throw new DiskError('forbidden', Buffer.from(path));
    };
    await home.once();
    assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'b.jpg': 'settled', 'c.jpg': 'safe' });
    assert.match(home.file('b.jpg')?.reason ?? '', /may not read/);
    home.onLook = () => undefined;
    home.clock.leap(3_600_000);
    await home.once();
    assert.equal(home.state('b.jpg'), 'safe');
  });

  it('sends a changed file not half: it settles again', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg', 'x'.repeat(3_000_000));
    let isChanged = false;
    home.onAsk = async (question) => {
      if (question !== 'POST /api/assets' || isChanged) return;
      isChanged = true;
      await home.write('a.jpg', 'y'.repeat(3_000_000));
    };
    await home.once();
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
    assert.equal((await home.assets()).length, 1);
  });

  it('stores ten copies once', async () => {
    await using home = await TestHousehold.open();
    for (let number = 0; number < 10; number += 1) await home.write(`copy ${number}.jpg`, 'the same');
    await home.once();
    assert.equal(uploadsOf(home), 1);
    assert.equal(home.numbers().safe, 10);
  });
});
