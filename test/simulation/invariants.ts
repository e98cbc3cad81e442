/** What must be true of a household, whatever happened. Each finding is a sentence about something that went wrong. */
import { createHash } from 'node:crypto';
import { countedAs, isAtRest, isDone, numbersOf, type State } from '../../src/domain/index.ts';
import { isIgnoredPath } from '../../src/files/index.ts';
import { findByPath, pathOf } from '../../src/pipeline/index.ts';
import { show, type World } from './world.ts';

const wantedExtensions = /\.(jpg|png|heic|mp4|webp|mov|cr2)$/i;

const sha1Of = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('hex');

/** True at every moment. */
export function findLies(world: World): string[] {
  const { journal } = world.life;
  const findings: string[] = [];
  const counts = new Map<State, number>();
  for (const source of journal.sources.all()) {
    for (const page of journal.files.pages(source.id, undefined, 500)) {
      for (const file of page) {
        if (file.role === 'main') counts.set(file.state, (counts.get(file.state) ?? 0) + 1);
        if (countedAs(file.state) === 'safe' && !world.server.servedWhole.has(`${file.assetId} ${file.sha1}`)) {
          findings.push(`${show(pathOf(file, journal))} is called safe, but Immich never gave those bytes back`);
        }
      }
    }
  }
  const counted = numbersOf([...counts].map(([state, count]) => ({ state, count })));
  const tallied = numbersOf(journal.tally.all().map(({ state, files }) => ({ state, count: files })));
  if (JSON.stringify(counted) !== JSON.stringify(tallied))
    findings.push(`the numbers ${JSON.stringify(tallied)} are not what a count finds ${JSON.stringify(counted)}`);
  return findings;
}

/** True when faults stopped and everything had time to come to rest. */
export async function findLosses(world: World): Promise<string[]> {
  const findings: string[] = [];
  for (const [index, root] of world.roots.entries()) {
    const key = world.server.key(index);
    for (const { path, bytes } of world.disk.files(root)) {
      if (!wantedExtensions.test(path.toString('latin1')) || isIgnoredPath(path.subarray(root.length + 1))) continue;
      const file = findByPath(path, world.life.journal);
      if (!file) {
        findings.push(`${show(path)} is on disk and Homeroll does not know it`);
        continue;
      }
      const sha1 = sha1Of(bytes);
      if (file.sha1 !== sha1) findings.push(`${show(path)} is known with other bytes than it has (${file.state}: ${file.reason ?? ''})`);
      if (!isAtRest(file.state)) findings.push(`${show(path)} has not come to rest (${file.state}: ${file.reason ?? ''})`);
      if (file.state === 'gone') findings.push(`${show(path)} is on disk and called gone`);
      if (file.state === 'unwanted') findings.push(`${show(path)} is wanted and called unwanted: ${file.reason}`);
      if (file.state === 'blocked' && !file.reason) findings.push(`${show(path)} is blocked without a reason`);
      const isThere = await isInImmich(world, key, sha1);
      if (isDone(file.state) && file.state !== 'letGo' && !isThere && !world.undone.has(`${key} ${sha1}`)) {
        findings.push(`${show(path)} is called ${file.state}, and Immich does not have it`);
      }
    }
  }
  return [...findings, ...(await findUndoneUndone(world)), ...findUntold(world)];
}

/** The owner's hand wins. */
async function findUndoneUndone(world: World): Promise<string[]> {
  const findings: string[] = [];
  for (const [content] of world.undone) {
    const [key = '', sha1 = ''] = content.split(' ');
    if (await isInImmich(world, key, sha1)) findings.push(`the owner removed the asset of ${sha1}, and it is back`);
  }
  for (const entry of world.takenOut) {
    const [album = '', asset = ''] = entry.split(' ');
    for (const index of [0, 1]) {
      const found = (await world.server.byHand(world.server.key(index), 'POST', '/search/metadata', {
        albumIds: [album],
        visibility: 'timeline',
      })) as {
        assets?: { items: { id: string }[] };
      };
      if (found.assets?.items.some(({ id }) => id === asset))
        findings.push(`the owner took ${asset} out of album ${album}, and it is back`);
    }
  }
  for (const index of [0, 1]) {
    const albums = (await world.server.byHand(world.server.key(index), 'GET', '/albums')) as {
      id: string;
      albumName: string;
      description: string;
      isOwned?: boolean;
    }[];
    const markers = albums.map(({ description }) => description).filter((description) => description?.includes('Kept by Homeroll'));
    if (new Set(markers).size !== markers.length) findings.push('an album was made twice');
    for (const marker of markers)
      if (world.deletedAlbums.has(marker)) findings.push(`the owner deleted the album ${marker}, and it is back`);
  }
  return findings;
}

function findUntold(world: World): string[] {
  const { journal } = world.life;
  const told = journal.outbox
    .all()
    .filter(({ kind }) => kind === 'batch safe')
    .map(({ facts }) => facts.batch);
  const findings = told.length === new Set(told).size ? [] : ['a batch was told twice'];
  for (const batch of journal.batches.untold()) findings.push(`batch ${batch.id} was not told`);
  if (journal.mentions.pending().length > 0) findings.push('something that the household must hear was not told');
  return findings;
}

async function isInImmich(world: World, key: string, sha1: string): Promise<boolean> {
  const answer = (await world.server.byHand(key, 'POST', '/assets/bulk-upload-check', { assets: [{ id: 'x', checksum: sha1 }] })) as {
    results: { action: string; isTrashed?: boolean }[];
  };
  return answer.results[0]?.action === 'reject' && answer.results[0].isTrashed !== true;
}
