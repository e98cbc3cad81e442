/** The household's practice Immich and what its people do there by hand: put, remove, look; and how it goes away and comes back. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FaultPlan, type RunningPracticeImmich, startPracticeImmich, type Version } from '../../src/practice/index.ts';
import { bytesNamed } from './halves.ts';

export class ImmichByHand {
  protected readonly tempFolder: string;
  protected server: RunningPracticeImmich;
  /** By the name of the account. */
  protected readonly keys: Map<string, string>;

  constructor({ folder, server }: { readonly folder: string; readonly server: RunningPracticeImmich }) {
    this.tempFolder = folder;
    this.server = server;
    this.keys = new Map(server.users.map(({ name, key }) => [name.toLowerCase(), key]));
  }

  /** Where it answers, who its users are, and where its disk is. */
  get immichAtHand(): Pick<RunningPracticeImmich, 'url' | 'users'> & { readonly dataDir: string } {
    const { url, users } = this.server;
    return { url, users, dataDir: join(this.tempFolder, 'immich') };
  }

  /** In the owner's configuration. */
  useKey(account: string, key: string): void {
    this.keys.set(account, key);
  }

  /** In the owner's configuration: the same key under another name. */
  renameAccount(from: string, to: string): void {
    this.keys.set(to, this.keys.get(from) ?? '');
    this.keys.delete(from);
  }

  /** A request of the owner's own, as JSON; the answer too. Not counted among `asked`. */
  async byHand(method: string, path: string, json?: unknown, account = 'anna'): Promise<unknown> {
    const headers = { 'x-api-key': this.keys.get(account) ?? '', 'content-type': 'application/json' };
    const response = await fetch(`${this.server.url}/api${path}`, {
      method,
      headers,
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Somebody else's app stores a picture. */
  async upload(name: string, content: string, account = 'anna'): Promise<void> {
    const form = new FormData();
    const date = '2024-07-14T10:00:00.000Z';
    const fields = { deviceAssetId: name, deviceId: 'another app', fileCreatedAt: date, fileModifiedAt: date };
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set('assetData', new Blob([new Uint8Array(bytesNamed(name, content))]), name);
    const headers = { 'x-api-key': this.keys.get(account) ?? '' };
    const response = await fetch(`${this.server.url}/api/assets`, { method: 'POST', headers, body: form });
    if (response.status !== 201) throw new Error(`upload of ${name}: ${response.status} ${await response.text()}`);
  }

  /** All assets of an account that are not in the trash, hidden ones too. */
  async assets(account = 'anna', isTrash = false): Promise<readonly FoundAsset[]> {
    const found: FoundAsset[] = [];
    for (const visibility of ['timeline', 'hidden', 'archive']) {
      const items = await this.#search({ visibility, withDeleted: isTrash }, account);
      found.push(...items.filter(({ isTrashed }) => isTrashed === isTrash));
    }
    return found.toSorted((one, other) => (one.originalFileName < other.originalFileName ? -1 : 1));
  }

  async albums(account = 'anna'): Promise<readonly FoundAlbum[]> {
    const albums = (await this.byHand('GET', '/albums', undefined, account)) as FoundAlbum[];
    return albums.toSorted((one, other) => (one.albumName < other.albumName ? -1 : 1));
  }

  async members(albumId: string, account = 'anna'): Promise<readonly string[]> {
    const items = await this.#search({ albumIds: [albumId], visibility: 'timeline' }, account);
    return items.map(({ originalFileName }) => originalFileName).toSorted();
  }

  /** Immich gives 1,000 at a time at most. */
  async #search(wanted: Readonly<Record<string, unknown>>, account: string): Promise<readonly FoundAsset[]> {
    const found: FoundAsset[] = [];
    for (let page: number | undefined = 1; page !== undefined; ) {
      const { assets } = (await this.byHand('POST', '/search/metadata', { ...wanted, size: 1000, page }, account)) as Found;
      found.push(...assets.items);
      page = assets.nextPage === null ? undefined : Number(assets.nextPage);
    }
    return found;
  }

  /** Where the disk of the server keeps what it was sent. */
  storedPath(assetId: string, account = 'Anna'): string {
    const user = this.server.users.find(({ name }) => name === account);
    return join(this.tempFolder, 'immich', 'originals', user?.id ?? '', assetId);
  }

  /** The asset of this name. */
  async asset(name: string): Promise<FoundAsset> {
    const found = (await this.assets()).filter(({ originalFileName }) => originalFileName === name);
    const [asset] = found;
    if (!asset || found.length > 1) throw new Error(`Immich has ${found.length} assets called ${name}`);
    return asset;
  }

  /** As a failing disk does it: one bit, and nobody notices. */
  async flip(name: string): Promise<void> {
    await this.damage((await this.asset(name)).id);
  }

  async damage(assetId: string): Promise<void> {
    const path = this.storedPath(assetId);
    const bytes = await readFile(path);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(path, bytes);
  }

  /** Immich is down until `comeBack`. */
  async goAway(): Promise<void> {
    await this.server.close();
  }

  /** The same Immich at the same address, with other faults, or none. */
  async comeBack(faults: FaultPlan['faults'] = [], changed: ChangedImmich = {}): Promise<void> {
    await this.server.close();
    const { version = this.server.version, clockOffsetS = 0, dataDir = 'immich' } = changed;
    const port = Number(new URL(this.server.url).port);
    const plan = { faults: [...faults], clockOffsetS };
    this.server = await startPracticeImmich({ port, dataDir: join(this.tempFolder, dataDir), version, faults: plan });
  }
}

export interface ChangedImmich {
  readonly version?: Version;
  readonly clockOffsetS?: number;
  /** Another one than before: it knows nobody, and holds nothing. */
  readonly dataDir?: string;
}

export interface FoundAsset {
  readonly checksum: string;
  readonly id: string;
  readonly originalFileName: string;
  readonly isTrashed: boolean;
  readonly visibility: string;
  readonly livePhotoVideoId: string | null;
}

interface Found {
  readonly assets: { readonly items: readonly FoundAsset[]; readonly nextPage: string | null };
}

export interface FoundAlbum {
  readonly id: string;
  readonly albumName: string;
  readonly description: string;
  readonly assetCount: number;
}
