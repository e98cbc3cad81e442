import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configOf } from '../../../test/kit/config.ts';
import { LeapClock } from '../../../test/kit/leap-clock.ts';
import { TestJournal } from '../../../test/kit/test-journal.ts';
import {
  type AlbumId,
  type AssetId,
  albumMarker,
  markerLine,
  parseTemplate,
  type Sha1,
  type TagId,
  type UserId,
} from '../../domain/index.ts';
import type { AlbumEntry, Immich } from '../../immich/index.ts';
import { silentLog, systemIds } from '../../kernel/index.ts';
import { Hindrances } from '../hindrances.ts';
import type { FileIn } from '../step.ts';
import { findAlbum } from './find-album.ts';
import { organiseStep } from './index.ts';

const albumId = 'album' as AlbumId;
const userId = 'anna' as UserId;
const added: AlbumEntry = { kind: 'added' };
const refused = (reason: string): AlbumEntry => ({ kind: 'refused', reason });

/** What the step leans on, with the few answers of Immich that a test needs. */
function partsOf({ journal, sourceId }: TestJournal, immich: Partial<Immich>) {
  const { id } = journal.sources.ensureAccount('anna', userId, 1);
  const filed = { albums: [{ template: parseTemplate('Ours'), isAdoptable: false }], tags: [parseTemplate('homeroll')] };
  const [config] = configOf({ url: 'http://x', keys: new Map(), sources: [filed], events: [], folder: '/', isRealDisk: true }).sources;
  assert.ok(config);
  const account = { id, name: 'anna', userId, immich: immich as Immich };
  const source = {
    id: sourceId,
    config,
    root: Buffer.from('/phone'),
    account,
    identity: () => 'local' as const,
    ignoring: () => ({ takenBack: [] }),
  };
  const ports = { journal, clock: new LeapClock(), news: { ids: systemIds, tellers: [], onNews: () => undefined }, log: silentLog };
  return { ...ports, hindrances: new Hindrances(ports), source, signal: new AbortController().signal };
}

/** Three files that are proven, and an Immich that answers `answers`, one after the other, when they are put into their album. */
function world(kept: TestJournal, answers: AlbumEntry[][]) {
  const asked: (readonly AssetId[])[] = [];
  const tagged: AssetId[] = [];
  const parts = partsOf(kept, {
    checkPresence: async (sha1s) =>
      sha1s.map((sha1) => ({ kind: 'present', assetId: `asset-${sha1[0]}` as AssetId, isTrashed: false }) as const),
    addToAlbum: async (_albumId, assetIds) => {
      asked.push(assetIds);
      return answers.shift() ?? [];
    },
    tagAssets: async (_tagId, assetIds) => tagged.push(...assetIds),
  });
  const { journal, source, signal } = parts;
  journal.albums.remember(source.account.id, { key: 'Ours', albumId, nowMs: 1 });
  journal.albums.rememberTag(source.account.id, 'homeroll', 'tag' as TagId);
  const files = [1, 2, 3].map((number): FileIn => {
    const fileId = kept.insert({ state: 'proven' });
    journal.files.update(fileId, { sha1: `${number}`.repeat(40) as Sha1, assetId: `asset-${number}` as AssetId });
    const file = journal.files.byId(fileId);
    assert.ok(file);
    return { file, path: Buffer.from('/unused') };
  });
  const step = organiseStep({ ...parts, onMonthWanted: () => undefined, plan: { events: [], language: 'en', timeZone: 'Europe/Berlin' } });
  return { asked, tagged, run: () => step.run(files, source, signal) };
}

const kinds = (outcomes: readonly { readonly kind: string }[]): string[] => outcomes.map(({ kind }) => kind);

describe('a picture that Immich does not take into its album', () => {
  for (const reason of ['unknown', 'validation', 'something new']) {
    it(`for a reason that may pass (${reason}) is tried again, alone, while the others go on`, async () => {
      using kept = new TestJournal();
      const { run, asked, tagged } = world(kept, [[added, refused(reason), added], [added]]);
      const outcomes = await run();
      assert.deepEqual(kinds(outcomes), ['event', 'retry', 'event']);
      assert.match(JSON.stringify(outcomes[1]), /did not take it into the album \\"Ours\\"/);
      assert.equal(tagged.length, 3, 'its tag has nothing to do with that');
      assert.deepEqual(kinds(await run()), ['event', 'event', 'event']);
      assert.deepEqual(asked[1], ['asset-2']);
      assert.equal(tagged.length, 3);
    });
  }

  for (const reason of ['no_permission', 'not_found']) {
    it(`because it is not there any more (${reason}) goes on without`, async () => {
      using kept = new TestJournal();
      const { run } = world(kept, [[added, refused(reason), { kind: 'already' }]]);
      assert.deepEqual(kinds(await run()), ['event', 'event', 'event']);
    });
  }
});

describe('two albums of ours on a server whose clock is off by a day', () => {
  for (const { age, ageMs, deleted } of [
    { age: 'young', ageMs: 60_000, deleted: ['younger'] },
    { age: 'old', ageMs: 7_200_000, deleted: [] },
  ]) {
    it(`are ${deleted.length > 0 ? 'poured into one' : 'left alone'} when they are ${age} by that clock`, async () => {
      using kept = new TestJournal();
      const gone: string[] = [];
      const text = { name: 'Ours', description: markerLine(albumMarker(userId, 'Ours')), ownerId: userId, isOwned: true, isShared: false };
      const wrongMs = deleted.length > 0 ? -86_400_000 : 86_400_000;
      const parts = partsOf(kept, {
        listAlbums: async () =>
          ['older', 'younger'].map((id, at) => {
            const createdAtMs = parts.clock.now() + wrongMs - ageMs + at;
            return { ...text, albumId: id as AlbumId, assetCount: 1, createdAtMs, ageMs: ageMs - at };
          }),
        albumMembers: async () => ({ assetIds: ['asset-1' as AssetId], next: undefined }),
        addToAlbum: async () => [added],
        deleteAlbum: async (id) => void gone.push(id),
      });
      assert.equal((await findAlbum({ name: 'Ours', isAdoptable: false }, parts))?.albumId, 'older');
      assert.deepEqual(gone, deleted);
    });
  }
});

describe('one of two young albums of ours', () => {
  for (const { entry, deleted } of [
    { entry: added, deleted: ['younger'] },
    { entry: refused('unknown'), deleted: [] },
  ])
    it(`is ${deleted.length > 0 ? 'deleted' : 'left alone'} when the other says "${entry.kind}" to its picture`, async () => {
      using kept = new TestJournal();
      const gone: string[] = [];
      const text = { name: 'Ours', description: markerLine(albumMarker(userId, 'Ours')), ownerId: userId, isOwned: true, isShared: false };
      const parts = partsOf(kept, {
        listAlbums: async () =>
          ['older', 'younger'].map((id, at) => ({ ...text, albumId: id as AlbumId, assetCount: 1, createdAtMs: parts.clock.now() + at })),
        albumMembers: async () => ({ assetIds: ['asset-1' as AssetId], next: undefined }),
        addToAlbum: async () => [entry],
        deleteAlbum: async (id) => void gone.push(id),
      });
      assert.equal((await findAlbum({ name: 'Ours', isAdoptable: false }, parts))?.albumId, 'older');
      assert.deepEqual(gone, deleted);
    });
});
