import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';

describe('the kinds of files that Immich takes', () => {
  it('are asked anew when it comes back as another version: what it did not take before is sent', async () => {
    await using home = await TestHousehold.open({ version: '2.7.5' });
    await home.write('IMG_1.mpo');
    await home.once();
    assert.equal(home.state('IMG_1.mpo'), 'unwanted', 'version 2.7 does not know them');
    const run = await home.run();
    await home.comeBack([], { version: '3.1.0' });
    home.clock.leap(25 * 3_600_000);
    await home.write('IMG_2.jpg');
    home.journal.orders.give('sweep', undefined, home.clock.now());
    await home.until(() => home.state('IMG_1.mpo') === 'safe' && home.state('IMG_2.jpg') === 'safe');
    await run.stop();
  });
});
