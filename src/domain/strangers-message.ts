/** What is said of films that earlier versions hid in Immich behind a photo that only shared their name. Pure. */
import { counted, grouped, named } from './counting.ts';

export interface StrangersNews {
  readonly source: string;
  readonly names: readonly string[];
  readonly total: number;
}

/** It was mended by itself, and is told once. */
export function tellShownAgain({ source, names, total }: StrangersNews): string {
  const [were, photos, them, they] =
    total === 1
      ? ['was', 'a photo that only shares its name', 'the two for a live photo', 'It is']
      : ['were', 'photos that only share their names', 'them for live photos', 'They are'];
  return `${counted(total, 'video')} from ${source} ${were} hidden in Immich behind ${photos}: an earlier version took ${them}. ${they} shown again, and filed as any other: ${named(names, total)}.`;
}

/** Above this many nothing is done before the owner says so: in their timeline so many are no small thing. */
export const mostShownUnasked = 20;

export function askAboutStrangers({ source, names, total }: StrangersNews): string {
  return `${grouped(total)} videos from ${source} are hidden in Immich behind photos that only share their names: an earlier version took them for live photos. Some of them: ${named(names, total)}. \`homeroll live-photos\` lists all. To see them in Immich again: homeroll live-photos show --source "${source}". To leave them hidden: homeroll live-photos leave --source "${source}".`;
}

export const leftByOwner = 'its owner said: leave it';
export const shownAgainReason = 'it lay hidden in Immich behind a photo that only shares its name';

/** Why a film that seems to be hidden by mistake is left as it is. */
export const leftBecause = {
  notOurs: 'Homeroll did not send it as a half: somebody else may have joined the two',
  filmGone: 'its own file is on disk no longer, has changed, or cannot be read as a whole',
  stillGone: 'the file of its photo is on disk no longer, has changed, or cannot be read as a whole',
  putAway: 'its photo was put away or removed in Immich',
} as const;
