/** Mistakes about what Home Assistant tells: who is at home, and what stands in its calendar. */
import { family } from '../config.ts';
import type { FaultyPart } from './faulty-part.ts';
import { withCalls, withTable } from './parts.ts';

const always = { fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER };

/** Pictures move whoever is at home. */
export const limitForgotten: FaultyPart = {
  config: (config) => ({ ...config, sources: config.sources.map(({ onlyWhile: _, ...source }) => source) }),
};

/** A calendar that was read once is known. */
export const calendarReadOnce: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'calendarMonths', ({ noteAsked }) => ({
      noteAsked: (asked, { nowMs }) => noteAsked(asked, { nowMs, dueAtMs: Number.MAX_SAFE_INTEGER }),
    })),
};

/** What was organised before an entry was heard of is left as it is. */
export const lateEntriesIgnored: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'calendarEntries', () => ({
      nextNews: () => undefined,
    })),
};

/** An entry that was moved stays where it was. */
export const moveOverlooked: FaultyPart = {
  journal: (journal) =>
    withTable(journal, 'calendarEntries', ({ change, beginningIn }) => ({
      change: (id, entry) => {
        const known = beginningIn(family, always).find((one) => one.id === id);
        change(id, known ? { ...entry, span: known.span } : entry);
      },
    })),
};

/** An album is called after its entry, whatever its owner calls it. */
export const ownersNameOverwritten: FaultyPart = {
  immich: (immich) =>
    withCalls(immich, {
      fetchAlbum: async (albumId, signal) => {
        const album = await immich.fetchAlbum(albumId, signal);
        return album === 'absent' ? album : { ...album, name: album.name.replace(/, ours/g, '') };
      },
    }),
};
