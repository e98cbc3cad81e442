/** What a case has in hand: two users and a stranger, pictures of its own, and short words for what every case does. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { mostPicturesPerCase } from './contract-case.ts';
import { answers, type Dialect, matches, pickText, refuses, refusesField, type Shape, uuid } from './expect.ts';
import { type Fields, uploadForm } from './form.ts';
import { makeDatedPhoto, makeLargePhoto, makePicture, type Picture, type PictureKind } from './pictures.ts';
import type { Answer, Client } from './wire.ts';

/** Three connections to one server. */
export interface Household {
  readonly dialect: Dialect;
  /** The first key's user. */
  readonly anna: Client;
  /** The second key's user. */
  readonly ben: Client;
  /** Somebody without a key. */
  readonly stranger: Client;
  /** Somebody with this key. */
  withKey(key: string): Client;
  readonly signal: AbortSignal;
  /** How long a server may take over work that it does later (jobs). */
  readonly patienceMs: number;
}

export interface Upload {
  readonly as?: Client;
  readonly fields?: Fields;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OriginalWish {
  readonly as?: Client;
  readonly method?: 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
}

export interface World extends Household {
  /** Begins every name that this case makes. */
  readonly stem: string;
  picture(kind: PictureKind): Picture;
  datedPhoto(taken: { readonly at: string; readonly offset: string }): Picture;
  largePhoto(leastBytes: number): Picture;
  /** Sends a picture in the usual form and gives back whatever came. */
  upload(picture: Picture, upload?: Upload): Promise<Answer>;
  /** Uploads a picture that the server does not know yet. @returns its asset id */
  store(picture: Picture, upload?: Upload): Promise<string>;
  /** Makes an album named after the case. @returns its id */
  createAlbum(fields?: Readonly<Record<string, unknown>>): Promise<string>;
  /** A client of Anna's whose key may do these things only. */
  limitedTo(...permissions: readonly string[]): Promise<Client>;
  /** Asks for an original. While Immich moves a new file to where its storage template wants it, there is none for a moment. */
  original(id: string, wish?: OriginalWish): Promise<Answer>;
  /** Holds an asset to a shape, as its owner sees it. */
  assetIs(id: string, shape: Shape): Promise<void>;
  /** Asks bulk-upload-check about one picture. */
  presenceOf(picture: Picture, as?: Client): Promise<Answer>;
  refuses(answer: Answer, status: number, message: string): void;
  refusesField(answer: Answer, field: string): void;
  /** Picks what this version is expected to do. */
  perDialect<Two, Three>(due: { readonly 2: Two; readonly 3: Three }): Two | Three;
  /** Looks again until `look` does not throw, or patience is at its end. */
  eventually(look: () => Promise<void>): Promise<void>;
}

/** @param stem begins every name that this world makes */
export function openWorld(household: Household, stem: string): World {
  const { anna, dialect, signal, patienceMs } = household;
  let pictures = 0;
  const nextStem = (): string => {
    pictures += 1;
    assert.ok(pictures <= mostPicturesPerCase, `a case makes ${mostPicturesPerCase} pictures at most, so that the sweep finds them all`);
    return `${stem}-${pictures}`;
  };

  const upload = (picture: Picture, { as = anna, fields, headers }: Upload = {}): Promise<Answer> =>
    as.send({ method: 'POST', path: '/api/assets', parts: uploadForm(picture, fields), ...(headers ? { headers } : {}) });

  return {
    ...household,
    stem,
    picture: (kind) => makePicture(kind, nextStem()),
    datedPhoto: (taken) => makeDatedPhoto(nextStem(), taken),
    largePhoto: (leastBytes) => makeLargePhoto(nextStem(), leastBytes),
    upload,
    async store(picture, wish) {
      const answer = await upload(picture, wish);
      answers(answer, 201, { id: uuid, status: 'created' });
      return pickText(answer.json, 'id');
    },
    async createAlbum(fields = {}) {
      const answer = await anna.post('/api/albums', { albumName: stem, ...fields });
      answers(answer, 201, { id: uuid });
      return pickText(answer.json, 'id');
    },
    async limitedTo(...permissions) {
      const answer = await anna.post('/api/api-keys', { name: stem, permissions });
      answers(answer, 201);
      return household.withKey(pickText(answer.json, 'secret'));
    },
    async original(id, { as = anna, method = 'GET', headers = {} } = {}) {
      const ask = async (): Promise<Answer> => {
        const answer = await as.send({ method, path: `/api/assets/${id}/original`, headers });
        assert.ok(answer.status !== 404 && answer.status !== 500, `the original is not there: ${answer.status} ${answer.body}`);
        return answer;
      };
      return await lookAgain(ask, patienceMs, signal);
    },
    async assetIs(id, shape) {
      const answer = await anna.get(`/api/assets/${id}`);
      answers(answer, 200);
      matches(answer.json, shape, 'the asset');
    },
    presenceOf: (picture, as = anna) =>
      as.post('/api/assets/bulk-upload-check', { assets: [{ id: 'the picture', checksum: picture.sha1 }] }),
    refuses: (answer, status, message) => refuses(answer, { status, message, dialect }),
    refusesField: (answer, field) => refusesField(answer, field, dialect),
    perDialect: (due) => due[dialect],
    eventually: (look) => lookAgain(look, patienceMs, signal),
  };
}

/** Looks until `look` does not throw. @throws its last error after `patienceMs` */
export async function lookAgain<T>(look: () => Promise<T>, patienceMs: number, signal: AbortSignal): Promise<T> {
  const until = Date.now() + patienceMs;
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > until || signal.aborted) throw error;
    }
    await sleep(pauseMs, undefined, { signal });
  }
}
