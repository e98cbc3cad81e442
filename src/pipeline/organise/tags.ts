/**
 * Gives assets their planned tags, each once. Immich answers with a count only, and with 0 for a tag that the owner deleted as for an
 * asset that is gone (both versions): the tag then counts as given, and is not made again.
 */
import type { AssetId } from '../../domain/index.ts';
import type { TagRecord } from '../../journal/index.ts';
import type { Outcome } from '../outcome.ts';
import type { LeftOut } from './albums.ts';
import { unlessHindered } from './left-out.ts';
import type { OrganisingParts } from './parts.ts';
import type { Plan } from './plan.ts';

export async function tagAll(plans: readonly Plan[], parts: OrganisingParts): Promise<LeftOut> {
  const { journal, source } = parts;
  const assetsOf = new Map<string, Set<AssetId>>();
  for (const { assetId, tags } of plans) {
    for (const value of tags) assetsOf.set(value, (assetsOf.get(value) ?? new Set()).add(assetId));
  }
  const leftOut = new Map<AssetId, Outcome>();
  for (const [value, assetIds] of assetsOf) {
    const known = journal.albums.findTag(source.account.id, value);
    const missing = [...assetIds].filter((assetId) => !known || !journal.albums.isTagged(known.id, assetId));
    if (missing.length === 0) continue;
    const waiting = await unlessHindered('tags', async () => tag(known ?? (await makeTag(value, parts)), missing, parts), parts);
    if (waiting) for (const assetId of missing) leftOut.set(assetId, waiting);
  }
  return leftOut;
}

async function tag({ id, tagId }: TagRecord, assetIds: readonly AssetId[], parts: OrganisingParts): Promise<void> {
  const { journal, source, signal, clock } = parts;
  const missing = assetIds.filter((assetId) => !journal.albums.isTagged(id, assetId));
  await source.account.immich.tagAssets(tagId, missing, signal);
  journal.transaction(() => {
    for (const assetId of missing) journal.albums.addTagged(id, assetId, clock.now());
  });
}

/** Upserted once: the tag is then known by its id, whatever the owner calls it later. */
async function makeTag(value: string, { journal, source, signal }: OrganisingParts): Promise<TagRecord> {
  const [tagId] = await source.account.immich.upsertTags([value], signal);
  if (!tagId) throw new Error(`Immich made no tag for ${value}`);
  journal.albums.rememberTag(source.account.id, value, tagId);
  const tag = journal.albums.findTag(source.account.id, value);
  if (!tag) throw new Error('a tag that was remembered is known');
  return tag;
}
