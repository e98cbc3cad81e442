import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { applyEvent } from '../transitions.ts';

const readsOf = (home: TestHousehold): number => home.asked.filter((question) => question.endsWith('/original')).length;

describe('prove', () => {
  for (const fault of [
    { kind: 'store-flipped', at: 3 },
    { kind: 'store-truncated', bytes: 5 },
  ] as const) {
    it(`alarms when what Immich stored is not what was sent (${fault.kind})`, async () => {
      await using home = await TestHousehold.open({ faults: [{ endpoint: 'POST /assets', fault }] });
      await home.write('a.jpg');
      await home.once();
      assert.equal(home.state('a.jpg'), 'blocked');
      assert.equal(home.numbers().safe, 0);
      assert.equal(readsOf(home), 2, 'a second look before the alarm');
      const alarms = home.news().filter(({ kind }) => kind === 'proof failed');
      assert.deepEqual(
        alarms.map(({ text }) => text),
        [
          '"a.jpg" from Phone is not safe: Immich did not give back the bytes of the file on disk. Keep the file, and look at Immich\'s own disk; then `homeroll keep FILE` sends it again.',
        ],
      );
      await home.once();
      assert.equal(home.news().length, 2, 'told once');
    });
  }

  it('alarms also when the file was touched while it was read back, and is looked at anew', async () => {
    await using home = await TestHousehold.open({ faults: [{ endpoint: 'POST /assets', fault: { kind: 'store-flipped', at: 3 } }] });
    await home.write('a.jpg');
    home.onAsk = (question) => {
      const file = home.file('a.jpg');
      if (readsOf(home) !== 1 || !question.endsWith('/original') || !file) return;
      applyEvent(home.journal, file, 'changed', { nowMs: home.clock.now(), reason: 'it was touched' });
    };
    await home.once();
    assert.equal(home.state('a.jpg'), 'blocked');
    assert.equal(home.news().filter(({ kind }) => kind === 'proof failed').length, 1);
  });

  it('tries again when the original comes only in part', async () => {
    const fault = { kind: 'reset', of: 'response', afterBytes: 3 } as const;
    await using home = await TestHousehold.open({ faults: [{ endpoint: 'GET /assets/:id/original', count: 4, fault }] });
    await home.write('a.jpg');
    await home.once();
    assert.notEqual(home.state('a.jpg'), 'blocked');
    home.clock.leap(3_600_000);
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('finds bytes that Immich has as another asset by now', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([{ endpoint: 'GET /assets/:id/original', fault: { kind: 'status', status: 500 } }]);
    await home.write('a.jpg', 'the bytes');
    await home.once();
    assert.equal(home.state('a.jpg'), 'stored');
    // The owner erases it, and the phone's own app stores it anew.
    await home.comeBack();
    await home.byHand('DELETE', '/assets', { ids: (await home.assets()).map(({ id }) => id), force: true });
    await home.upload('a.jpg', 'the bytes');
    for (let run = 0; run < 3; run += 1) {
      home.clock.leap(3_600_000);
      await home.once();
    }
    assert.equal(home.state('a.jpg'), 'safe');
    assert.equal(home.file('a.jpg')?.assetId, (await home.assets())[0]?.id);
  });

  it('asks a person when the asset was erased before it was proven', async () => {
    await using home = await TestHousehold.open();
    await home.comeBack([{ endpoint: 'GET /assets/:id/original', fault: { kind: 'status', status: 500 } }]);
    await home.write('a.jpg');
    await home.once();
    await home.comeBack();
    await home.byHand('DELETE', '/assets', { ids: (await home.assets()).map(({ id }) => id), force: true });
    home.clock.leap(3_600_000);
    await home.once();
    assert.equal(home.state('a.jpg'), 'blocked');
    assert.match(home.file('a.jpg')?.reason ?? '', /before it was proven/);
    home.journal.orders.give('keep', home.path('a.jpg').toString('base64'), home.clock.now());
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('reads ten copies of a picture once', async () => {
    await using home = await TestHousehold.open();
    for (let number = 0; number < 10; number += 1) await home.write(`copy ${number}.jpg`, 'the same');
    await home.once();
    assert.equal(home.numbers().safe, 10);
    assert.equal((await home.assets()).length, 1);
    assert.equal(readsOf(home), 1);
  });

  it('reads nothing where only the checksum is asked, and the file is stored, not safe', async () => {
    await using home = await TestHousehold.open({ sources: [{ proof: { kind: 'checksum' } }] });
    await home.write('a.jpg');
    await home.once();
    assert.equal(home.state('a.jpg'), 'kept');
    assert.deepEqual([home.numbers().stored, home.numbers().safe], [1, 0]);
    assert.equal(readsOf(home), 0);
    assert.match(home.news()[0]?.text ?? '', /1 photo from Phone is stored/);
  });

  it('reads the drawn share of a sample, always the same', async () => {
    const proof = { kind: 'sample', share: 0.5 } as const;
    await using home = await TestHousehold.open({ sources: [{ proof }] });
    for (let number = 0; number < 20; number += 1) await home.write(`IMG_${number}.jpg`);
    await home.once();
    const before = home.states();
    const { safe, stored } = home.numbers();
    assert.ok(safe > 0 && stored > 0 && safe + stored === 20);
    assert.equal(readsOf(home), safe);
    for (let number = 0; number < 20; number += 1) await home.touch(`IMG_${number}.jpg`);
    await home.once();
    assert.deepEqual(home.states(), before);
    assert.equal(readsOf(home), safe);
  });
});
