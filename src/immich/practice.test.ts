import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { AlbumId, AssetId, Sha1 } from '../domain/index.ts';
import { silentLog, systemClock, systemIds, systemRandom } from '../kernel/index.ts';
import { startPracticeImmich, versions } from '../practice/immich/index.ts';
import { connect } from './connect.ts';
import { ImmichError } from './failures.ts';
import { httpTransport } from './http-transport.ts';
import { firstMembersPage, type Immich, type Upload } from './immich.ts';

const never = new AbortController().signal;
const nobody = '00000000-0000-4000-8000-000000000000';

function upload(text: string, change: Partial<Upload> = {}): Upload {
  const bytes = Buffer.from(text);
  return {
    sha1: createHash('sha1').update(bytes).digest('hex') as Sha1,
    sizeBytes: bytes.length,
    fileName: `${text}.jpg`,
    createdAtMs: 1.5e12,
    modifiedAtMs: 1.6e12,
    content: async function* () {
      yield bytes.subarray(0, 2);
      yield bytes.subarray(2);
    },
    ...change,
  };
}

async function withImmich(version: (typeof versions)[number], visit: (first: Immich, second: Immich) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'homeroll-client-'));
  try {
    await using practice = await startPracticeImmich({ port: 0, dataDir, version });
    const transport = httpTransport({ url: practice.url, clock: systemClock });
    const ports = { clock: systemClock, random: systemRandom, ids: systemIds, log: silentLog };
    const accounts = practice.users.map(({ key }) =>
      connect({ url: practice.url, key, transport, userAgent: 'homeroll/test', limits: { questions: 4, uploads: 2, proofs: 2 }, ...ports }),
    );
    const [first, second] = accounts;
    assert.ok(first && second);
    await visit(first, second);
    await transport.close();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

for (const version of versions) {
  describe(`the client and the practice Immich ${version}`, () => {
    it('learns server and account', () =>
      withImmich(version, async (immich, other) => {
        await immich.ping(never);
        assert.deepEqual(await immich.serverVersion(never), { version, dialect: version[0], isKnown: true });
        const kinds = await immich.mediaTypes(never);
        assert.deepEqual(
          [kinds.get('.jpg'), kinds.get('.mov'), kinds.get('.xmp'), kinds.get('.txt')],
          ['photo', 'video', 'sidecar', undefined],
        );
        assert.equal((await immich.serverConfig(never)).isInMaintenance, false);
        assert.deepEqual(await immich.keyPermissions(never), ['all']);
        const [mine, theirs] = [await immich.me(never), await other.me(never)];
        assert.deepEqual([mine.isAdmin, theirs.isAdmin], [true, false]);
        assert.notEqual(mine.userId, theirs.userId);
      }));

    it('checks, uploads, proves, and knows the same bytes again', () =>
      withImmich(version, async (immich, other) => {
        const photo = upload('tram', { fileName: 'Grüße "1" \\ 😀.jpg', sidecar: { fileName: 'tram.xmp', bytes: Buffer.from('<x/>') } });
        assert.deepEqual(await immich.checkPresence([photo.sha1], never), [{ kind: 'absent' }]);
        const { assetId, isDuplicate } = await immich.upload(photo, never);
        assert.equal(isDuplicate, false);
        assert.deepEqual(await immich.checkPresence([photo.sha1], never), [{ kind: 'present', assetId, isTrashed: false }]);
        assert.partialDeepStrictEqual(await immich.upload(photo, never), { assetId, isDuplicate: true });
        assert.deepEqual(await immich.readBack(assetId, never), { sha1: photo.sha1, sizeBytes: photo.sizeBytes });
        const asset = await immich.fetchAsset(assetId, never);
        assert.ok(asset !== 'absent');
        assert.deepEqual([asset.sha1, asset.originalFileName, asset.isTrashed], [photo.sha1, photo.fileName, false]);
        assert.equal(await other.fetchAsset(assetId, never), 'absent');
        assert.equal(await immich.fetchAsset(nobody as AssetId, never), 'absent');
        await assert.rejects(other.readBack(assetId, never), (error) => error instanceof ImmichError && error.kind === 'not found');
        await immich.restore([assetId], never);
      }));

    it('tells what somebody did with an asset, and moves it to the trash', () =>
      withImmich(version, async (immich, other) => {
        const { assetId } = await immich.upload(upload('traced', { isFavorite: true }), never);
        const { albumId } = await immich.createAlbum({ name: 'Best of', description: '' }, never);
        await immich.addToAlbum(albumId, [assetId], never);
        const [tagId] = await immich.upsertTags(['family'], never);
        assert.ok(tagId);
        await immich.tagAssets(tagId, [assetId], never);
        assert.deepEqual(await immich.fetchTraces(assetId, never), {
          ...{ isFavorite: true, isArchived: false, isEdited: false, isLivePhoto: false, isStacked: false, isLinked: false },
          ...{ albumIds: [albumId], tagIds: [tagId], description: '', rating: undefined },
        });
        assert.equal(await other.fetchTraces(assetId, never), 'absent');
        assert.equal(await immich.hasTrash(never), true);
        await immich.moveToTrash(assetId, never);
        const asset = await immich.fetchAsset(assetId, never);
        assert.equal(asset !== 'absent' && asset.isTrashed, true);
      }));

    it('finds by the whole name, with the size, and nothing of others', () =>
      withImmich(version, async (immich, other) => {
        const { assetId } = await immich.upload(upload('a_1'), never);
        await immich.upload(upload('aa_1'), never);
        assert.deepEqual(await immich.findByName('a_1.jpg', never), [{ assetId, sizeBytes: 3, isExternal: false }]);
        assert.deepEqual(await immich.findByName('a_1', never), []);
        assert.deepEqual(await other.findByName('a_1.jpg', never), []);
      }));

    it('joins the halves of a live photo, together and late', () =>
      withImmich(version, async (immich) => {
        const hidden = { fileName: 'IMG_1.MOV', isHidden: true };
        const video = await immich.upload(upload('moving', hidden), never);
        const still = await immich.upload(upload('still', { livePhotoVideoId: video.assetId }), never);
        const late = await immich.upload(upload('late', hidden), never);
        const seen = await immich.fetchAsset(video.assetId, never);
        assert.ok(seen !== 'absent');
        assert.equal(seen.visibility, 'hidden');
        await immich.linkMotion(still.assetId, late.assetId, never);
        const linked = await immich.fetchAsset(still.assetId, never);
        assert.ok(linked !== 'absent');
        assert.equal(linked.livePhotoVideoId, late.assetId);
      }));

    it('erases a still and leaves its video, once they are parted', () =>
      withImmich(version, async (immich) => {
        const video = await immich.upload(upload('moving', { fileName: 'IMG_1.MOV', isHidden: true }), never);
        const photo = upload('still', { livePhotoVideoId: video.assetId });
        const still = await immich.upload(photo, never);
        await immich.unlinkMotion(still.assetId, never);
        await immich.unlinkMotion(still.assetId, never);
        await immich.erase(still.assetId, never);
        assert.deepEqual(await immich.checkPresence([photo.sha1], never), [{ kind: 'absent' }]);
        assert.notEqual(await immich.fetchAsset(video.assetId, never), 'absent');
        await assert.rejects(immich.erase(still.assetId, never), (error) => (error as ImmichError).kind === 'not found');
      }));

    it('shows a half that no still came for', () =>
      withImmich(version, async (immich) => {
        const { assetId } = await immich.upload(upload('moving', { fileName: 'IMG_1.MOV', isHidden: true }), never);
        await immich.show(assetId, never);
        const shown = await immich.fetchAsset(assetId, never);
        assert.ok(shown !== 'absent');
        assert.equal(shown.visibility, 'timeline');
      }));

    it('keeps albums: makes, fills, lists, tells the owner, deletes', () =>
      withImmich(version, async (immich, other) => {
        const { assetId } = await immich.upload(upload('one'), never);
        const foreign = await other.upload(upload('two'), never);
        const { albumId } = await immich.createAlbum({ name: '2024/July', description: 'Kept by Homeroll · 7f3k' }, never);
        const entries = await immich.addToAlbum(albumId, [assetId, foreign.assetId], never);
        assert.deepEqual(entries, [{ kind: 'added' }, { kind: 'refused', reason: 'no_permission' }]);
        assert.deepEqual(await immich.addToAlbum(albumId, [assetId], never), [{ kind: 'already' }]);
        const first = await immich.albumMembers(albumId, firstMembersPage, never);
        assert.deepEqual(first, { assetIds: [assetId], next: { visibility: 'archive', number: 1 } });
        assert.deepEqual(await immich.albumMembers(albumId, { visibility: 'archive', number: 1 }, never), {
          assetIds: [],
          next: undefined,
        });

        await immich.updateAlbum(albumId, { description: 'new' }, never);
        const [listed] = await immich.listAlbums(never);
        const { ageMs = Number.NaN, ...fetched } = listed ?? {};
        assert.deepEqual(fetched, await immich.fetchAlbum(albumId, never));
        assert.ok(ageMs > -1_000 && ageMs < 60_000, 'by the clock of the server, which tells whole seconds');
        assert.deepEqual([listed?.name, listed?.description, listed?.isOwned, listed?.assetCount], ['2024/July', 'new', true, 1]);
        assert.equal(await other.fetchAlbum(albumId, never), 'absent');
        await immich.deleteAlbum(albumId, never);
        assert.deepEqual(await immich.listAlbums(never), []);
        await assert.rejects(
          immich.addToAlbum(nobody as AlbumId, [assetId], never),
          (error) => (error as ImmichError).kind === 'not found',
        );
      }));

    it('tags once', () =>
      withImmich(version, async (immich) => {
        const { assetId } = await immich.upload(upload('one'), never);
        const [phone, scan, again] = await immich.upsertTags(['from/phone', 'scan', '/from//phone/'], never);
        assert.ok(phone && scan);
        assert.equal(phone, again);
        assert.equal(await immich.tagAssets(phone, [assetId], never), 1);
        assert.equal(await immich.tagAssets(phone, [assetId], never), 0);
      }));
  });
}
