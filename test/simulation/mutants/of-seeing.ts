/** Mistakes about what lies on disk, and about what belongs together. */
import { albumMarker, markerLine, type UserId } from '../../../src/domain/index.ts';
import type { Album, Immich } from '../../../src/immich/index.ts';
import type { FaultyPart } from './faulty-part.ts';
import { withCalls, withStep, withTable } from './parts.ts';

/** A share's inodes are believed as if they were a local disk's. */
export const inodeBelievedOnShare: FaultyPart = {
  config: (config) => ({
    ...config,
    sources: config.sources.map((source) => (source.name === 'Share' ? { ...source, identity: 'local' } : source)),
  }),
};

/** Nobody asks whether the folder stands where it stood: what a share that is away held is gone. */
export const awayCountsAsGone: FaultyPart = {
  disk: (disk) => ({
    ...disk,
    root: async (path) => {
      const root = await disk.root(path);
      return root && { ...root, device: 9n, isMountPoint: true };
    },
  }),
  journal: (journal) =>
    withTable(journal, 'facts', ({ get }) => ({
      get: (name) => (name.startsWith('missing accepted') ? 'yes' : get(name)),
    })),
};

/** A file is taken as soon as it is seen. */
export const notSettled: FaultyPart = {
  config: (config) => ({ ...config, sources: config.sources.map((source) => ({ ...source, settleMs: 0 })) }),
};

/** A motion half that comes late is sent, and not linked. */
export const lateHalfDropped: FaultyPart = {
  steps: (steps) =>
    withStep(steps, 'organise', (step) => ({
      ...step,
      run: (files, source, signal) =>
        step.run(files, { ...source, account: { ...source.account, immich: unlinking(source.account.immich) } }, signal),
    })),
};

function unlinking(immich: Immich): Immich {
  return withCalls(immich, { linkMotion: async () => undefined });
}

/** Whatever shares a name is taken for one live photo, as if its phone had said so. */
export const anyFilmIsHalf: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'files', ({ update }) => ({
      update: (id, patch) => update(id, patch.notes ? { ...patch, notes: { ...patch.notes, contentIdentifier: 'the same' } } : patch),
    })),
};

/** An album of the right name is as good as ours. */
export const albumByName: FaultyPart = {
  immich: (immich) => {
    const ours = (album: Album): Album => ({
      ...album,
      description: markerLine(albumMarker(album.ownerId as UserId, album.name)),
    });
    return withCalls(immich, { listAlbums: async (signal) => (await immich.listAlbums(signal)).map(ours) });
  },
};

/** A hint is believed to be all: nothing is swept. */
export const neverSwept: FaultyPart = {
  config: (config) => ({ ...config, sources: config.sources.map((source) => ({ ...source, sweepEveryMs: 30 * 86_400_000 })) }),
};

/** An album's members are put in while the picture itself is not there yet: refusals are taken for success. */
export const refusalTakenForSuccess: FaultyPart = {
  immich: (immich) =>
    withCalls(immich, {
      addToAlbum: async (albumId, assetIds, signal) => {
        try {
          return await immich.addToAlbum(albumId, assetIds, signal);
        } catch {
          return assetIds.map(() => ({ kind: 'added' }) as const);
        }
      },
    }),
};

/** An error of the disk means that the file is gone. */
export const errorTakenForGone: FaultyPart = {
  disk: (disk) => ({
    ...disk,
    stat: (path) => disk.stat(path).catch(() => undefined),
  }),
};

/** A folder is listened to once, and a walk changes nothing about that. */
export const listensOnce: FaultyPart = {
  watcher: (watcher) => {
    const heard = new Set<string>();
    return {
      subscribe: async (root, ...rest) => {
        if (heard.has(root)) return { [Symbol.asyncDispose]: async () => undefined };
        heard.add(root);
        await watcher.subscribe(root, ...rest);
        return { [Symbol.asyncDispose]: async () => undefined };
      },
    };
  },
};

/** Whatever takes a picture's name is taken for an edit of it. */
export const replacedTakenForEdited: FaultyPart = {
  journal: (journal) => withTable(journal, 'earlier', () => ({ add: () => undefined })),
};
