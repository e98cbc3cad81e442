/** Questions and orders about assets: check, upload, read back, link, restore, erase. */
import { createHash } from 'node:crypto';
import { type Sha1, sha1, type UserId } from '../domain/index.ts';
import { garbage } from './answer-failures.ts';
import * as answers from './answers.ts';
import { absentWhenNotFound, ask, askDated, askFor, type Caller, json, named, order } from './ask.ts';
import { ImmichError } from './failures.ts';
import type { Immich, Presence } from './immich.ts';
import { smallPicture } from './small-picture.ts';
import { fetchTraces } from './traces.ts';
import type { ImmichResponse } from './transport.ts';
import { uploadForm } from './upload-form.ts';

type AssetCalls = Pick<
  Immich,
  | 'checkPresence'
  | 'upload'
  | 'readBack'
  | 'fetchAsset'
  | 'smallPicture'
  | 'findByName'
  | 'linkMotion'
  | 'unlinkMotion'
  | 'show'
  | 'restore'
  | 'erase'
  | 'fetchTraces'
  | 'moveToTrash'
>;

interface Known {
  myId(signal: AbortSignal): Promise<UserId>;
}

// Immich looks all of them up in one SQL list: 65,000 are a 500, and its own tool sends 5,000.
const mostChecksums = 5_000;
const mostIds = 1_000;
// Immich hashes, moves and records a large film first.
const longestAnswerMs = 900_000;
const mostNamesakes = 100;

export function assetCalls(caller: Caller, known: Known): AssetCalls {
  return {
    async checkPresence(sha1s, signal) {
      const presences: Presence[] = [];
      for (const some of inPieces(sha1s, mostChecksums)) presences.push(...(await checkSome(caller, some, signal)));
      return presences;
    },

    async upload(upload, signal) {
      const { contentType, body } = uploadForm(upload);
      // With the checksum in the head Immich answers "duplicate" before it has read the file. It never compares it with the bytes.
      const headers = { 'Content-Type': contentType, 'x-immich-checksum': upload.sha1 };
      const { patienceMs = longestAnswerMs, onSent } = upload;
      const question = {
        method: 'POST',
        path: '/api/assets',
        headers,
        body,
        patienceMs,
        ...(onSent && { onSent }),
      };
      const { said, waitedMs } = await askDated(caller, answers.stored, question, signal);
      return { ...said, ...(waitedMs !== undefined && { waitedMs }) };
    },

    async readBack(assetId, signal, onBytes) {
      // What a cache on the way still has proves nothing about Immich; what it compressed has another hash.
      const headers = { Accept: '*/*', 'Cache-Control': 'no-cache', 'Accept-Encoding': 'identity' };
      const answer = await ask(caller, { method: 'GET', path: `/api/assets/${assetId}/original`, headers }, signal);
      const oddity = notAnOriginal(answer);
      if (oddity !== undefined) {
        for await (const _ of answer.body) break;
        throw garbage(oddity, caller.url);
      }
      const hash = createHash('sha1');
      let sizeBytes = 0;
      await named(caller, async () => {
        for await (const chunk of answer.body) {
          hash.update(chunk);
          sizeBytes += chunk.length;
          onBytes?.();
        }
      });
      const encoding = answer.headers['content-encoding'] ?? 'identity';
      if (encoding !== 'identity') throw garbage(`an original sent as ${encoding}`, caller.url);
      const promisedBytes = answer.headers['content-length'];
      if (promisedBytes !== undefined && Number(promisedBytes) !== sizeBytes) {
        throw new ImmichError('unclear', `The connection to Immich (${caller.url}) ended in the middle of a picture.`);
      }
      return { sha1: sha1(hash.digest('hex')), sizeBytes };
    },

    async fetchAsset(assetId, signal) {
      return absentWhenNotFound(askFor(caller, answers.asset, { method: 'GET', path: `/api/assets/${assetId}` }, signal));
    },

    smallPicture: (assetId, mostBytes, signal) => smallPicture(caller, { assetId, mostBytes }, signal),

    async findByName(fileName, signal) {
      // Any part of a name in either case is found, and what partners show in our timeline too.
      const wanted = { originalFileName: fileName, visibility: 'timeline', withExif: true, size: mostNamesakes };
      const found = await askFor(caller, answers.namedAssets, json('POST', '/api/search/metadata', wanted), signal);
      const myId = await known.myId(signal);
      return found.filter(({ ownerId, name }) => ownerId === myId && name === fileName).map(({ asset }) => asset);
    },

    linkMotion: (stillId, videoId, signal) => order(caller, json('PUT', `/api/assets/${stillId}`, { livePhotoVideoId: videoId }), signal),

    unlinkMotion: (stillId, signal) => order(caller, json('PUT', `/api/assets/${stillId}`, { livePhotoVideoId: null }), signal),

    show: (assetId, signal) => order(caller, json('PUT', `/api/assets/${assetId}`, { visibility: 'timeline' }), signal),

    async restore(assetIds, signal) {
      for (const ids of inPieces(assetIds, mostIds)) await order(caller, json('POST', '/api/trash/restore/assets', { ids }), signal);
    },

    erase: (assetId, signal) => order(caller, json('DELETE', '/api/assets', { ids: [assetId], force: true }), signal),

    fetchTraces: (assetId, signal) => fetchTraces(caller, assetId, signal),

    moveToTrash: (assetId, signal) => order(caller, json('DELETE', '/api/assets', { ids: [assetId], force: false }), signal),
  };
}

/** Whatever these bytes are, they are no other picture than ours: a part of it, or the page of somebody in between. */
function notAnOriginal({ status, headers }: ImmichResponse): string | undefined {
  if (status !== 200) return `a picture answered with ${status}`;
  const type = headers['content-type'] ?? '';
  return /^text\/html\b/i.test(type) ? `a picture answered as ${type}` : undefined;
}

async function checkSome(caller: Caller, sha1s: readonly Sha1[], signal: AbortSignal): Promise<Presence[]> {
  const assets = sha1s.map((checksum, at) => ({ id: String(at), checksum }));
  const presences = await askFor(caller, answers.presences, json('POST', '/api/assets/bulk-upload-check', { assets }), signal);
  return assets.map(({ id }) => {
    const presence = presences.get(id);
    if (!presence) throw garbage('a check that leaves out a file', caller.url);
    return presence;
  });
}

/** No piece is empty: an empty list is a 500 to some questions. */
export function* inPieces<T>(whole: readonly T[], most: number): Generator<readonly T[]> {
  for (let at = 0; at < whole.length; at += most) yield whole.slice(at, at + most);
}
