import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { whyFile } from '../../desk/index.ts';
import { parseTemplate } from '../../domain/index.ts';
import type { ImmichTransport } from '../../immich/index.ts';

const name = 'VID_20240714_120000.mp4';
const beginning = 'a film that is still being';
const whole = `${beginning} written`;
const minute = 60_000;
const filed = { albums: [{ template: parseTemplate('{year}'), isAdoptable: false }], tags: [parseTemplate('from/{source}')] };

/** Where the beginning was stored, and the rest came some minutes later. */
async function withGrown(wish: Parameters<typeof TestHousehold.open>[0] = {}, minutes = 5): Promise<TestHousehold> {
  const home = await TestHousehold.open({ sources: [filed], ...wish });
  await home.write(name, beginning);
  await home.once();
  assert.equal(home.state(name), 'safe');
  home.clock.leap(minutes * minute);
  await home.write(name, whole);
  return home;
}

const replacing = { areHalfFilesReplaced: true };
const inTrash = async (home: TestHousehold): Promise<number> => (await home.assets('anna', true)).length;
const told = (home: TestHousehold): readonly string[] =>
  home.news().flatMap(({ kind, text }) => (kind === 'half stays' || kind === 'half removed' ? [text] : []));
/** The id that the beginning has in Immich. */
const halfOf = async (home: TestHousehold): Promise<string> => (await home.asset(name)).id;

