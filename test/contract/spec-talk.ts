/** Has the client say everything it can say, and writes down each call as it went over the transport. */
import { createHash } from 'node:crypto';
import type { Sha1 } from '../../src/domain/index.ts';
import { connect, firstMembersPage, type Immich, type ImmichTransport, type Upload } from '../../src/immich/index.ts';
import { silentLog, systemClock, systemIds, systemRandom } from '../../src/kernel/index.ts';
import { jpeg } from './suite/kit/jpeg.ts';

export interface Server {
  readonly url: string;
  readonly key: string;
}

export interface Exchange {
  /** The client's method that made it. */
  readonly by: keyof Immich;
  readonly method: string;
  /** `/api/…?query` */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  readonly status: number;
  readonly answerType: string;
  readonly answer: Buffer;
}

/** @param exchanges is told of each as it ends, so that whoever cleans up knows what was made when the talk broke off */
export async function talk(transport: ImmichTransport, { url, key }: Server, exchanges: Exchange[]): Promise<void> {
  let by: keyof Immich = 'ping';
  const recording: ImmichTransport = {
    close: () => transport.close(),
    async send(request, signal) {
      const body = request.body ? await gather(request.body.chunks()) : undefined;
      const { status, headers, body: said } = await transport.send(request, signal);
      const answer = await gather(said);
      const { method, path } = request;
      exchanges.push({ by, method, path, headers: request.headers, body, status, answerType: headers['content-type'] ?? '', answer });
      return { status, headers, body: chunked(answer) };
    },
  };
  const limits = { questions: 1, uploads: 1, proofs: 1 };
  const ports = { clock: systemClock, random: systemRandom, ids: systemIds, log: silentLog };
  const immich = connect({ url, key, transport: recording, userAgent: 'homeroll/spec', limits, ...ports });
  const ask = <T>(name: keyof Immich, call: () => Promise<T>): Promise<T> => {
    by = name;
    return call();
  };
  await sayEverything(immich, ask);
}

async function sayEverything(immich: Immich, ask: <T>(name: keyof Immich, call: () => Promise<T>) => Promise<T>): Promise<void> {
  const signal = AbortSignal.timeout(60_000);
  await ask('ping', () => immich.ping(signal));
  await ask('serverVersion', () => immich.serverVersion(signal));
  await ask('mediaTypes', () => immich.mediaTypes(signal));
  await ask('serverConfig', () => immich.serverConfig(signal));
  await ask('me', () => immich.me(signal));
  await ask('keyPermissions', () => immich.keyPermissions(signal));

  const video = await ask('upload', () => immich.upload(picture('v', { fileName: 'spec.mov', isHidden: true }), signal));
  const sidecar = { fileName: 'spec.xmp', bytes: Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>') };
  const whole = picture('s', { isFavorite: true, livePhotoVideoId: video.assetId, sidecar });
  const still = await ask('upload', () => immich.upload(whole, signal));
  await ask('upload', () => immich.upload(whole, signal));
  await ask('checkPresence', () => immich.checkPresence([whole.sha1, 'f'.repeat(40) as Sha1], signal));
  await ask('readBack', () => immich.readBack(still.assetId, signal));
  await ask('fetchAsset', () => immich.fetchAsset(still.assetId, signal));
  await ask('smallPicture', () => immich.smallPicture(still.assetId, 200_000, signal));
  await ask('findByName', () => immich.findByName('spec.jpg', signal));
  await ask('linkMotion', () => immich.linkMotion(still.assetId, video.assetId, signal));
  await ask('unlinkMotion', () => immich.unlinkMotion(still.assetId, signal));
  await ask('show', () => immich.show(still.assetId, signal));
  await ask('restore', () => immich.restore([still.assetId], signal));

  const { albumId } = await ask('createAlbum', () => immich.createAlbum({ name: 'Homeroll spec', description: 'a' }, signal));
  await ask('addToAlbum', () => immich.addToAlbum(albumId, [still.assetId], signal));
  await ask('addToAlbum', () => immich.addToAlbum(albumId, [still.assetId], signal));
  await ask('albumMembers', () => immich.albumMembers(albumId, firstMembersPage, signal));
  await ask('updateAlbum', () => immich.updateAlbum(albumId, { name: 'Homeroll spec 2', description: 'b' }, signal));
  await ask('listAlbums', () => immich.listAlbums(signal));
  await ask('fetchAlbum', () => immich.fetchAlbum(albumId, signal));
  const [tagId] = await ask('upsertTags', () => immich.upsertTags(['homeroll-spec'], signal));
  if (tagId) await ask('tagAssets', () => immich.tagAssets(tagId, [still.assetId], signal));
  await ask('deleteAlbum', () => immich.deleteAlbum(albumId, signal));
  await ask('erase', () => immich.erase(still.assetId, signal));
}

/** Other bytes each time, so that an asset left over by a broken run is not met again. */
const salt = systemIds.uuid();

function picture(text: string, change: Partial<Upload>): Upload {
  // One that can be drawn: its preview is asked for, too.
  const bytes = jpeg({ stamp: `${text} ${salt}` });
  const sha1 = createHash('sha1').update(bytes).digest('hex') as Sha1;
  const dates = { createdAtMs: 1.5e12, modifiedAtMs: 1.6e12 };
  return { sha1, sizeBytes: bytes.length, fileName: 'spec.jpg', ...dates, content: () => chunked(bytes), ...change };
}

async function* chunked(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const gathered: Uint8Array[] = [];
  for await (const chunk of chunks) gathered.push(chunk);
  return Buffer.concat(gathered);
}
