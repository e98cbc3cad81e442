/** A whole household on virtual time: its disk, its Immich, its Homeroll, and what its people did by hand. */
import { createHash } from 'node:crypto';
import { isIgnoredPath, type PathBytes } from '../../src/files/index.ts';
import { type Ids, type Log, type Random, seededIds, seededRandom } from '../../src/kernel/index.ts';
import { findByPath } from '../../src/pipeline/index.ts';
import type { Version } from '../../src/practice/index.ts';
import { configOf } from './config.ts';
import { SimulatedDisk } from './disk.ts';
import { videosErasedBy } from './erased-videos.ts';
import { SimulatedServer } from './immich.ts';
import { Life } from './life.ts';
import { VirtualClock } from './virtual-clock.ts';

// Monday, 6 January 2025, 08:00 UTC.
const beginMs = Date.UTC(2025, 0, 6, 8);

export interface Deed {
  readonly atMs: number;
  readonly what: string;
}

export class World {
  readonly random: Random;
  readonly clock = new VirtualClock(beginMs);
  readonly disk = new SimulatedDisk(this.clock);
  readonly server: SimulatedServer;
  readonly roots: readonly PathBytes[] = [Buffer.from('/phone'), Buffer.from('/share')];
  /** What happened, in the owner's words. */
  readonly deeds: Deed[] = [];
  /** Contents whose assets the owner trashed or erased after Homeroll had called them stored: `key sha1`. */
  readonly undone = new Map<string, string>();
  /** Assets taken out of an album: `album asset`. */
  readonly takenOut = new Set<string>();
  readonly deletedAlbums = new Set<string>();
  life: Life;
  readonly #ids: Ids;
  readonly #stateFolder: string;
  readonly #log: Log | undefined;
  #skipsGif = true;
  #number = 0;
  #areHintsLost = false;
  /** Pending happenings, by time. */
  #agenda: { readonly atMs: number; readonly act: () => void }[] = [];

