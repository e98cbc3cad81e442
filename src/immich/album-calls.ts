/** Questions and orders about albums. */
import type { UserId } from '../domain/index.ts';
import { garbage } from './answer-failures.ts';
import * as answers from './answers.ts';
import { absentWhenNotFound, askDated, askFor, type Caller, json, order } from './ask.ts';
import { inPieces } from './asset-calls.ts';
import type { Album, AlbumEntry, Dialect, Immich, Members } from './immich.ts';

type AlbumCalls = Pick<Immich, 'listAlbums' | 'fetchAlbum' | 'createAlbum' | 'updateAlbum' | 'deleteAlbum' | 'addToAlbum' | 'albumMembers'>;

interface Known {
  dialect(signal: AbortSignal): Promise<Dialect>;
  myId(signal: AbortSignal): Promise<UserId>;
}

const mostIds = 500;
/** The most that a search answers at once, in both versions. */
const pageSize = 1_000;

export function albumCalls(caller: Caller, known: Known): AlbumCalls {
  const ownedBy = (myId: UserId, album: Omit<Album, 'isOwned'>): Album => ({ ...album, isOwned: album.ownerId === myId });
  const list = async (query: string, signal: AbortSignal): Promise<readonly Omit<Album, 'isOwned'>[]> => {
    const { said, dateMs } = await askDated(caller, answers.albums, { method: 'GET', path: `/api/albums${query}` }, signal);
    return dateMs === undefined ? said : said.map((album) => ({ ...album, ageMs: dateMs - album.createdAtMs }));
  };

  return {
    async listAlbums(signal) {
      const albums = await list('', signal);
      // Version 2 lists own albums only, and those shared, our own among them, when asked for.
      const shared = (await known.dialect(signal)) === '2' ? await list('?shared=true', signal) : [];
      const byId = new Map([...albums, ...shared].map((album) => [album.albumId, album]));
      const myId = await known.myId(signal);
      return [...byId.values()].map((album) => ownedBy(myId, album));
    },

    async fetchAlbum(albumId, signal) {
      // Version 2 sends every asset along unless told not to; version 3 never does and does not know the word.
      const query = (await known.dialect(signal)) === '2' ? '?withoutAssets=true' : '';
      const question = { method: 'GET', path: `/api/albums/${albumId}${query}` };
      const album = await absentWhenNotFound(askFor(caller, answers.album, question, signal));
      return album === 'absent' ? album : ownedBy(await known.myId(signal), album);
    },

    async createAlbum({ name, description }, signal) {
      const question = json('POST', '/api/albums', { albumName: name, description });
      return { ...(await askFor(caller, answers.album, question, signal)), isOwned: true };
    },

    async updateAlbum(albumId, { name, description }, signal) {
      await order(caller, json('PATCH', `/api/albums/${albumId}`, { albumName: name, description }), signal);
    },

    deleteAlbum: (albumId, signal) => order(caller, { method: 'DELETE', path: `/api/albums/${albumId}` }, signal),

    async addToAlbum(albumId, assetIds, signal) {
      const entries: AlbumEntry[] = [];
      for (const ids of inPieces(assetIds, mostIds)) {
        const said = await askFor(caller, answers.albumEntries, json('PUT', `/api/albums/${albumId}/assets`, { ids }), signal);
        const byAsset = new Map(said.map(({ assetId, entry }) => [assetId, entry]));
        for (const id of ids) {
          const entry = byAsset.get(id);
          if (!entry) throw garbage('an album that leaves out a picture', caller.url);
          entries.push(entry);
        }
      }
      return entries;
    },

    async albumMembers(albumId, { visibility, number }, signal): Promise<Members> {
      const wanted = { albumIds: [albumId], visibility, page: number, size: pageSize };
      const { assetIds, hasMore } = await askFor(caller, answers.foundAssets, json('POST', '/api/search/metadata', wanted), signal);
      if (hasMore) return { assetIds, next: { visibility, number: number + 1 } };
      return { assetIds, next: visibility === 'timeline' ? { visibility: 'archive', number: 1 } : undefined };
    },
  };
}
