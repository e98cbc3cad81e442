/** What Homeroll asks of Immich, in its own words: one account, one method per question. Adapters and decorators share this shape. */
import type { AlbumId, AssetId, Kind, Sha1, TagId, UserId } from '../domain/index.ts';

/**
 * Every method rejects with an ImmichError when Immich refuses, is away or speaks nonsense, and with the signal's reason when aborted.
 */
export interface Immich {
  /** Resolves when Immich answers at all, within seconds; needs no key. */
  ping(signal: AbortSignal): Promise<void>;
  serverVersion(signal: AbortSignal): Promise<ServerVersion>;
  /** What Immich takes, by extension in lower case with its dot. */
  mediaTypes(signal: AbortSignal): Promise<ReadonlyMap<string, Kind>>;
  serverConfig(signal: AbortSignal): Promise<ServerConfig>;
  me(signal: AbortSignal): Promise<Me>;
  /** What the key may do: `['all']` or names such as `asset.upload`. Works with any key. */
  keyPermissions(signal: AbortSignal): Promise<readonly string[]>;

  /** One answer per SHA-1, in order. Also archived, hidden and locked assets are present. */
  checkPresence(sha1s: readonly Sha1[], signal: AbortSignal): Promise<readonly Presence[]>;
  /**
   * Never sent twice by itself. After any failure with `mayBeStored`, ask `checkPresence` before sending again.
   * @throws what `content` throws, as it was: the connection is broken and Immich stores nothing
   */
  upload(upload: Upload, signal: AbortSignal): Promise<Stored>;
  /**
   * Reads the original back and hashes it; costs its whole size on the wire. Rejects as `not found` when there is none.
   * @param onBytes hears that more of it came
   */
  readBack(assetId: AssetId, signal: AbortSignal, onBytes?: () => void): Promise<Proof>;
  /** `absent`: unknown, erased, another user's, or moved to the locked folder, which no key can see (`checkPresence` still knows it). */
  fetchAsset(assetId: AssetId, signal: AbortSignal): Promise<Asset | 'absent'>;
  /** What a screen shows of it, in at most `mostBytes`. `none`: not drawn yet, too large, or of another type. Needs `asset.view`. */
  smallPicture(assetId: AssetId, mostBytes: number, signal: AbortSignal): Promise<SmallPicture | 'none'>;
  /**
   * Own assets of exactly this name that the timeline shows, at most a hundred. The one way to meet what lies in an external library:
   * those are not known by their bytes.
   */
  findByName(fileName: string, signal: AbortSignal): Promise<readonly NamedAsset[]>;
  /** Makes the video the moving half of the still; the video is hidden from the timeline. */
  linkMotion(stillId: AssetId, videoId: AssetId, signal: AbortSignal): Promise<void>;
  /** Parts a still from its video, which the timeline then shows. A still that has none stays as it is. */
  unlinkMotion(stillId: AssetId, signal: AbortSignal): Promise<void>;
  /** Shows in the timeline what was sent hidden. */
  show(assetId: AssetId, signal: AbortSignal): Promise<void>;
  /** Out of the trash. One unknown id refuses the call; an asset that is not in the trash does no harm. */
  restore(assetIds: readonly AssetId[], signal: AbortSignal): Promise<void>;
  /**
   * For good, past the trash; a still takes its video along, so part them first. Only what is damaged in Immich, intact on disk, and to
   * be sent again on the owner's word is ever erased. Rejects as `not found` when it is gone already.
   */
  erase(assetId: AssetId, signal: AbortSignal): Promise<void>;
  /** Whether what is removed lies in a trash for a while. Where it does not, nothing may be moved there. */
  hasTrash(signal: AbortSignal): Promise<boolean>;
  /** What somebody did with it in Immich. `absent` as with `fetchAsset`. */
  fetchTraces(assetId: AssetId, signal: AbortSignal): Promise<AssetTraces | 'absent'>;
  /** Into the trash, never past it. */
  moveToTrash(assetId: AssetId, signal: AbortSignal): Promise<void>;

  /** Own albums and those shared with this account. */
  listAlbums(signal: AbortSignal): Promise<readonly Album[]>;
  /** `absent`: deleted, or no longer shared with us. */
  fetchAlbum(albumId: AlbumId, signal: AbortSignal): Promise<Album | 'absent'>;
  /** Names need not be unique: asking twice makes two. */
  createAlbum(plan: AlbumText, signal: AbortSignal): Promise<Album>;
  updateAlbum(albumId: AlbumId, change: Partial<AlbumText>, signal: AbortSignal): Promise<void>;
  /** The album only, never its pictures. */
  deleteAlbum(albumId: AlbumId, signal: AbortSignal): Promise<void>;
  /** One answer per asset, in order. Rejects as `not found` when the album is gone. */
  addToAlbum(albumId: AlbumId, assetIds: readonly AssetId[], signal: AbortSignal): Promise<readonly AlbumEntry[]>;
  /**
   * Timeline, then archive, a page at a time. Immich orders by date, and between equal dates a page may repeat one asset and miss
   * another: never conclude from one listing that something is missing. An album that is gone is empty (2) or `not found` (3).
   */
  albumMembers(albumId: AlbumId, page: MembersPage, signal: AbortSignal): Promise<Members>;