describe('a file that grows after it was stored', () => {
  it('is told of once, with what to do, and both stay in Immich', async () => {
    await using home = await withGrown();
    await home.once();
    await home.once();
    assert.equal(home.state(name), 'safe');
    assert.deepEqual([(await home.assets()).length, await inTrash(home)], [2, 0]);
    assert.deepEqual(told(home), [
      `1 picture from Phone was stored while it was still being written. The whole one is safe. Immich also holds its beginning, as a picture of its own: "${name}". Delete the shorter of the two there by hand, or write "replace half files: true" in homeroll.yaml: from then on Homeroll moves such beginnings to Immich's trash.`,
    ]);
  });

  it('loses its beginning to the trash where its owner asked for that, and is not told of as removed', async () => {
    await using home = await withGrown({ ...replacing, verify: { everyMs: 90 * 86_400_000, quietHours: { from: '01:00', to: '06:00' } } });
    const half = await halfOf(home);
    await home.once();
    const [left, ...more] = await home.assets();
    assert.deepEqual([more.length, left?.id === half, await inTrash(home)], [0, false, 1]);
    await home.verify();
    await home.once();
    assert.deepEqual(told(home), [
      `1 picture from Phone was stored while it was still being written. The whole one is safe. Its beginning is in Immich's trash now: "${name}".`,
    ]);
    assert.deepEqual(
      home.news().filter(({ kind }) => kind === 'let go' || kind === 'many removed'),
      [],
    );
    assert.match(JSON.stringify(whyFile(home.path(name), home.journal, home.clock.now())), /its beginning went to Immich's trash/);
  });

  it('loses all of its beginnings when it grew twice', async () => {
    await using home = await withGrown(replacing);
    await home.onceUntilStopped('half file to be removed');
    home.clock.leap(5 * minute);
    await home.write(name, `${whole} to its end`);
    await home.once();
    assert.deepEqual([(await home.assets()).length, await inTrash(home)], [1, 2]);
    assert.match(told(home)[0] ?? '', /^2 pictures from Phone were stored while/);
  });

  it('is looked after by a Homeroll that runs for weeks, too', async () => {
    await using home = await withGrown({ ...replacing, sources: [{ when: { kind: 'new media' } }] });
    const running = await home.run();
    await home.until(() => told(home).length === 1);
    await running.stop();
    assert.equal(await inTrash(home), 1);
  });

  for (const { otherwise, act } of [
    {
      otherwise: 'it is an edit, not a continuation',
      act: (home: TestHousehold) => home.write(name, 'another film altogether, and longer'),
    },
    {
      otherwise: 'it was only touched',
      act: async (home: TestHousehold) => {
        await home.write(name, beginning);
        await home.touch(name);
      },
    },
  ])
    it(`keeps all that Immich has when ${otherwise}`, async () => {
      await using home = await withGrown(replacing);
      await act(home);
      await home.once();
      assert.deepEqual([await inTrash(home), told(home)], [0, []]);
    });

  it('keeps what Immich had for longer than minutes: that is an edit', async () => {
    await using home = await withGrown(replacing, 31);
    await home.once();
    assert.deepEqual([(await home.assets()).length, told(home)], [2, []]);
  });

  it('keeps what Immich had before us', async () => {
    await using home = await TestHousehold.open(replacing);
    await home.upload(name, beginning);
    await home.write(name, beginning);
    await home.once();
    await home.write(name, whole);
    await home.once();
    assert.deepEqual([(await home.assets()).length, told(home)], [2, []]);
  });

  it('keeps its beginning until the whole file is proven', async () => {
    await using home = await withGrown(replacing);
    await home.onceUntilStopped('after upload');
    assert.deepEqual([home.state(name), await inTrash(home), told(home)], ['stored', 0, []]);
    await home.once();
    assert.equal(await inTrash(home), 1);
  });

  it('keeps its beginning where the whole file does not come back as it was sent', async () => {
    await using home = await withGrown(replacing);
    await home.onceUntilStopped('after upload');
    const [asset] = (await home.assets()).filter(({ id }) => id === home.file(name)?.assetId);
    assert.ok(asset);
    await home.damage(asset.id);
    await home.once();
    assert.deepEqual([home.state(name), await inTrash(home), told(home)], ['blocked', 0, []]);
  });

  const hands: readonly {
    readonly what: string;
    readonly reason: string;
    readonly act: (home: TestHousehold, half: string) => Promise<unknown>;
  }[] = [
    { what: 'a favourite', reason: 'it is a favourite', act: (home, half) => home.byHand('PUT', `/assets/${half}`, { isFavorite: true }) },
    {
      what: 'described',
      reason: 'it has a description',
      act: (home, half) => home.byHand('PUT', `/assets/${half}`, { description: 'Oma' }),
    },
    { what: 'rated', reason: 'it has a rating', act: (home, half) => home.byHand('PUT', `/assets/${half}`, { rating: 5 }) },
    { what: 'archived', reason: 'it was archived', act: (home, half) => home.byHand('PUT', `/assets/${half}`, { visibility: 'archive' }) },
    {
      what: 'in an album of its owner',
      reason: 'it is in an album',
      act: (home, half) => home.byHand('POST', '/albums', { albumName: 'Best of', assetIds: [half] }),
    },
    {
      what: 'shared by a link',
      reason: 'it is shared by a link',
      act: (home, half) => home.byHand('POST', '/shared-links', { type: 'INDIVIDUAL', assetIds: [half], allowUpload: false }),
    },
    {
      what: 'in a stack',
      reason: 'it is in a stack',
      act: async (home, half) => {
        await home.upload('other.jpg', 'another');
        await home.byHand('POST', '/stacks', { assetIds: [half, (await home.asset('other.jpg')).id] });
      },
    },
    {
      what: 'tagged',
      reason: 'it has a tag',
      act: async (home, half) => {
        const [tag] = (await home.byHand('PUT', '/tags', { tags: ['family'] })) as readonly { readonly id: string }[];
        await home.byHand('PUT', `/tags/${tag?.id}/assets`, { ids: [half] });
      },
    },
  ];
  for (const { what, reason, act } of hands)
    it(`keeps a beginning that is ${what}, and says so`, async () => {
      await using home = await withGrown(replacing);
      await act(home, await halfOf(home));
      await home.once();
      assert.equal(await inTrash(home), 0);
      assert.ok((told(home)[0] ?? '').includes(`Homeroll leaves it there: ${reason}`), told(home).join());
      await home.once();
      assert.equal(told(home).length, 1);
    });

  it('keeps a beginning that another file still holds', async () => {
    await using home = await withGrown(replacing);
    await home.write('copy.mp4', beginning);
    await home.once();
    assert.equal(await inTrash(home), 0);
    assert.match(told(home)[0] ?? '', /another file on disk holds just these bytes/);
  });

  it('keeps a beginning where its source asks for no proof of the whole one', async () => {
    await using home = await TestHousehold.open({ ...replacing, sources: [{ proof: { kind: 'checksum' } }] });
    await home.write(name, beginning);
    await home.once();
    await home.write(name, whole);
    await home.once();
    assert.equal(await inTrash(home), 0);
    assert.match(told(home)[0] ?? '', /asks for no proof/);
  });

  it('keeps its beginning where Immich keeps no trash: it would be gone for good', async () => {
    const noTrash = (transport: ImmichTransport): ImmichTransport => ({
      ...transport,
      send: async (request, signal) => {
        const answer = await transport.send(request, signal);
        if (request.path !== '/api/server/features') return answer;
        const text = await new Response(answer.body as unknown as ReadableStream).text();
        return { ...answer, body: Readable.from([Buffer.from(text.replace('"trash":true', '"trash":false'))]) };
      },
    });
    await using home = await withGrown({ ...replacing, around: noTrash });
    await home.once();
    assert.equal(await inTrash(home), 0);
    assert.match(told(home)[0] ?? '', /the trash is switched off in Immich/);
  });

  it('keeps its beginning, and names the permission, where the key may not move anything to the trash', async () => {
    await using home = await withGrown(replacing);
    const permissions = [
      'user.read',
      'asset.upload',
      'asset.read',
      'asset.download',
      'asset.update',
      'album.create',
      'album.read',
      'album.update',
      'albumAsset.create',
      'tag.create',
      'tag.asset',
    ];
    const { secret } = (await home.byHand('POST', '/api-keys', { name: 'small', permissions })) as { readonly secret: string };
    home.useKey('anna', secret);
    await home.once();
    assert.match(told(home)[0] ?? '', /the key lacks the permission "asset\.delete"/);
  });

  for (const point of ['half file to be removed', 'before DELETE /assets', 'after DELETE /assets', 'half file removed'])
    it(`loses its beginning once and is told of once, whenever Homeroll is killed: ${point}`, async () => {
      await using home = await withGrown(replacing);
      await home.onceUntilCrash(point);
      await home.once();
      await home.once();
      assert.deepEqual([(await home.assets()).length, await inTrash(home)], [1, 1]);
      assert.equal(told(home).length, 1);
      assert.match(told(home)[0] ?? '', /Its beginning is in Immich's trash now/);
    });

  it('is known to have lost its beginning by us when it was edited after a life that ended', async () => {
    await using home = await withGrown(replacing);
    await home.onceUntilCrash('half file removed');
    await home.write(name, 'another film altogether, and longer');
    await home.once();
    await home.verify();
    assert.match(told(home)[0] ?? '', /Its beginning is in Immich's trash now/);
    assert.deepEqual(
      home.news().filter(({ kind }) => kind === 'let go'),
      [],
    );
  });

  it('waits for an Immich that is away', async () => {
    await using home = await withGrown(replacing);
    home.onAsk = async (question) => {
      if (question.startsWith('GET /api/shared-links')) await home.goAway();
    };
    await home.once();
    assert.deepEqual(told(home), []);
    home.onAsk = () => undefined;
    await home.comeBack();
    await home.once();
    assert.deepEqual([await inTrash(home), told(home).length], [1, 1]);
  });
});
