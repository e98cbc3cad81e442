import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hiddenStranger } from '../crashes/hidden-stranger.ts';
import { House } from './house.ts';

describe('a household whose earlier version hid a film behind a stranger’s photo', () => {
  it('sees it again after the update, is told once, and finds it in the list', { timeout: 120_000 }, async () => {
    await using house = await House.open(hiddenStranger.wish);
    await hiddenStranger.prepare(house);
    const film = async () => (await house.immich.assets()).find(({ originalFileName }) => originalFileName === 'IMG_1.MOV');
    assert.equal((await film())?.visibility, 'hidden');
    for (let times = 0; times < 2; times += 1) assert.equal((await house.once()).code, 0);
    assert.equal((await film())?.visibility, 'timeline');
    assert.ok((await house.immich.membersByAlbum()).Holidays?.includes('IMG_1.MOV'));
    assert.equal(house.letterbox.told('shown again').length, 1);
    const { stdout } = await house.say('live-photos');
    assert.match(stdout, /^shown again {2}\S*IMG_1\.MOV\n$/);
    assert.match((await house.say('live-photos', 'show')).stdout, /There is no question about hidden videos\./);
  });
});