  constructor({ seed, stateFolder, version, log }: { seed: number; stateFolder: string; version: Version; log?: Log }) {
    this.random = seededRandom(seed);
    this.#ids = seededIds(seededRandom(seed + 1));
    this.#stateFolder = stateFolder;
    this.#log = log;
    this.server = new SimulatedServer({ version, clock: this.clock, ids: this.#ids });
    for (const root of this.roots) this.disk.makeFolder(root);
    this.disk.onChange = (path) => this.#hint(path);
    this.life = this.#bear();
  }

  // Time.

  /** Lets `durationMs` pass, with all that was put on the agenda. A life that died at a crash point is followed by another. */
  async pass(durationMs: number): Promise<void> {
    const untilMs = this.clock.now() + durationMs;
    for (;;) {
      const next = this.#agenda.toSorted((one, other) => one.atMs - other.atMs)[0];
      const stopMs = Math.min(untilMs, next?.atMs ?? untilMs);
      await this.clock.run(stopMs, () => !this.life.isAlive);
      if (this.life.failure) throw this.life.failure;
      if (!this.life.isAlive) this.restart('after a crash');
      else if (next && next.atMs <= untilMs) {
        this.#agenda = this.#agenda.filter((other) => other !== next);
        next.act();
      } else if (this.clock.now() >= untilMs) return;
    }
  }

  later(delayMs: number, act: () => void): void {
    this.#agenda.push({ atMs: this.clock.now() + delayMs, act });
  }

  note(what: string): void {
    this.deeds.push({ atMs: this.clock.now(), what });
  }

  nextNumber(): number {
    this.#number += 1;
    return this.#number;
  }

  // The disk, by hand.

  put(path: PathBytes, bytes: Buffer, mtimeMs?: number): void {
    this.note(`write ${show(path)}`);
    this.disk.write(path, bytes, mtimeMs);
  }

  touch(path: PathBytes): void {
    this.note(`touch ${show(path)}`);
    this.disk.touch(path, this.clock.now() - this.random.next() * 1e10);
  }

  move(from: PathBytes, to: PathBytes): void {
    this.note(`move ${show(from)} to ${show(to)}`);
    this.disk.rename(from, to);
  }

  remove(path: PathBytes): void {
    this.note(`remove ${show(path)}`);
    this.disk.remove(path);
  }

  has(path: PathBytes): boolean {
    return this.roots.some((root) => this.disk.files(root).some((file) => file.path.equals(path)));
  }

  anyFile(): { path: PathBytes; bytes: Buffer; mtimeMs: number } | undefined {
    const files = this.roots.flatMap((root) => this.disk.files(root));
    return files[Math.floor(this.random.next() * files.length)];
  }

  // Immich, by hand.

  async trashSomething(): Promise<void> {
    await this.#undoAsset(false);
  }

  async eraseSomething(): Promise<void> {
    await this.#undoAsset(true);
  }

  async takeOutOfAlbum(): Promise<void> {
    const { key, album } = await this.#anyAlbum();
    if (!album) return;
    const found = (await this.server.byHand(key, 'POST', '/search/metadata', { albumIds: [album.id], visibility: 'timeline' })) as Found;
    const asset = found.assets.items[0];
    if (!asset) return;
    this.note(`take an asset out of album ${album.albumName}`);
    await this.server.byHand(key, 'DELETE', `/albums/${album.id}/assets`, { ids: [asset.id] });
    this.takenOut.add(`${album.id} ${asset.id}`);
  }

  async renameAnAlbum(): Promise<void> {
    const { key, album } = await this.#anyAlbum();
    if (!album) return;
    this.note(`rename album ${album.albumName}`);
    await this.server.byHand(key, 'PATCH', `/albums/${album.id}`, { albumName: `${album.albumName}, ours` });
  }

  async deleteAnAlbum(): Promise<void> {
    const { key, album } = await this.#anyAlbum();
    if (!album || this.random.next() < 0.5) return;
    this.note(`delete album ${album.albumName}`);
    await this.server.byHand(key, 'DELETE', `/albums/${album.id}`);
    this.deletedAlbums.add(album.description);
  }

  async emptyTrash(): Promise<void> {
    this.note("empty Immich's trash");
    const key = this.server.key(0);
    const stillIds = [...this.undone].filter(([content]) => content.startsWith(key)).map(([, assetId]) => assetId);
    await this.#byHand(key, stillIds, () => this.server.byHand(key, 'POST', '/trash/empty'));
  }

  // What goes wrong.

  immichGoesAway(durationMs: number): void {
    this.note(`Immich is away for ${Math.round(durationMs / 60_000)} min`);
    this.server.weather.isAway = true;
    this.later(durationMs, () => {
      this.server.weather.isAway = false;
    });
  }

  troubleOnTheWay(share: number, durationMs: number): void {
    this.note(`a bad way to Immich for ${Math.round(durationMs / 60_000)} min`);
    this.server.weather.trouble = share;
    this.later(durationMs, () => {
      this.server.weather.trouble = 0;
    });
  }

  shareGoesAway(durationMs: number): void {
    const share = this.roots[1];
    if (!share) return;
    this.note(`the share is away for ${Math.round(durationMs / 60_000)} min`);
    this.disk.unmount(share);
    this.later(durationMs, () => this.disk.mount(share, this.random.next() < 0.5));
  }

  hintsAreLost(durationMs: number): void {
    this.note(`hints are lost for ${Math.round(durationMs / 60_000)} min`);
    this.#areHintsLost = true;
    this.later(durationMs, () => {
      this.#areHintsLost = false;
    });
  }

  crashSoon(reaches: number): void {
    this.note(`Homeroll dies at crash point ${reaches} from here`);
    this.life.crashAt(reaches);
  }

  restart(why: 'crash' | 'after a crash' | 'changed rules'): void {
    this.note(`Homeroll starts again (${why})`);
    if (why === 'changed rules') this.#skipsGif = !this.#skipsGif;
    this.life.crash();
    this.life.journal.close();
    this.life = this.#bear();
  }

  calmDown(): void {
    this.#agenda = [];
    this.server.weather.isAway = false;
    this.server.weather.trouble = 0;
    this.#areHintsLost = false;
    this.life.crashAt(Number.POSITIVE_INFINITY);
    const share = this.roots[1];
    if (share) this.disk.mount(share, false);
  }

  close(): void {
    this.life.crash();
    this.life.journal.close();
    this.server.immich[Symbol.dispose]();
  }

  #bear(): Life {
    const life = new Life({
      config: configOf(this.server, this.#skipsGif),
      stateFolder: this.#stateFolder,
      disk: this.disk,
      server: this.server,
      clock: this.clock,
      random: this.random,
      ...(this.#log && { log: this.#log }),
    });
    life.start();
    return life;
  }

  #hint(path: PathBytes): void {
    const [phone] = this.roots;
    // A share tells nothing of what others change on it.
    if (!phone || this.#areHintsLost || !path.subarray(0, phone.length).equals(phone)) return;
    const below = path.subarray(phone.length + 1);
    if (!isIgnoredPath(below)) this.life?.hint({ kind: 'path', path: below });
  }

  async #undoAsset(isForced: boolean): Promise<void> {
    const file = this.anyFile();
    if (!file) return;
    const sha1 = createHash('sha1').update(file.bytes).digest('hex');
    const isPhone = file.path.subarray(0, 6).toString() === '/phone';
    const key = this.server.key(isPhone ? 0 : 1);
    const presence = (await this.server.byHand(key, 'POST', '/assets/bulk-upload-check', {
      assets: [{ id: 'x', checksum: sha1 }],
    })) as Presence;
    const assetId = presence.results[0]?.assetId;
    const known = this.life.isAlive ? findByPath(file.path, this.life.journal) : undefined;
    // An upload whose answer is still under way is nobody's to undo yet.
    if (!assetId || !known?.assetId) return;
    this.note(`${isForced ? 'erase' : 'trash'} the asset of ${show(file.path)} (${known.state})`);
    await this.#byHand(key, [assetId], () => this.server.byHand(key, 'DELETE', '/assets', { ids: [assetId], force: isForced }));
    this.undone.set(`${key} ${sha1}`, assetId);
  }

  /** What Immich erases along with what the owner removes was removed by the owner, too. */
  async #byHand(key: string, stillIds: readonly string[], act: () => Promise<unknown>): Promise<void> {
    for (const { assetId, sha1 } of await videosErasedBy(act, { server: this.server, key, stillIds })) {
      this.undone.set(`${key} ${sha1}`, assetId);
    }
  }

  async #anyAlbum(): Promise<{ key: string; album: AlbumJson | undefined }> {
    const key = this.server.key(this.random.next() < 0.5 ? 0 : 1);
    const albums = ((await this.server.byHand(key, 'GET', '/albums')) as AlbumJson[]).filter(({ description }) =>
      description?.includes('Kept by Homeroll'),
    );
    return { key, album: albums[Math.floor(this.random.next() * albums.length)] };
  }
}

interface AlbumJson {
  readonly id: string;
  readonly albumName: string;
  readonly description: string;
}

interface Found {
  readonly assets: { readonly items: readonly { readonly id: string }[] };
}

interface Presence {
  readonly results: readonly { readonly assetId?: string }[];
}

export function show(path: PathBytes): string {
  return JSON.stringify(path.toString('utf8'));
}
