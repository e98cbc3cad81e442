/** What happens to the journal: damaged, deleted, replaced. Whatever it is, Immich and the disk agree afterwards. */
import assert from 'node:assert/strict';
import { cpSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { House } from './house.ts';
import { allIsSafe, allIsThereOnce, damageUnderway, harms, houseWithPictures, journalOf, names, stateOf } from './house-with-journal.ts';
import { until } from './program.ts';

const asideIn = (house: House): readonly string[] => readdirSync(stateOf(house)).filter((name) => /\.damaged-[\dTZ]+$/.test(name));

describe('a journal that was damaged while Homeroll was stopped', () => {
  for (const { damage, harm } of harms) {
    it(`is kept aside, and everything is found again in Immich: ${damage}`, async () => {
      const { house: opened, contents } = await houseWithPictures();
      await using house = opened;
      assert.equal((await house.once()).code, 0);
      harm(journalOf(house));
      for (const words of [['status'], ['files'], ['why', house.path('a.jpg')], ['pause']]) {
        const { code, stdout, stderr } = await house.say(...words);
        // Nobody looks through all of it for a number: what is not met is not told of.
        if (damage === 'pages in its middle are overwritten' && code === 0) continue;
        assert.equal(code, 3, stdout + stderr);
        assert.match(
          stderr,
          /^(The order was not taken\. )?The journal at .* is damaged\. Put a copy of it back, or start Homeroll: .* nothing is sent twice\.\n$/,
        );
      }
      assert.deepEqual(asideIn(house), [], 'who only looks moves nothing');
      const again = await house.once();
      assert.equal(again.code, 0, again.stderr);
      assert.deepEqual([again.answer?.work.uploads, again.answer?.files.safe], [0, 4], again.stderr);
      assert.equal(asideIn(house).length, 1);
      await allIsThereOnce(house, contents);
      const told = house.letterbox.told('journal anew');
      assert.equal(told.length, 1);
      assert.match(
        told[0] ?? '',
        /was damaged, and a new one is begun\. .* nothing is sent twice\. .* kept in the state folder as journal\.sqlite\.damaged-/,
      );
      assert.equal((await house.once()).code, 0);
      assert.equal(house.letterbox.told('journal anew').length, 1, 'told once');
    });
  }

  it('of which nobody could be told any more is told of at the next start', async () => {
    const { house: opened } = await houseWithPictures();
    await using house = opened;
    assert.equal((await house.once()).code, 0);
    renameSync(journalOf(house), `${journalOf(house)}.damaged-20260101T000000Z`);
    assert.equal((await house.once()).code, 0);
    assert.equal(house.letterbox.told('journal anew').length, 1);
  });
});

describe('under a running Homeroll', () => {
  it('a journal that is damaged in the middle of the work is kept aside, and the same process goes on with a new one', async () => {
    const { house: opened, contents } = await houseWithPictures();
    await using house = opened;
    const homeroll = house.start(['run']);
    await allIsSafe(house, 4);
    damageUnderway(house);
    contents.push(await house.write('e.jpg'));
    await homeroll.says('is damaged. It is kept as journal.sqlite.damaged-');
    await allIsSafe(house, 5);
    await until(() => house.letterbox.told('journal anew').length === 1, 'the household was told');
    await allIsThereOnce(house, contents, [...names, 'e.jpg']);
    const { code, stderr } = await homeroll.kill('SIGTERM');
    assert.equal(code, 0, stderr);
    assert.equal(asideIn(house).length, 1);
    assert.doesNotMatch(stderr, /never should|itself failed|\n\s+at /);
  });

  for (const { what, remove } of [
    { what: 'a journal', remove: (house: House) => rmSync(journalOf(house)) },
    { what: 'a state folder', remove: (house: House) => rmSync(stateOf(house), { recursive: true }) },
  ]) {
    it(`${what} that is deleted is noticed, told, and begun anew`, async () => {
      const { house: opened, contents } = await houseWithPictures();
      await using house = opened;
      const homeroll = house.start(['run']);
      await allIsSafe(house, 4);
      remove(house);
      await homeroll.says('was deleted while Homeroll ran. A new one is begun.');
      contents.push(await house.write('e.jpg'));
      await allIsSafe(house, 5);
      await until(() => house.letterbox.told('journal anew').length === 1, 'the household was told');
      await allIsThereOnce(house, contents, [...names, 'e.jpg']);
      assert.equal((await house.say('once')).code, 5, 'the folder is still held');
      const { code, stderr } = await homeroll.kill('SIGTERM');
      assert.equal(code, 0, stderr);
    });
  }

  it('a copy that is put in its place is gone on with, as if nothing had been', async () => {
    const { house: opened, contents } = await houseWithPictures();
    await using house = opened;
    assert.equal((await house.once()).code, 0);
    cpSync(stateOf(house), join(house.folder, 'backup'), { recursive: true });
    const homeroll = house.start(['run']);
    contents.push(await house.write('e.jpg'));
    await allIsSafe(house, 5);
    renameSync(stateOf(house), join(house.folder, 'broken'));
    renameSync(join(house.folder, 'backup'), stateOf(house));
    await homeroll.says('and Homeroll goes on with that one.');
    await allIsSafe(house, 5);
    assert.deepEqual(house.letterbox.told('journal anew'), []);
    await allIsThereOnce(house, contents, [...names, 'e.jpg']);
    assert.equal((await homeroll.kill('SIGTERM')).code, 0);
  });
});
