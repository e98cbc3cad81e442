/** A proof that is ordered holds for all sources at once, in the same life, until somebody takes it back. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';

describe('the order of another proof', () => {
  it('takes effect for the next file, in a life that goes on', async () => {
    await using home = await TestHousehold.open();
    const { stop } = await home.run();
    const order = async (subject: string): Promise<string | undefined> => {
      const id = home.journal.orders.give('proof', subject, home.clock.now());
      await home.until(() => home.journal.orders.answer(id) !== undefined);
      return home.journal.orders.answer(id);
    };
    const backUp = async (name: string, state: string): Promise<void> => {
      await home.write(name);
      home.journal.orders.give('sweep', undefined, home.clock.now());
      await home.until(() => home.state(name) === state);
    };
    await backUp('proven.jpg', 'safe');
    assert.match((await order('checksum')) ?? '', /^From now on the proof of all sources is "checksum"/);
    await backUp('stored.jpg', 'kept');
    assert.equal(await order('as configured'), 'From now on each source is proven as its `proof:` says.');
    await backUp('again.jpg', 'safe');
    assert.equal(await order('perhaps'), 'Which proof is meant was not understood.');
    await stop();
    assert.equal(home.state('proven.jpg'), 'safe');
  });

  it('makes due for the next look what was stored without a proof, as a changed configuration does', async () => {
    await using home = await TestHousehold.open({ sources: [{ proof: { kind: 'checksum' } }] });
    await home.write('a.jpg');
    await home.once();
    await home.verify({ kind: 'due' });
    assert.equal(home.state('a.jpg'), 'kept');
    await home.order('proof', 'every');
    assert.equal(home.state('a.jpg'), 'kept');
    await home.verify({ kind: 'due' });
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('outlives the process', async () => {
    await using home = await TestHousehold.open();
    await home.order('proof', 'checksum');
    await home.write('a.jpg');
    await home.once();
    assert.equal(home.state('a.jpg'), 'kept');
  });
});
