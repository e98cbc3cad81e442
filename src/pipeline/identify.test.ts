import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../test/kit/household.ts';
import { parseTemplate } from '../domain/index.ts';

const filed = { albums: [{ template: parseTemplate('Ours'), isAdoptable: false }], tags: [parseTemplate('from/{source}')] };

/** Two pictures safe in an album, of which the owner took one out. */
async function lived(): Promise<TestHousehold> {
  const home = await TestHousehold.open({ sources: [filed] });
  await home.write('a.jpg');
  await home.write('b.jpg');
  await home.once();
  const [album] = await home.albums();
  const taken = (await home.assets()).find(({ originalFileName }) => originalFileName === 'a.jpg');
  await home.byHand('DELETE', `/albums/${album?.id}/assets`, { ids: [taken?.id] });
  home.asked.length = 0;
  return home;
}

async function assertNothingWasDoneAgain(home: TestHousehold, account: string): Promise<void> {
  assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'b.jpg': 'safe' });
  assert.deepEqual(
    home.asked.filter((question) => /^(POST|PUT) |\/original$/.test(question)),
    [],
  );
  const [album] = await home.albums(account);
  assert.deepEqual(await home.members(album?.id ?? '', account), ['b.jpg'], 'what the owner took out stays out');
}

describe('an account', () => {
  it('that gets another name in the configuration is still the same user: nothing is read, stored or filed again', async () => {
    await using home = await lived();
    home.renameAccount('anna', 'mum');
    home.reconfigure({ ...filed, account: 'mum' });
    await home.once();
    await assertNothingWasDoneAgain(home, 'mum');
    await home.write('c.jpg');
    await home.once();
    assert.equal(home.numbers().safe, 3);
    assert.equal((await home.albums('mum')).length, 1);
  });

  it('is known under its new name only when its key was tried: until then nothing is voided', async () => {
    await using home = await lived();
    home.renameAccount('anna', 'mum');
    home.reconfigure({ ...filed, account: 'mum' });
    await home.goAway();
    await home.once();
    assert.equal(home.numbers().safe, 2);
    const run = home.once({ patienceMs: 3_600_000 });
    await home.until(() => home.warnings.length >= 2);
    await home.comeBack();
    await run;
    await assertNothingWasDoneAgain(home, 'mum');
  });

  it('may have two names at once, and lose one of them', async () => {
    await using home = await TestHousehold.open({ sources: [{}, { name: 'Card', account: 'mum' }] });
    home.useKey('mum', home.config.immich.accounts[0]?.key.reveal() ?? '');
    await home.write('a.jpg');
    await home.write('b.jpg', 'other bytes', 'Card');
    await home.once();
    await home.once();
    assert.equal(home.timesAsked('GET /api/assets/'), 2, 'each read back once');
    home.renameAccount('mum', 'mother');
    home.reconfigure({}, { name: 'Card', account: 'mother' });
    await home.once();
    assert.equal(home.timesAsked('GET /api/assets/'), 2);
    assert.equal(home.numbers().safe, 2);
  });

  it('that is new and belongs to another user gets all of it', async () => {
    await using home = await lived();
    home.renameAccount('anna', 'mum');
    home.useKey('mum', home.config.immich.accounts.find(({ name }) => name === 'ben')?.key.reveal() ?? '');
    home.reconfigure({ ...filed, account: 'mum' });
    await home.once();
    assert.equal((await home.assets('ben')).length, 2);
    assert.equal(home.numbers().safe, 2);
  });
});
