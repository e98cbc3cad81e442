import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';

const yearMs = 365 * 86_400_000;
const kinds = (home: TestHousehold): string[] => home.news().map(({ kind }) => kind);

describe('a clock that is set back by a year', () => {
  it('keeps no file that settles waiting until the old time comes again', async () => {
    await using home = await TestHousehold.open({ sources: [{ settleMs: 10_000 }] });
    await home.write('a.jpg');
    let looks = 0;
    home.onLook = () => {
      looks += 1;
      // The first look is the sweep's, the second that of settle.
      if (looks === 2) home.clock.setBack(yearMs);
    };
    await home.once({ patienceMs: 60_000 });
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('keeps no retry waiting', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }]);
    await home.write('a.jpg');
    await home.once();
    await home.comeBack();
    home.clock.setBack(yearMs);
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('puts off no sweep', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' }, identity: 'network' }] });
    const running = await home.run();
    const sweeps = (): number => home.journal.sources.all()[0]?.sweeps ?? 0;
    await home.until(() => sweeps() > 0);
    home.clock.setBack(yearMs);
    await home.write('a.jpg');
    const before = sweeps();
    await home.until(() => {
      home.clock.leap(60_000);
      return sweeps() > before;
    });
    await running.stop();
  });

  it('leaves no batch untold', async () => {
    await using home = await TestHousehold.open({ sources: [{ when: { kind: 'new media' } }] });
    await home.once();
    const running = await home.run();
    await home.write('a.jpg');
    home.hint('a.jpg');
    await home.until(() => home.numbers().safe > 0);
    home.clock.setBack(yearMs);
    home.clock.leap(600_000);
    await home.until(() => kinds(home).includes('batch safe'));
    await running.stop();
  });
});

describe('a clock that is set ahead by a year', () => {
  for (const identity of ['local', 'network'] as const) {
    it(`makes no file settle that is still being written (${identity})`, async () => {
      await using home = await TestHousehold.open({ sources: [{ settleMs: 10_000, identity }] });
      await home.write('a.mp4', 'it begins');
      let looks = 0;
      home.onLook = async () => {
        looks += 1;
        if (looks === 2) home.clock.setBack(-yearMs);
        if (looks === 3) await home.write('a.mp4', 'it begins, and goes on');
      };
      await home.once({ patienceMs: 60_000 });
      assert.equal(home.state('a.mp4'), 'safe');
      assert.equal((await home.assets()).length, 1);
    });
  }
});
