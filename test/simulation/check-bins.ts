/** Whether what was thrown away on disk is left alone: never sent from there, and in Immich as it was if it was safe. */
import { isInBin } from './bins.ts';
import { named } from './check-files.ts';
import { type Finding, found } from './finding.ts';
import { sha1Of } from './records.ts';
import type { World } from './world.ts';

// An upload that was under way when its file was thrown away may still arrive.
const patienceMs = 600_000;

export function findBinLies(world: World): readonly Finding[] {
  return [...findKnownInBins(world), ...findSentUnseen(world), ...findSentFromBins(world), ...findErasedWithBins(world)];
}

function findKnownInBins({ truth }: World): readonly Finding[] {
  return truth
    .rows()
    .filter(({ path, state }) => isInBin(Buffer.from(path, 'latin1')) && state !== 'unwanted' && state !== 'gone')
    .map((row) => found('sent from a bin', `${named(row)} lies in a bin, and is ${row.state}`));
}

/** What never lay anywhere else. */
function findSentUnseen({ truth, records }: World): readonly Finding[] {
  return truth
    .assets()
    .filter(({ sha1 }) => records.onlyInBins.has(sha1))
    .map(({ sha1 }) => found('sent from a bin', `Immich holds ${sha1}, which only ever lay in a bin`));
}

/** What waited when it was thrown away, and now lies in bins only, comes no more. */
function findSentFromBins(world: World): readonly Finding[] {
  const { truth, records, clock, userOf, sourceOf } = world;
  const contentOf = ({ path, bytes }: World['files'][number]): string => `${userOf(sourceOf(path))} ${sha1Of(bytes)}`;
  const outside = new Set(world.files.map(contentOf));
  const inside = new Set(world.thrownAway.map(contentOf).filter((content) => !outside.has(content)));
  for (const content of records.inBinsOnly.keys()) if (!inside.has(content)) records.inBinsOnly.delete(content);
  return [...inside].flatMap((content) => {
    const [userId = '', sha1 = ''] = content.split(' ');
    const known = records.inBinsOnly.get(content) ?? { sinceMs: clock.elapsed(), wasAbsent: false };
    records.inBinsOnly.set(content, known);
    if (clock.elapsed() - known.sinceMs < patienceMs) return [];
    const isThere = truth.assetOf(userId, sha1) !== undefined;
    records.inBinsOnly.set(content, { ...known, wasAbsent: known.wasAbsent || !isThere });
    return isThere && known.wasAbsent ? [found('sent from a bin', `${sha1} was thrown away while it waited, and was sent after that`)] : [];
  });
}

/** Whoever tidies up a disk says nothing about Immich. */
function findErasedWithBins({ truth, records }: World): readonly Finding[] {
  return [...records.thrownAwaySafe].flatMap((content) => {
    const [userId = '', sha1 = ''] = content.split(' ');
    const asset = truth.assetOf(userId, sha1);
    if ((asset && !asset.isTrashed) || records.everUndone.has(content) || records.everLost.has(content)) return [];
    return [found('erased', `${sha1} was safe, its file was thrown away on disk, and Immich has it no longer`)];
  });
}
