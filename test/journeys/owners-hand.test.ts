/** What somebody undoes in Immich stays undone, is told once, and comes back only when they say so. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { House } from './house.ts';

const once = async (house: House, code = 0): Promise<number> => {
  const ended = await house.once();
  assert.equal(ended.code, code, ended.stderr);
  return ended.answer?.work.uploads ?? -1;
};

for (const version of ['2.7.5', '3.1.0'] as const) {
  describe(`a picture that was safe (Immich ${version})`, () => {
    it('and is put into the trash stays there until somebody says keep', async () => {
      await using house = await House.open({ version });
      const content = await house.write('a.jpg');
      await once(house);
      await house.immich.trash(await house.immich.assetOf(content));
      await house.write('copy of a.jpg', content);
      assert.equal(await once(house), 0);
      await house.touch('a.jpg');
      assert.equal(await once(house), 0);
      assert.deepEqual(await house.places(), { 'a.jpg': 'letGo', 'copy of a.jpg': 'letGo' });
      assert.equal(house.letterbox.told('let go').length, 1);
      assert.equal((await house.immich.trashed()).length, 1);

      assert.equal((await house.say('keep', house.path('a.jpg'))).code, 0);
      assert.equal(await once(house), 0, 'it is brought back, not sent');
      assert.equal((await house.places())['a.jpg'], 'safe');
      assert.equal((await house.immich.assetOf(content)).isTrashed, false);
    });

    it('and is deleted for good is not sent again until somebody says keep', async () => {
      await using house = await House.open({ version });
      const content = await house.write('a.jpg');
      await once(house);
      await house.immich.erase(await house.immich.assetOf(content));
      await house.touch('a.jpg');
      assert.equal(await once(house), 0);
      assert.deepEqual(await house.places(), { 'a.jpg': 'letGo' });
      assert.deepEqual(await house.immich.assets(), []);
      assert.equal(await once(house), 0);
      assert.equal(house.letterbox.told('let go').length, 1);

      assert.equal((await house.say('keep', house.path('a.jpg'))).code, 0);
      assert.equal(await once(house), 1);
      assert.deepEqual(await house.places(), { 'a.jpg': 'safe' });
    });
  });
}

describe('bytes that lay in the trash before Homeroll knew them', () => {
  for (const { version, word, place, trashed } of [
    { version: '2.7.5', word: 'keep', place: 'safe', trashed: 0 },
    { version: '3.1.0', word: 'let-go', place: 'letGo', trashed: 1 },
  ] as const) {
    it(`wait for a person, who says ${word} (Immich ${version})`, async () => {
      await using house = await House.open({ version });
      await house.immich.trash(await house.immich.upload('from the phone.jpg', 'a hill'));
      await house.write('a.jpg', 'a hill');
      await house.write('b.jpg');
      assert.equal(await once(house, 3), 1);
      assert.deepEqual(await house.places(), { 'a.jpg': 'blocked', 'b.jpg': 'safe' });
      assert.match((await house.why('a.jpg')).reason ?? '', /trash/);

      assert.equal((await house.say(word, house.path('a.jpg'))).code, 0);
      assert.equal(await once(house), 0);
      assert.deepEqual(await house.places(), { 'a.jpg': place, 'b.jpg': 'safe' });
      assert.equal((await house.immich.trashed()).length, trashed);
    });
  }
});

describe('an album', () => {
  const sources = [{ albums: ['Holidays'] }];

  it('does not get back what was taken out of it', async () => {
    await using house = await House.open({ sources });
    const content = await house.write('a.jpg');
    await once(house);
    const [album, { id }] = await Promise.all([house.immich.album('Holidays'), house.immich.assetOf(content)]);
    await house.immich.ask('DELETE', `/albums/${album.id}/assets`, { ids: [id] });
    await house.touch('a.jpg');
    await house.write('b.jpg');
    await once(house);
    assert.deepEqual(await house.immich.membersByAlbum(), { Holidays: ['b.jpg'] });
  });

  it('that was renamed is used under its new name', async () => {
    await using house = await House.open({ sources });
    await house.write('a.jpg');
    await once(house);
    const { id } = await house.immich.album('Holidays');
    await house.immich.ask('PATCH', `/albums/${id}`, { albumName: 'The best days' });
    await house.write('b.jpg');
    await once(house);
    assert.deepEqual(await house.immich.membersByAlbum(), { 'The best days': ['a.jpg', 'b.jpg'] });
  });

  it('that was deleted is not made again; that is told once', async () => {
    await using house = await House.open({ sources });
    await house.write('a.jpg');
    await once(house);
    await house.immich.ask('DELETE', `/albums/${(await house.immich.album('Holidays')).id}`);
    for (const name of ['b.jpg', 'c.jpg']) {
      await house.write(name);
      await once(house);
    }
    assert.deepEqual(await house.immich.albums(), []);
    assert.equal(house.letterbox.told('album deleted').length, 1);
  });

  it('of the same name that somebody else made is left alone', async () => {
    await using house = await House.open({ sources });
    await house.immich.ask('POST', '/albums', { albumName: 'Holidays' });
    await house.write('a.jpg');
    await once(house);
    const albums = await house.immich.albums();
    assert.deepEqual(
      albums.map(({ albumName }) => albumName),
      ['Holidays', 'Holidays'],
    );
    assert.equal(albums.filter(({ description }) => description.includes('Kept by Homeroll')).length, 1);
  });
});
