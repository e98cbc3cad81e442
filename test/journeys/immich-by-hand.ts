/** Immich as its user sees it: plain HTTP with the user's own key, past every line of Homeroll. */
import { createHash } from 'node:crypto';

export interface Asset {
  readonly id: string;
  readonly originalFileName: string;
  /** Hexadecimal, as Immich believes it. */
  readonly sha1: string;
  readonly visibility: string;
  readonly livePhotoVideoId: string | null;
  readonly isTrashed: boolean;
}

export interface Album {
  readonly id: string;
  readonly albumName: string;
  readonly description: string;
}

export const sha1Of = (content: string | Uint8Array): string => createHash('sha1').update(content).digest('hex');

const byName = (one: { originalFileName: string }, other: { originalFileName: string }): number =>
  one.originalFileName < other.originalFileName ? -1 : 1;

export class ImmichByHand {
  readonly #url: string;
  readonly #key: string;
  readonly #pageSize: number;

  /** @param pageSize how many assets are asked for at a time; Immich gives 1,000 at most */
  constructor(url: string, key: string, pageSize = 1000) {
    this.#url = url;
    this.#key = key;
    this.#pageSize = pageSize;
  }

  /** All that is not in the trash, hidden halves too. */
  async assets(): Promise<readonly Asset[]> {
    const pages = await Promise.all(['timeline', 'hidden', 'archive'].map((visibility) => this.#search({ visibility })));
    return pages.flat().toSorted(byName);
  }

  async trashed(): Promise<readonly Asset[]> {
    const pages = await Promise.all(['timeline', 'hidden', 'archive'].map((visibility) => this.#search({ visibility, withDeleted: true })));
    return pages
      .flat()
      .filter(({ isTrashed }) => isTrashed)
      .toSorted(byName);
  }

  /** The one asset with these bytes. */
  async assetOf(content: string | Uint8Array): Promise<Asset> {
    const sha1 = sha1Of(content);
    const found = (await this.assets()).filter((asset) => asset.sha1 === sha1);
    const [asset] = found;
    if (!asset || found.length > 1) throw new Error(`Immich has ${found.length} assets with these bytes`);
    return asset;
  }

  /** SHA-1 of every original, downloaded: what Immich gives back, not what it believes. */
  async originals(): Promise<readonly string[]> {
    const sums = (await this.assets()).map(async ({ id }) => {
      const response = await this.#send('GET', `/assets/${id}/original`);
      return sha1Of(new Uint8Array(await response.arrayBuffer()));
    });
    return (await Promise.all(sums)).toSorted();
  }

  async albums(): Promise<readonly Album[]> {
    const albums = (await this.ask('GET', '/albums')) as Album[];
    return albums.toSorted((one, other) => (one.albumName < other.albumName ? -1 : 1));
  }

  async album(name: string): Promise<Album> {
    const found = (await this.albums()).filter(({ albumName }) => albumName === name);
    const [album] = found;
    if (!album || found.length > 1) throw new Error(`Immich has ${found.length} albums called ${name}`);
    return album;
  }

  /** Names of the files in each album. */
  async membersByAlbum(): Promise<Readonly<Record<string, readonly string[]>>> {
    const albums = await this.albums();
    const members = await Promise.all(albums.map(({ id }) => this.#search({ visibility: 'timeline', albumIds: [id] })));
    return Object.fromEntries(
      albums.map(({ albumName }, index) => [albumName, (members[index] ?? []).map((asset) => asset.originalFileName).toSorted()]),
    );
  }

  async memberIds(albumId: string): Promise<readonly string[]> {
    return (await this.#search({ visibility: 'timeline', albumIds: [albumId] })).map(({ id }) => id);
  }

  async tagsOf({ id }: Pick<Asset, 'id'>): Promise<readonly string[]> {
    return (await this.wordsOn({ id })).tags;
  }

  /** What is written on it: tags, and what its sidecar said. */
  async wordsOn({ id }: Pick<Asset, 'id'>): Promise<{ readonly tags: readonly string[]; readonly description: string }> {
    const asset = (await this.ask('GET', `/assets/${id}`)) as { tags?: readonly { value: string }[]; exifInfo?: { description?: string } };
    return { tags: (asset.tags ?? []).map(({ value }) => value), description: asset.exifInfo?.description ?? '' };
  }

  async trash({ id }: Pick<Asset, 'id'>): Promise<void> {
    await this.ask('DELETE', '/assets', { ids: [id], force: false });
  }

  async erase({ id }: Pick<Asset, 'id'>): Promise<void> {
    await this.ask('DELETE', '/assets', { ids: [id], force: true });
  }

  /** Somebody else's app stores a picture. */
  async upload(name: string, content: string | Buffer): Promise<Asset> {
    const form = new FormData();
    const date = '2024-07-14T10:00:00.000Z';
    for (const field of ['deviceAssetId', 'deviceId']) form.set(field, `another app's ${name}`);
    for (const field of ['fileCreatedAt', 'fileModifiedAt']) form.set(field, date);
    form.set('assetData', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), name);
    await this.#send('POST', '/assets', form);
    return this.assetOf(content);
  }

  async ask(method: string, path: string, json?: unknown): Promise<unknown> {
    const text = await (await this.#send(method, path, json)).text();
    return text === '' ? undefined : JSON.parse(text);
  }

  async #search(wish: Readonly<Record<string, unknown>>): Promise<readonly Asset[]> {
    const found: Asset[] = [];
    for (let page: number | undefined = 1; page !== undefined; ) {
      const { assets } = (await this.ask('POST', '/search/metadata', { ...wish, size: this.#pageSize, page })) as FoundPage;
      found.push(...assets.items.map(({ checksum, ...asset }) => ({ ...asset, sha1: Buffer.from(checksum, 'base64').toString('hex') })));
      page = assets.nextPage === null ? undefined : Number(assets.nextPage);
    }
    return found;
  }

  async #send(method: string, path: string, content?: unknown): Promise<Response> {
    const isForm = content instanceof FormData;
    const headers = { 'x-api-key': this.#key, ...(content !== undefined && !isForm && { 'content-type': 'application/json' }) };
    const body = isForm ? content : JSON.stringify(content);
    const response = await fetch(`${this.#url}/api${path}`, { method, headers, ...(content !== undefined && { body }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}

interface FoundPage {
  readonly assets: { readonly items: readonly RawAsset[]; readonly nextPage: string | null };
}

type RawAsset = Omit<Asset, 'sha1'> & { readonly checksum: string };
