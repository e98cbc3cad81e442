/** Mistakes about what is sent, stored and proven. */
import type { Sha1 } from '../../../src/domain/index.ts';
import { ImmichError } from '../../../src/immich/index.ts';
import type { FaultyPart } from './faulty-part.ts';
import { withCalls, withStep, withTable } from './parts.ts';

const never = new AbortController().signal;

/** The file counts as stored when its bytes are on their way, not when Immich answered. */
export const commitBeforeTheAnswer: FaultyPart = {
  immich: (immich) =>
    withCalls(immich, {
      upload: async (upload, signal) => {
        const [presence] = await immich.checkPresence([upload.sha1], signal);
        if (presence?.kind === 'present') return { assetId: presence.assetId, isDuplicate: true };
        immich.upload(upload, never).catch(() => undefined);
        const digits = upload.sha1.slice(0, 32);
        const id = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`, digits.slice(20)];
        return { assetId: id.join('-') as Awaited<ReturnType<typeof immich.upload>>['assetId'], isDuplicate: false };
      },
    }),
};

/** Two workers hold the same file. */
export const leaseForgotten: FaultyPart = {
  steps: (steps) =>
    withStep(steps, 'upload', (step) => ({
      ...step,
      run: async (files, source, signal) => {
        const [said] = await Promise.all([step.run(files, source, signal), step.run(files, source, signal)]);
        return said;
      },
    })),
};

/** What was stored is called proven, since it was read when it was sent. */
export const proofFromCache: FaultyPart = {
  immich: (immich, { journal }) =>
    withCalls(immich, {
      readBack: async (assetId, signal) => (await remembered(assetId, journal)) ?? immich.readBack(assetId, signal),
    }),
};

/** The size is right, so it must be the same. */
export const readBackBySizeOnly: FaultyPart = {
  immich: (immich, { journal }) =>
    withCalls(immich, {
      readBack: async (assetId, signal) => {
        const proof = await immich.readBack(assetId, signal);
        const known = await remembered(assetId, journal);
        return known && known.sizeBytes === proof.sizeBytes ? known : proof;
      },
    }),
};

async function remembered(assetId: string, journal: Parameters<NonNullable<FaultyPart['journal']>>[0]) {
  for (const { id } of journal.sources.all()) {
    for (const page of journal.files.pages(id, 'stored', 500)) {
      const file = page.find((one) => one.assetId === assetId);
      if (file?.sha1) return { sha1: file.sha1, sizeBytes: file.stat.sizeBytes };
    }
  }
  return undefined;
}

/** After an answer that was lost the bytes are sent once more, without a question. */
export const retryWithoutAsking: FaultyPart = {
  immich: (immich) =>
    withCalls(immich, {
      upload: async (upload, signal) => {
        try {
          return await immich.upload(upload, signal);
        } catch (error) {
          if (error instanceof ImmichError && error.mayBeStored) return await immich.upload(upload, signal);
          throw error;
        }
      },
    }),
};

/** What was not answered in its time is sent once more at once, as if that proved that Immich does not have it. */
export const sentAgainAfterSilence: FaultyPart = {
  immich: (immich) =>
    withCalls(immich, {
      upload: async (upload, signal) => {
        try {
          return await immich.upload(upload, signal);
        } catch (error) {
          if (error instanceof ImmichError && error.kind === 'silent') return await immich.upload(upload, signal);
          throw error;
        }
      },
    }),
};

/** A file that changes while it is sent goes up all the same. */
export const hashUncheckedWhileSending: FaultyPart = {
  immich: (immich) =>
    withCalls(immich, {
      upload: (upload, signal) => immich.upload({ ...upload, content: () => toTheEnd(upload) }, signal),
    }),
};

async function* toTheEnd({ content, sizeBytes }: { content: () => AsyncIterable<Uint8Array>; sizeBytes: number }) {
  let sent = 0;
  try {
    for await (const chunk of content()) {
      sent += chunk.length;
      yield chunk;
    }
  } catch {
    if (sent < sizeBytes) yield Buffer.alloc(sizeBytes - sent, 'x');
  }
}

/** What lies in the trash counts as stored. */
export const trashBelieved: FaultyPart = {
  immich: (immich) =>
    withCalls(immich, {
      checkPresence: async (sha1s, signal) => {
        const presences = await immich.checkPresence(sha1s, signal);
        return presences.map((presence) => (presence.kind === 'present' ? { ...presence, isTrashed: false } : presence));
      },
    }),
};

/** Anna's proof is good for Ben. */
export const proofSharedAcrossAccounts: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'contents', ({ find }) => ({
      find: (accountId: number, sha1: Sha1) => {
        const own = find(accountId, sha1);
        const provenAtMs = [1, 2].map((id) => find(id, sha1)?.provenAtMs).find((at) => at !== undefined);
        return own && provenAtMs !== undefined ? { ...own, provenAtMs } : own;
      },
    })),
};

/** Immich took the file, and that is called safe. */
export const proofSkipped: FaultyPart = {
  immich: (immich, { journal }) =>
    withCalls(immich, {
      readBack: async (assetId, signal) => {
        const known = await remembered(assetId, journal);
        const asset = await immich.fetchAsset(assetId, signal);
        return known && asset !== 'absent' ? { sha1: asset.sha1, sizeBytes: known.sizeBytes } : immich.readBack(assetId, signal);
      },
    }),
};
