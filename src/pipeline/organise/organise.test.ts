import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestHousehold } from '../../../test/kit/household.ts';
import { LeapClock } from '../../../test/kit/leap-clock.ts';
import { albumMarker, markerLine, parseTemplate, type UserId } from '../../domain/index.ts';

const inAlbum = (name: string, isAdoptable = false) => ({ albums: [{ template: parseTemplate(name), isAdoptable }] });
const names = (albums: readonly { albumName: string }[]): string[] => albums.map(({ albumName }) => albumName);

async function idOfAnna(home: TestHousehold): Promise<UserId> {
  return ((await home.byHand('GET', '/users/me')) as { id: UserId }).id;
}

for (const version of ['2.7.5', '3.1.0'] as const) {
  describe(`albums (Immich ${version})`, () => {
    it('are made by the template, by event, and filled once', async () => {
      const events = [{ name: 'Lake', from: '2024-07-14', to: '2024-07-15' }];
      await using home = await TestHousehold.open({ version, sources: [inAlbum('{year}/{month-name}')], events });
      await home.write('IMG_20240714_101010.jpg');
      await home.write('IMG_20240801_101010.jpg');
      await home.once();
      const albums = await home.albums();
      assert.deepEqual(names(albums), ['2024/August', '2024/July', 'Lake']);
      assert.deepEqual(await home.members(albums[2]?.id ?? ''), ['IMG_20240714_101010.jpg']);
    });

    it('carry the marker, by which a rebuilt journal finds them again, even renamed', async () => {
      await using home = await TestHousehold.open({ version, sources: [inAlbum('Ours')] });
      const description = `My words\n${markerLine(albumMarker(await idOfAnna(home), 'Ours'))}`;
      await home.byHand('POST', '/albums', { albumName: 'Renamed by hand', description });
      await home.write('a.jpg');
      await home.once();
      const albums = await home.albums();
      assert.deepEqual(names(albums), ['Renamed by hand']);
      assert.equal(albums[0]?.assetCount, 1);
    });

    it('of the same name that are not ours are left alone', async () => {
      await using home = await TestHousehold.open({ version, sources: [inAlbum('Holidays')] });
      await home.byHand('POST', '/albums', { albumName: 'Holidays', description: 'mine' });
      await home.write('a.jpg');
      await home.once();
      assert.deepEqual(
        (await home.albums()).map(({ albumName, assetCount, description }) => [albumName, assetCount, description === 'mine']).toSorted(),
        [
          ['Holidays', 0, true],
          ['Holidays', 1, false],
        ],
      );
    });

    it('of the same name are used where the owner says adopt', async () => {
      await using home = await TestHousehold.open({ version, sources: [inAlbum('Holidays', true)] });
      await home.byHand('POST', '/albums', { albumName: 'Holidays', description: 'mine' });
      await home.write('a.jpg');
      await home.once();
      const albums = await home.albums();
      assert.deepEqual([names(albums), albums[0]?.assetCount, albums[0]?.description], [['Holidays'], 1, 'mine']);
    });

    it('that two Homerolls made at once become one', async () => {
      await using home = await TestHousehold.open({ version, sources: [inAlbum('Ours')] });
      const description = markerLine(albumMarker(await idOfAnna(home), 'Ours'));
      let isMade = false;
      home.onAsk = async (question) => {
        if (question !== 'POST /api/albums' || isMade) return;
        isMade = true;
        await home.byHand('POST', '/albums', { albumName: 'Ours', description });
      };
      await home.write('a.jpg');
      await home.once();
      const albums = await home.albums();
      assert.deepEqual(names(albums), ['Ours']);
      assert.deepEqual(await home.members(albums[0]?.id ?? ''), ['a.jpg']);
    });

    it('that are filled while they become one lose nothing', async () => {
      await using home = await TestHousehold.open({ version, sources: [inAlbum('Ours')] });
      const description = markerLine(albumMarker(await idOfAnna(home), 'Ours'));
      for (const name of ['b.jpg', 'c.jpg']) await home.upload(name, name);
      const [b, c] = (await home.assets()).map(({ id }) => id);
      await home.byHand('POST', '/albums', { albumName: 'Ours', description });
      const twin = (await home.byHand('POST', '/albums', { albumName: 'Ours', description, assetIds: [b] })) as { id: string };
      let isFilled = false;
      home.onAsk = async (question) => {
        if (isFilled || !question.startsWith('PUT /api/albums/')) return;
        isFilled = true;
        await home.byHand('PUT', `/albums/${twin.id}/assets`, { ids: [c] });
      };
      await home.write('a.jpg');
      await home.once();
      const albums = await home.albums();
      assert.deepEqual(names(albums), ['Ours']);
      assert.deepEqual(await home.members(albums[0]?.id ?? ''), ['a.jpg', 'b.jpg', 'c.jpg']);
    });

    for (const moment of ['POST /api/search/metadata', 'DELETE /api/albums/']) {
      it(`that the other Homeroll made one first are left to it (before ${moment})`, async () => {
        await using home = await TestHousehold.open({ version, sources: [inAlbum('Ours')] });
        const description = markerLine(albumMarker(await idOfAnna(home), 'Ours'));
        await home.byHand('POST', '/albums', { albumName: 'Ours', description });
        // Of two that were made in one millisecond either may count as the first.
        await sleep(2);
        const twin = (await home.byHand('POST', '/albums', { albumName: 'Ours', description })) as { id: string };
        let isGone = false;
        home.onAsk = async (question) => {
          if (isGone || !question.startsWith(moment)) return;
          isGone = true;
          await home.byHand('DELETE', `/albums/${twin.id}`);
        };
        await home.write('a.jpg');
        await home.once();
        assert.ok(isGone);
        assert.equal(home.state('a.jpg'), 'safe');
        assert.deepEqual(await home.members((await home.albums())[0]?.id ?? ''), ['a.jpg']);
      });
    }

    for (const isGone of [true, false]) {
      it(`that turn out to have an older twin are left for it (${isGone ? 'by then they are gone' : 'they are still there'})`, async () => {
        await using home = await TestHousehold.open({ version, sources: [inAlbum('Ours')] });
        const description = markerLine(albumMarker(await idOfAnna(home), 'Ours'));
        const older = (await home.byHand('POST', '/albums', { albumName: 'Ours', description: 'not seen as ours yet' })) as { id: string };
        let ours: string | undefined;
        home.onAsk = async (question) => {
          const [, filled] = /^PUT \/api\/albums\/(.*)\/assets/.exec(question) ?? [];
          if (filled !== undefined && ours === undefined) {
            ours = filled;
            await home.byHand('PATCH', `/albums/${older.id}`, { description });
          } else if (question.startsWith('GET /api/albums') && ours !== undefined && isGone) {
            await home.byHand('DELETE', `/albums/${ours}`).catch(() => undefined);
          }
        };
        await home.write('a.jpg');
        await home.once();
        assert.equal(home.state('a.jpg'), 'safe');
        assert.deepEqual(
          (await home.albums()).map(({ id, assetCount }) => [id === older.id, assetCount]),
          [[true, 1]],
        );
      });
    }

    it('that another Homeroll poured into its own are followed, not taken for deleted', async () => {
      await using home = await TestHousehold.open({ version, sources: [inAlbum('Ours')] });
      await home.write('a.jpg');
      await home.once();
      const [album] = await home.albums();
      const description = markerLine(albumMarker(await idOfAnna(home), 'Ours'));
      await home.byHand('POST', '/albums', { albumName: 'Ours', description });
      await home.byHand('DELETE', `/albums/${album?.id}`);
      await home.write('b.jpg');
      await home.once();
      const albums = await home.albums();
      assert.equal(albums.length, 1);
      assert.deepEqual(await home.members(albums[0]?.id ?? ''), ['b.jpg']);
      assert.ok(!home.news().some(({ kind }) => kind === 'album deleted'));
    });

    it('that the owner deletes are told once and not made again', async () => {
      await using home = await TestHousehold.open({ version, sources: [inAlbum('Ours')] });
      await home.write('a.jpg');
      await home.once();
      const [album] = await home.albums();
      await home.byHand('DELETE', `/albums/${album?.id}`);
      await home.write('b.jpg');
      await home.once();
      await home.write('c.jpg');
      await home.once();
      assert.deepEqual(await home.albums(), []);
      assert.deepEqual(
        home.news().flatMap(({ kind, text }) => (kind === 'album deleted' ? [text] : [])),
        ['The album "Ours" was deleted in Immich. It stays deleted; its pictures stay safe.'],
      );
      assert.equal(home.numbers().safe, 3);
    });

    it('do not get back what the owner took out, though the file is touched', async () => {
      await using home = await TestHousehold.open({ version, sources: [inAlbum('Ours')] });
      await home.write('a.jpg');
      await home.once();
      const [album] = await home.albums();
      const [asset] = await home.assets();
      await home.byHand('DELETE', `/albums/${album?.id}/assets`, { ids: [asset?.id] });
      await home.touch('a.jpg');
      await home.once();
      assert.deepEqual(await home.members(album?.id ?? ''), []);
      assert.equal(home.state('a.jpg'), 'safe');
    });
  });

  describe(`tags (Immich ${version})`, () => {
    const tagged = { tags: [parseTemplate('from/{source}')] };

    it('are set once: one that the owner took off stays off, one that was deleted blocks nobody', async () => {
      await using home = await TestHousehold.open({ version, sources: [tagged] });
      await home.write('a.jpg');
      await home.once();
      const tags = (await home.byHand('GET', '/tags')) as { id: string; value: string }[];
      assert.deepEqual(tags.map(({ value }) => value).toSorted(), ['from', 'from/Phone']);
      const tag = tags.find(({ value }) => value === 'from/Phone');
      await home.byHand('DELETE', `/tags/${tag?.id}`);
      await home.touch('a.jpg');
      await home.write('b.jpg');
      await home.once();
      assert.deepEqual(home.states(), { 'a.jpg': 'safe', 'b.jpg': 'safe' });
      assert.equal(((await home.byHand('GET', '/tags')) as unknown[]).length, 1);
    });
  });
}

