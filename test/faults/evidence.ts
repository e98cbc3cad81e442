/** The facts of a household after a fault: its disk, its Immich down to the stored bytes, its journal, its news. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileLine, listFiles } from '../../src/desk/index.ts';
import { type News, openJournal } from '../../src/journal/index.ts';
import { ImmichByHand } from '../journeys/immich-by-hand.ts';

/** Where the facts lie. */
export interface Scene {
  readonly url: string;
  readonly users: readonly { readonly id: string; readonly name: string; readonly key: string }[];
  /** Of the practice Immich. */
  readonly dataDir: string;
  /** One for each Homeroll that works here. */
  readonly stateDirs: readonly string[];
  /** `account` as in the configuration: a user's name in small letters. */
  readonly sources: readonly { readonly name: string; readonly folder: string; readonly account: string }[];
}

/** `path` is absolute, its bytes read as latin1: so every name has one, and no two share one. */
export interface DiskFile {
  readonly path: string;
  readonly account: string;
  readonly sha1: string;
}

export interface KnownFile extends Omit<FileLine, 'path' | 'pathBase64' | 'awaitsAnswerSince'> {
  readonly path: string;
}

export interface StoredAsset {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  /** Of the bytes in the server's store. */
  readonly storedSha1: string;
  readonly isTrashed: boolean;
  readonly visibility: string;
  readonly livePhotoVideoId: string | null;
  readonly tags: readonly string[];
  /** Of the picture: what its sidecar says. */
  readonly description: string;
}

export interface Evidence {
  readonly onDisk: readonly DiskFile[];
  readonly known: readonly KnownFile[];
  readonly assets: readonly StoredAsset[];
  readonly albums: readonly {
    readonly account: string;
    readonly name: string;
    readonly description: string;
    readonly memberIds: readonly string[];
  }[];
  readonly news: readonly Pick<News, 'id' | 'teller' | 'kind' | 'text' | 'facts'>[];
}

export async function gather(scene: Scene): Promise<Evidence> {
  const accounts = await Promise.all(scene.users.map((user) => accountOf(user, scene)));
  const files = await Promise.all(
    scene.sources.map(async ({ folder, account }) =>
      (await mediaBelow(Buffer.from(folder)))
        .filter(isNotThrownAway)
        .map(async (path) => ({ path: path.toString('latin1'), account, sha1: await sha1Of(path) })),
    ),
  );
  const journals = scene.stateDirs.map((stateDir) => journalOf(stateDir, scene));
  return {
    onDisk: await Promise.all(files.flat()),
    known: journals.flatMap(({ known }) => known),
    assets: accounts.flatMap(({ assets }) => assets),
    albums: accounts.flatMap(({ albums }) => albums),
    news: journals.flatMap(({ news }) => news),
  };
}

async function accountOf(user: Scene['users'][number], { url, dataDir }: Scene): Promise<Pick<Evidence, 'assets' | 'albums'>> {
  const immich = new ImmichByHand(url, user.key);
  const account = user.name.toLowerCase();
  const assets: StoredAsset[] = [];
  for (const asset of [...(await immich.assets()), ...(await immich.trashed())]) {
    const storedSha1 = await sha1Of(join(dataDir, 'originals', user.id, asset.id));
    const { id, originalFileName: name, isTrashed, visibility, livePhotoVideoId } = asset;
    const words = await immich.wordsOn(asset);
    assets.push({ id, account, name, storedSha1, isTrashed, visibility, livePhotoVideoId, ...words });
  }
  const albums = await Promise.all(
    (await immich.albums()).map(async ({ id, albumName, description }) => ({
      account,
      name: albumName,
      description,
      memberIds: await immich.memberIds(id),
    })),
  );
  return { assets, albums };
}

function journalOf(stateDir: string, { sources }: Scene): Pick<Evidence, 'known' | 'news'> {
  if (!existsSync(join(stateDir, 'journal.sqlite'))) return { known: [], news: [] };
  const journal = openJournal(stateDir, { durability: 'NORMAL', isReadOnly: true });
  try {
    const lines = listFiles(journal, { sources: sources.map(({ name }) => name) });
    const known = [...lines].map(({ path, pathBase64, awaitsAnswerSince: _, ...line }) => ({
      ...line,
      path: (pathBase64 === undefined ? Buffer.from(path) : Buffer.from(pathBase64, 'base64')).toString('latin1'),
    }));
    return { known, news: journal.outbox.all() };
  } finally {
    journal.close();
  }
}

const media = /\.(jpe?g|png|heic|webp|gif|mp4|mov|cr2|dng)$/i;

/** What somebody threw away is nobody's loss. */
const isNotThrownAway = (path: Buffer): boolean => !path.includes('/.recycle/');

/** Non-empty files that Immich takes. Links are not followed; what cannot be listed is empty. */
async function mediaBelow(folder: Buffer): Promise<readonly Buffer[]> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = Buffer.concat([folder, Buffer.from('/'), entry.name]);
      if (entry.isDirectory()) return mediaBelow(path);
      return entry.isFile() && media.test(entry.name.toString('latin1')) ? [path] : [];
    }),
  );
  return found.flat();
}

function sha1Of(path: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha1');
    createReadStream(path)
      .on('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve('nothing') : reject(error)))
      .on('data', (chunk) => hash.update(chunk))
      .on('end', () => resolve(hash.digest('hex')));
  });
}
