import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';

describe('a picture whose name another took while it waited', () => {
  it('is kept with all that is known of its date, until that is told', async () => {
    await using home = await TestHousehold.open();
    await home.goAway();
    // A film whose clock was set right by its name: every column of a date is filled.
    await home.write('VID_20240714_092133.mp4', 'one');
    await home.once();
    const file = home.file('VID_20240714_092133.mp4');
    assert.ok(file);
    const taken = {
      local: '2024-07-14T09:21:33',
      epochMs: 1_720_941_693_000,
      from: 'movie header',
      correctedBy: 'its name',
      elseShown: '2024-07-14T07:21:33',
    } as const;
    home.journal.earlier.add({ ...file, notes: { taken } }, home.clock.now());
    const kept = home.journal.earlier.openOf(file.id);
    assert.deepEqual(kept?.notes.taken, taken);
    assert.equal(home.journal.earlier.isAny(file.sourceId), false);
    home.journal.earlier.markTaken(kept?.id ?? 0, 'another', home.clock.now());
    assert.equal(home.journal.earlier.openOf(file.id), undefined);
    assert.equal(home.journal.earlier.isAny(file.sourceId), true);
    assert.equal(home.journal.earlier.pending()[0]?.count, 1);
    assert.deepEqual(home.journal.earlier.about(file.sourceId).tally, { photos: 0, videos: 1 });
  });
});
