/** Mistakes about what the journal remembers, and about the owner's hand. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FaultyPart } from './faulty-part.ts';
import { withTable } from './parts.ts';

/** The history says that a file is stored, and its row does not. */
export const historyWithoutState: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'files', ({ update }) => ({
      update: (id, patch) => {
        const { state, ...rest } = patch;
        update(id, state === 'safe' && id % 7 === 0 ? rest : patch);
      },
    })),
};

/** The numbers are no longer kept. */
export const tallyNotCounted: FaultyPart = {
  atBirth: (stateFolder) => {
    const database = new DatabaseSync(join(stateFolder, 'journal.sqlite'));
    database.exec('DROP TRIGGER IF EXISTS file_recounted');
    database.close();
  },
};

/** The owner says keep, and nothing comes of it. */
export const keepIgnored: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'contents', ({ find }) => ({
      find: (accountId, sha1) => {
        const known = find(accountId, sha1);
        return known && { ...known, isKeepAsked: false };
      },
    })),
};

/** What was stored once and is not there any more is sent again, whoever removed it. */
export const undoForgotten: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'contents', ({ find }) => ({
      find: (accountId, sha1) => {
        const known = find(accountId, sha1);
        return known && { ...known, isKeepAsked: true };
      },
    })),
};

/** The owner says let go; it is not remembered. */
export const letGoForgotten: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'contents', ({ find }) => ({
      markLetGo: () => undefined,
      find: (accountId, sha1) => {
        const known = find(accountId, sha1);
        return known?.assetId === undefined ? undefined : known;
      },
    })),
};

/** Which still shows a video is not remembered: what the owner parted is joined again. */
export const partingForgotten: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'contents', ({ find }) => ({
      find: (accountId, sha1) => {
        const known = find(accountId, sha1);
        if (!known || known.shownBy === 'nobody') return known;
        const { shownBy: _, ...others } = known;
        return others;
      },
    })),
};

/** A try that failed is never due again. */
export const backOffNeverDue: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'files', ({ due }) => ({
      due: (nowMs, longestWaitMs) => due(nowMs, longestWaitMs).filter(({ tries }) => tries === 0),
      nextDueAtMs: () => undefined,
    })),
};

/** What vanished before it was safe is not told. */
export const lossNotTold: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'mentions', ({ add }) => ({
      add: (file, kind, nowMs) => {
        if (kind !== 'lost') add(file, kind, nowMs);
      },
    })),
};

/** A batch is told after a minute instead of ten. */
export const batchClosedEarly: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'batches', ({ untold }) => ({
      untold: () => untold().map((batch) => ({ ...batch, lastAtMs: batch.lastAtMs - 540_000 })),
    })),
};

/** A batch is told, and not marked as told. */
export const batchToldAgain: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'batches', ({ markTold }) => ({
      markTold: (id, nowMs) => {
        if (id % 3 !== 0 || nowMs % 2 === 0) markTold(id, nowMs);
      },
    })),
};

/** A message that is tried again gets another id. */
export const newIdAtEachTry: FaultyPart = {
  journal: (journal) => {
    const ids = new Map<string, string>();
    return withTable(journal, 'outbox', ({ dueFor, markDelivered, markFailed }) => ({
      dueFor: (teller, question) =>
        dueFor(teller, question).map((news) => {
          const id = `${news.id.slice(0, -2)}${String(news.tries % 100).padStart(2, '0')}`;
          ids.set(id, news.id);
          return { ...news, id };
        }),
      markDelivered: (id, nowMs) => markDelivered(ids.get(id) ?? id, nowMs),
      markFailed: (id, problem, dueAtMs) => markFailed(ids.get(id) ?? id, problem, dueAtMs),
    }));
  },
};

/** Who was put into an album is not remembered: what the owner took out is put in again. */
export const albumMemberForgotten: FaultyPart = {
  journal: (journal) => withTable(journal, 'albums', () => ({ isMember: () => false })),
};

/** The deleted album is made anew. */
export const deletedAlbumMadeAgain: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'albums', ({ find }) => ({
      find: (accountId, name) => {
        const known = find(accountId, name);
        return known?.isRemoved ? undefined : known;
      },
    })),
};
