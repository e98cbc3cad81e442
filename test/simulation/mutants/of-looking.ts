/** Mistakes about what was stored before, and is looked at again. */

import type { AssetId } from '../../../src/domain/index.ts';
import { damagedInImmich, type Sha1, unreadableInImmich } from '../../../src/domain/index.ts';
import type { Journal } from '../../../src/journal/index.ts';
import type { FaultyPart } from './faulty-part.ts';
import { withCalls, withTable } from './parts.ts';

const accountIds = [1, 2] as const;

function provenSha1Of(assetId: AssetId, { contents }: Journal): Sha1 | undefined {
  for (const id of accountIds) {
    const sha1 = contents.sha1Of(id, assetId);
    if (sha1 && contents.find(id, sha1)?.provenAtMs !== undefined) return sha1;
  }
  return undefined;
}

/** Immich keeps a checksum of each asset, so why read it again? */
export const lookedAtByChecksum: FaultyPart = {
  immich: (immich, { journal }) =>
    withCalls(immich, {
      readBack: async (assetId, signal) => {
        const asset = provenSha1Of(assetId, journal) && (await immich.fetchAsset(assetId, signal));
        return asset && asset !== 'absent' ? { sha1: asset.sha1, sizeBytes: 0 } : immich.readBack(assetId, signal);
      },
    }),
};

/** What was proven once is proven for good: a new date is enough. */
export const datedUnread: FaultyPart = {
  immich: (immich, { journal }) =>
    withCalls(immich, {
      readBack: async (assetId, signal) => {
        const sha1 = provenSha1Of(assetId, journal);
        return sha1 ? { sha1, sizeBytes: 0 } : immich.readBack(assetId, signal);
      },
    }),
};

/** All is read, and the proof keeps its first date. */
export const proofNotDatedAnew: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'contents', ({ find, markProven }) => ({
      markProven: (accountId, sha1, nowMs) => {
        if (find(accountId, sha1)?.provenAtMs === undefined) markProven(accountId, sha1, nowMs);
      },
    })),
};

/** The nights pass, and nobody looks. */
export const nightsForgotten: FaultyPart = {
  config: ({ verify: _, ...config }) => config,
};

const isDamage = (reason: string | undefined): boolean => reason === damagedInImmich || reason === unreadableInImmich;

/** What cannot be had any more was surely removed by its owner, who needs no telling. */
export const damageLetGo: FaultyPart = {
  journal: (journal) => {
    const contents = withTable(journal, 'contents', ({ markBroken, markLetGo }) => ({
      markBroken: (accountId, sha1, nowMs) => {
        markBroken(accountId, sha1, nowMs);
        markLetGo(accountId, sha1, nowMs, 'word');
      },
    }));
    const mentions = withTable(contents, 'mentions', damageUntold);
    const history = withTable(mentions, 'history', ({ add }) => ({
      add: (id, entry) => add(id, isDamage(entry.reason) ? { ...entry, to: 'letGo' } : entry),
    }));
    return withTable(history, 'files', ({ update }) => ({
      update: (id, patch) => update(id, isDamage(patch.reason) ? { ...patch, state: 'letGo' } : patch),
    }));
  },
};

const damageUntold = ({ add }: Journal['mentions']): Partial<Journal['mentions']> => ({
  add: (file, kind, nowMs) => {
    if (kind !== 'proof failed') add(file, kind, nowMs);
  },
});

/** What is damaged is blocked, and nobody hears of it. */
export const damageNotTold: FaultyPart = {
  journal: (journal) => withTable(journal, 'mentions', damageUntold),
};

/** Homeroll heals by itself what it takes for damage. */
export const damageSentUnasked: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'contents', ({ markBroken, markKeepAsked }) => ({
      markBroken: (accountId, sha1, nowMs) => {
        markBroken(accountId, sha1, nowMs);
        markKeepAsked(accountId, sha1);
      },
    })),
};

/** However many are gone at once: their owner must have removed them. */
export const manyTakenForTheOwnersHand: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'verified', ({ missingCount }) => ({
      missingCount: (sourceId, isAsked) => Math.min(1, missingCount(sourceId, isAsked)),
    })),
};

/** Immich says that it has it no longer, and nobody listens. */
export const missingNotMarked: FaultyPart = {
  journal: (journal) => withTable(journal, 'verified', () => ({ markMissing: () => undefined })),
};
