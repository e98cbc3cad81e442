/** Marks that leave less alone than before: what only they kept back is sent, and at once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';

const refusing = [{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }] as const;
/** Of pictures only: marks are files, too. */
const states = (home: TestHousehold): Record<string, string> =>
  Object.fromEntries(Object.entries(home.states()).filter(([path]) => /\.(jpg|gif)$/.test(path)));
const letGo = (home: TestHousehold, mark: string): Promise<string | undefined> => home.order('let go', home.path(mark).toString('base64'));

describe('a .homerollignore', () => {
  it('that was let go says no longer what it said before: what only that kept back is sent', async () => {
    await using home = await TestHousehold.open();
    await home.write('d.jpg');
    await home.once();
    await home.comeBack([...refusing]);
    await home.write('raw/a.jpg');
    await home.once();
    await home.write('.homerollignore', 'raw/');
    await home.once();
    await letGo(home, '.homerollignore');
    await home.once();
    assert.deepEqual(states(home), { 'd.jpg': 'safe', 'raw/a.jpg': 'unwanted' });
    await home.comeBack([]);
    await home.write('.homerollignore', 'd.jpg');
    await home.once();
    assert.equal(home.news().filter(({ kind }) => kind === 'mark asked').length, 2);
    await letGo(home, '.homerollignore');
    await home.once();
    assert.deepEqual(states(home), { 'd.jpg': 'safe', 'raw/a.jpg': 'safe' });
  });

  for (const rules of ['raw/', '*.gif', 'x/*']) {
    for (const [how, change] of Object.entries({
      removed: (home: TestHousehold) => home.remove('.homerollignore'),
      shortened: (home: TestHousehold) => home.write('.homerollignore', '# nothing any more'),
      'replaced by a folder': async (home: TestHousehold) => {
        await home.remove('.homerollignore');
        await home.write('.homerollignore/e.txt');
      },
    })) {
      it(`of ${rules} that is ${how} has what it kept back sent in the same visit`, async () => {
        await using home = await TestHousehold.open();
        await home.write('.homerollignore', rules);
        for (const name of ['x/raw/c.gif', 'd.jpg']) await home.write(name);
        await home.once();
        assert.deepEqual(states(home), { 'd.jpg': 'safe' });
        await change(home);
        await home.once();
        assert.deepEqual(states(home), { 'd.jpg': 'safe', 'x/raw/c.gif': 'safe' });
      });
    }
  }
});