describe('organise', () => {
  it('gives many files their album with a handful of questions', async () => {
    await using home = await TestHousehold.open({ sources: [inAlbum('Ours')], clock: new LeapClock(1) });
    for (let number = 0; number < 60; number += 1) await home.write(`IMG_${number}.jpg`);
    await home.once();
    assert.equal((await home.albums())[0]?.assetCount, 60);
    assert.ok(home.timesAsked('PUT /api/albums') <= 15, `${home.timesAsked('PUT /api/albums')}`);
  });

  it('waits for the permission, with the cure, and the picture stays safe meanwhile', async () => {
    await using home = await TestHousehold.open({ sources: [inAlbum('Ours')] });
    const full = home.config.immich.accounts[0]?.key.reveal() ?? '';
    const permissions = ['user.read', 'asset.upload', 'asset.read', 'asset.download', 'album.read'];
    const { secret } = (await home.byHand('POST', '/api-keys', { name: 'less', permissions })) as { secret: string };
    home.useKey('anna', secret);
    await home.write('a.jpg');
    await home.once();
    assert.equal(home.state('a.jpg'), 'proven');
    assert.equal(home.numbers().safe, 1);
    assert.match(home.file('a.jpg')?.reason ?? '', /"album.create"/);
    home.useKey('anna', full);
    home.clock.leap(3_600_000);
    await home.once();
    assert.equal(home.state('a.jpg'), 'safe');
    assert.equal((await home.albums()).length, 1);
  });
});

