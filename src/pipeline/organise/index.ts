/** Organise: links live photos, files pictures into albums, and tags them. Each thing once: what the owner undoes stays undone. */
import { type FileRecord, otherAssetNow } from '../../domain/index.ts';
import type { Presence } from '../../immich/index.ts';
import type { Journal } from '../../journal/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { Hindrances } from '../hindrances.ts';
import type { NewsDesk } from '../news.ts';
import { type ContentNews, happened, type Outcome } from '../outcome.ts';
import { standing } from '../presence.ts';
import type { FileIn, SourceInUse, Step } from '../step.ts';
import { fileIntoAlbums } from './albums.ts';
import { noteDates } from './dates.ts';
import { unlessHindered } from './left-out.ts';
import { earlierHalfOf, linkHalf, placeMotionHalf, wasSentHidden } from './motion.ts';
import { type PlanSettings, planOf } from './plan.ts';
import { tagAll } from './tags.ts';

export { entryLackedBy, type PlanParts, type PlanSettings } from './plan.ts';

export interface OrganiseParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly news: NewsDesk;
  readonly hindrances: Hindrances;
  readonly plan: PlanSettings;
  /** Calendars are to be asked for more than before. */
  readonly onMonthWanted: () => void;
}

export function organiseStep(parts: OrganiseParts): Step {
  const { journal } = parts;

  /** What the owner did to the asset since it was stored; undefined: it is there as it was. */
  const ownersHand = (file: FileRecord, presence: Presence | undefined, source: SourceInUse): Outcome | undefined => {
    const { sha1, assetId } = file;
    if (!sha1 || !assetId || !presence) return happened('changed', { reason: 'what was stored was not known' });
    const known = journal.contents.find(source.account.id, sha1);
    const verdict = standing({ sha1, presence, known, source, journal });
    if (verdict.kind === 'restore') return undefined;
    if (verdict.kind === 'replace') return happened('changed', { reason: 'it is to be sent again' });
    if (presence.kind === 'present' && !presence.isTrashed && presence.assetId === assetId) return undefined;
    const { outcome } = verdict;
    const isTheirs = outcome.kind === 'event' && (outcome.event === 'letGo' || outcome.event === 'blocked');
    return isTheirs ? outcome : happened('changed', { reason: otherAssetNow });
  };

  return {
    name: 'organise',
    from: ['proven', 'unproven'],
    lane: 'ask',
    gatherMs: 250,
    atOnce: 250,
    isAlone: true,
    async run(files: readonly FileIn[], source, signal) {
      const sha1s = files.flatMap(({ file }) => file.sha1 ?? []);
      const presences = sha1s.length > 0 ? await source.account.immich.checkPresence(sha1s, signal) : [];
      const presenceOf = new Map(sha1s.map((sha1, index) => [sha1, presences[index]]));
      const outcomes = new Map<FileRecord, Outcome>();
      for (const { file } of files) {
        const undone = ownersHand(file, file.sha1 && presenceOf.get(file.sha1), source);
        if (undone) outcomes.set(file, undone);
      }
      const here = files.map(({ file }) => file).filter((file) => !outcomes.has(file));
      const working = { ...parts, source, account: source.account, signal };
      const alone = new Set<FileRecord>();
      const halves = new Set<FileRecord>();
      const shown = new Map<FileRecord, readonly ContentNews[]>();
      for (const file of here) {
        const half = earlierHalfOf(file, working);
        const isHalf = file.role === 'motion' || (file.kind === 'video' && wasSentHidden(file, working));
        if (!half && !isHalf) continue;
        const place = async (): Promise<void> => {
          if (half) {
            shown.set(file, (await linkHalf({ motion: half, still: file }, working)).contents);
            return;
          }
          const { isAlone, contents } = await placeMotionHalf(file, working);
          shown.set(file, contents);
          if (isAlone) alone.add(file);
          else halves.add(file);
        };
        const waiting = await unlessHindered('live photos', place, working);
        if (waiting) outcomes.set(file, waiting);
      }
      const isMain = (file: FileRecord): boolean => (file.role === 'main' && !halves.has(file)) || alone.has(file);
      const roleFound = (file: FileRecord): { readonly role?: 'main' | 'motion' } =>
        alone.has(file) ? { role: 'main' } : halves.has(file) ? { role: 'motion' } : {};
      const plans = here.filter(isMain).map((file) => planOf(file, { journal, source, settings: parts.plan }));
      noteDates(plans, working);
      const unfiled = await fileIntoAlbums(plans, working);
      const untagged = await tagAll(plans, working);
      const organised = (file: FileRecord): Outcome => {
        const leftOut = isMain(file) && file.assetId ? (unfiled.get(file.assetId) ?? untagged.get(file.assetId)) : undefined;
        const learnt = { contents: shown.get(file) ?? [], ...roleFound(file) };
        return leftOut ? { ...leftOut, learnt } : happened('organised', { learnt });
      };
      return files.map(({ file }) => outcomes.get(file) ?? organised(file));
    },
  };
}
