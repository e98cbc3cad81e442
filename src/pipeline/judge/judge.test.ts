import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';

describe('the reason why a file is not wanted', () => {
  for (const [name, reason] of [
    ['To do.TXT', 'not wanted: Immich takes no .txt files'],
    ['Letter to Dr.MÜLLER', 'not wanted: Immich takes no .müller files'],
    ['a.\u001b[31mred', 'not wanted: Immich takes no .\\u{1b}[31mred files'],
    ['README', 'not wanted: Immich takes no files without extension'],
  ] as const) {
    it(`names the extension of ${JSON.stringify(name)} as a person reads it`, async () => {
      await using home = await TestHousehold.open();
      await home.write(name);
      await home.once();
      assert.equal(home.file(name)?.reason, reason);
    });
  }
});