describe('a picture that nothing but its time of change dates', () => {
  it('is filed by date once, though that time shifts; what else is planned is done', async () => {
    const albums = [...inAlbum('{year}/{month-name}').albums, ...inAlbum('{folder}').albums];
    await using home = await TestHousehold.open({ sources: [{ albums, tags: [parseTemplate('{year}')] }] });
    await home.write('trip/a.jpg');
    await home.touch('trip/a.jpg', Date.UTC(2023, 11, 31, 12));
    await home.once();
    await home.touch('trip/a.jpg', Date.UTC(2024, 0, 1, 12));
    await home.once();
    assert.deepEqual(names(await home.albums()), ['2023/December', 'trip']);
    home.reconfigure({ albums: [...albums, ...inAlbum('Ours').albums] });
    await home.touch('trip/a.jpg', Date.UTC(2024, 1, 1, 12));
    await home.once();
    assert.deepEqual(names(await home.albums()), ['2023/December', 'Ours', 'trip']);
    const tags = (await home.byHand('GET', '/tags')) as { value: string }[];
    assert.deepEqual(
      tags.map(({ value }) => value),
      ['2023'],
    );
  });

  it('and has other bytes now is another picture, with a date of its own', async () => {
    await using home = await TestHousehold.open({ sources: [inAlbum('{year}')] });
    await home.write('a.jpg');
    await home.touch('a.jpg', Date.UTC(2023, 6, 1));
    await home.once();
    await home.write('a.jpg', 'other bytes');
    await home.touch('a.jpg', Date.UTC(2024, 6, 1));
    await home.once();
    assert.deepEqual(names(await home.albums()), ['2023', '2024']);
  });

  it('and has other bytes now is filed into all of its albums, though one of them has to be tried again', async () => {
    const albums = [...inAlbum('{year}').albums, ...inAlbum('Photos of {year}').albums];
    const faults = [{ endpoint: 'PUT /albums/:id/assets', from: 4, count: 3, fault: { kind: 'status', status: 500 } as const }];
    await using home = await TestHousehold.open({ sources: [{ albums }], faults });
    await home.write('a.jpg');
    await home.touch('a.jpg', Date.UTC(2023, 6, 1));
    await home.once();
    await home.write('a.jpg', 'other bytes');
    await home.touch('a.jpg', Date.UTC(2024, 6, 1));
    await home.once({ patienceMs: 3_600_000 });
    assert.equal(home.state('a.jpg'), 'safe');
    const filled = (await home.albums()).filter(({ assetCount }) => assetCount === 1);
    assert.deepEqual(names(filled), ['2023', '2024', 'Photos of 2023', 'Photos of 2024']);
  });
});