  /** Makes what is missing; one id per value, in order. `a/b` is a tag `b` below `a`. */
  upsertTags(values: readonly string[], signal: AbortSignal): Promise<readonly TagId[]>;
  /** Tagging again does no harm. @returns how many were newly tagged; assets out of reach are left out silently */
  tagAssets(tagId: TagId, assetIds: readonly AssetId[], signal: AbortSignal): Promise<number>;
}

export type Dialect = '2' | '3';

export interface ServerVersion {
  /** `3.1.0` */
  readonly version: string;
  readonly dialect: Dialect;
  /** False for a version outside those this dialect was checked against: worth a line of `doctor`. */
  readonly isKnown: boolean;
}

export interface ServerConfig {
  readonly isInMaintenance: boolean;
}

export interface Me {
  readonly userId: UserId;
  readonly name: string;
  readonly isAdmin: boolean;
  /** Undefined: no limit. */
  readonly quotaSizeBytes: number | undefined;
  readonly quotaUsedBytes: number;
}

export type Presence = { readonly kind: 'absent' } | { readonly kind: 'present'; readonly assetId: AssetId; readonly isTrashed: boolean };

export interface Upload {
  readonly sha1: Sha1;
  readonly sizeBytes: number;
  readonly fileName: string;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
  /** A live photo's video, before its still is there. */
  readonly isHidden?: boolean;
  readonly isFavorite?: boolean;
  readonly livePhotoVideoId?: AssetId;
  readonly sidecar?: { readonly fileName: string; readonly bytes: Uint8Array };
  /**
   * The file's bytes, in chunks of 256 KiB to 1 MiB, asked for once. Nothing is read ahead and the form is closed only after the
   * last: a caller that holds back its last chunk until the file was seen to be unchanged can still throw, and nothing is stored.
   */
  content(): AsyncIterable<Uint8Array>;
  /** How long to wait for the answer once all has left; left out: as long as any file may take. */
  readonly patienceMs?: number;
  /** Hears that all has left, and that only the answer is missing. */
  readonly onSent?: () => void;
}

export interface Stored {
  readonly assetId: AssetId;
  /** Immich had these bytes already and dropped ours, sidecar and dates with them; the asset may lie in the trash. */
  readonly isDuplicate: boolean;
  /** How long the answer took once all had left; left out: nobody measured it. */
  readonly waitedMs?: number;
}

export interface Proof {
  readonly sha1: Sha1;
  readonly sizeBytes: number;
}

export interface Asset {
  readonly assetId: AssetId;
  readonly ownerId: UserId;
  /** What Immich noted of the bytes it received. For an asset of an external library this is not a hash of its bytes. */
  readonly sha1: Sha1;
  readonly isExternal: boolean;
  readonly isTrashed: boolean;
  /** `timeline`, `archive`, `hidden` or `locked`. */
  readonly visibility: string;
  readonly livePhotoVideoId: AssetId | undefined;
  readonly originalFileName: string;
}

/** What is done by hand in Immich, or comes along with a file's own metadata (tags, description, rating). */
export interface AssetTraces {
  readonly isFavorite: boolean;
  /** Archived, or hidden. */
  readonly isArchived: boolean;
  /** Cropped or turned in Immich. */
  readonly isEdited: boolean;
  readonly isLivePhoto: boolean;
  readonly isStacked: boolean;
  /** A link of its own leads to it. */
  readonly isLinked: boolean;
  readonly albumIds: readonly AlbumId[];
  readonly tagIds: readonly TagId[];
  readonly description: string;
  readonly rating: number | undefined;
}

export interface SmallPicture {
  readonly type: 'image/jpeg' | 'image/png';
  readonly bytes: Buffer;
}

export interface NamedAsset {
  readonly assetId: AssetId;
  /** Undefined until Immich has looked into the file. */
  readonly sizeBytes: number | undefined;
  readonly isExternal: boolean;
}

export interface AlbumText {
  readonly name: string;
  readonly description: string;
}

export interface Album extends AlbumText {
  readonly albumId: AlbumId;
  readonly ownerId: UserId;
  readonly isOwned: boolean;
  /** With other users or by a link. */
  readonly isShared: boolean;
  readonly assetCount: number;
  /** By the server's clock, which may be off. */
  readonly createdAtMs: number;
  /** By the server's clock both times, when it told the time along with its answer. */
  readonly ageMs?: number;
}

export type AlbumEntry =
  | { readonly kind: 'added' }
  | { readonly kind: 'already' }
  /** `reason` is Immich's word: `no_permission` stands for an asset that is gone, too. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface MembersPage {
  readonly visibility: 'timeline' | 'archive';
  readonly number: number;
}

export const firstMembersPage: MembersPage = { visibility: 'timeline', number: 1 };

export interface Members {
  readonly assetIds: readonly AssetId[];
  readonly next: MembersPage | undefined;
}
