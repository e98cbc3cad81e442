/** Removes whatever the suite made, in this run or in one that was interrupted, and says when nothing of it is left. */
import { type ContractGroup, mostPicturesPerCase, stemOf, stemPrefix } from './contract-case.ts';
import { list, pick } from './expect.ts';
import { makePicture, pictureKinds } from './pictures.ts';
import type { Client } from './wire.ts';
import { type Household, lookAgain } from './world.ts';

// What the official client asks for at once (facts/immich.md §4).
const checksumsPerQuestion = 5000;

/** SHA-1 of every picture that the cases can make: their bytes are the same in every run. */
function ourChecksums(groups: readonly ContractGroup[]): string[] {
  const stems = groups.flatMap(({ name: group, cases }) => cases.map(({ name }) => stemOf(group, name)));
  const numbers = Array.from({ length: mostPicturesPerCase }, (_, index) => index + 1);
  return stems.flatMap((stem) => numbers.flatMap((number) => pictureKinds.map((kind) => makePicture(kind, `${stem}-${number}`).sha1)));
}

/** @throws when something is still there after the household's patience: the names of what is left */
export async function sweep(household: Household, groups: readonly ContractGroup[]): Promise<void> {
  const checksums = ourChecksums(groups);
  for (const client of [household.anna, household.ben]) {
    const { json: me } = await client.get('/api/users/me');
    // Assets before tags: a late metadata job of an asset would make its tags again.
    for (const find of [findAlbums, (from: Client) => findAssets(from, checksums, pick(me, 'id')), findTags, findKeys]) {
      await lookAgain(
        async () => {
          const found = await find(client);
          if (found.names.length === 0) return;
          await found.remove();
          throw new Error(leftBehind(found));
        },
        // Hundreds of files, one job after another.
        household.patienceMs * 5,
        household.signal,
      );
    }
  }
}

interface Leavings {
  readonly names: readonly string[];
  remove(): Promise<void>;
}

function leftBehind({ names }: Leavings): string {
  const shown = names.slice(0, 5).join(', ');
  return `left behind: ${shown}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
}

async function findAssets(client: Client, checksums: readonly string[], ownerId: unknown): Promise<Leavings> {
  const ids = [...new Set([...(await idsByBytes(client, checksums)), ...(await idsByName(client, ownerId))])];
  const erase = (some: readonly string[]) => client.remove('/api/assets', { ids: some, force: true });
  return {
    names: ids.map((id) => `asset ${id}`),
    async remove() {
      // Together, because each order starts a job of its own; but one that is gone by now refuses them all.
      const { status } = await erase(ids);
      if (status !== 204) for (const id of ids) await erase([id]);
    },
  };
}

async function idsByBytes(client: Client, checksums: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < checksums.length; from += checksumsPerQuestion) {
    const assets = checksums.slice(from, from + checksumsPerQuestion).map((checksum) => ({ id: checksum, checksum }));
    const answer = await client.post('/api/assets/bulk-upload-check', { assets });
    ids.push(...textsAt(list(pick(answer.json, 'results')), 'assetId'));
  }
  return ids;
}

/** For pictures whose bytes are not in the list: large ones, dated ones, the empty file. */
async function idsByName(client: Client, ownerId: unknown): Promise<string[]> {
  const ids: string[] = [];
  for (const visibility of ['timeline', 'archive', 'hidden']) {
    const answer = await client.post('/api/search/metadata', { originalFileName: stemPrefix, visibility, withDeleted: true, size: 1000 });
    // The search takes `_` and `%` in its pattern, may take more one day, and shows what partners share: what is not ours stays.
    const ours = list(pick(answer.json, 'assets/items')).filter(
      (asset) => String(pick(asset, 'originalFileName')).includes(stemPrefix) && pick(asset, 'ownerId') === ownerId,
    );
    ids.push(...textsAt(ours, 'id'));
  }
  return ids;
}

async function findAlbums(client: Client): Promise<Leavings> {
  return await findNamed(client, '/api/albums', 'albumName');
}

async function findTags(client: Client): Promise<Leavings> {
  return await findNamed(client, '/api/tags', 'value');
}

async function findKeys(client: Client): Promise<Leavings> {
  // Somebody may well name the keys for this suite after it.
  const inUse = pick((await client.get('/api/api-keys/me')).json, 'id');
  return await findNamed(client, '/api/api-keys', 'name', inUse);
}

async function findNamed(client: Client, path: string, nameKey: string, exceptId?: unknown): Promise<Leavings> {
  const answer = await client.get(path);
  const ours = list(answer.json).filter(
    (one) => String(pick(one, nameKey)).toLowerCase().startsWith(stemPrefix) && pick(one, 'id') !== exceptId,
  );
  return {
    names: ours.map((one) => `${path.replace('/api/', '')} ${String(pick(one, nameKey))}`),
    async remove() {
      for (const one of ours) await client.remove(`${path}/${String(pick(one, 'id'))}`);
    },
  };
}

function textsAt(entries: readonly unknown[], key: string): string[] {
  return entries.map((entry) => pick(entry, key)).filter((found) => typeof found === 'string');
}
