/** What is said of files that were stored while they were still being written: the whole one is safe, and its beginning is in Immich too. Pure. */
import { counted, named } from './counting.ts';

export interface HalfFileNews {
  readonly source: string;
  readonly names: readonly string[];
  readonly total: number;
}

/** @param reason why it stays; undefined: its owner did not ask for anything else */
export function tellHalfStays({ source, names, total, reason }: HalfFileNews & { readonly reason: string | undefined }): string {
  const what =
    total === 1
      ? 'Immich also holds its beginning, as a picture of its own'
      : 'Immich also holds their beginnings, as pictures of their own';
  const [each, it] = total === 1 ? ['the shorter of the two', 'it'] : ['the shorter of each two', 'them'];
  const cure = `Delete ${each} there by hand`;
  const rest =
    reason === undefined
      ? `${cure}, or write "replace half files: true" in homeroll.yaml: from then on Homeroll moves such beginnings to Immich's trash.`
      : `Homeroll leaves ${it} there: ${reason}. ${cure} if you do not want ${it}.`;
  return `${begun({ source, total })}. ${what}: ${named(names, total)}. ${rest}`;
}

export function tellHalfRemoved({ source, names, total }: HalfFileNews): string {
  const what = total === 1 ? "Its beginning is in Immich's trash now" : "Their beginnings are in Immich's trash now";
  return `${begun({ source, total })}. ${what}: ${named(names, total)}.`;
}

function begun({ source, total }: Pick<HalfFileNews, 'source' | 'total'>): string {
  const [was, it, is] = total === 1 ? ['was', 'it was', 'The whole one is safe'] : ['were', 'they were', 'The whole ones are safe'];
  return `${counted(total, 'picture')} from ${source} ${was} stored while ${it} still being written. ${is}`;
}

/** Why the beginning of a file is left in Immich although its owner asked for its removal. Each fits after "Homeroll leaves it there: ". */
export const halfStaysBecause = {
  notProven: 'the whole one was not read back, since its source asks for no proof',
  copied: 'another file on disk holds just these bytes',
  changedThere: 'it is not in Immich any more as it was stored',
  noTrash: 'the trash is switched off in Immich',
  favourite: 'it is a favourite in Immich',
  archived: 'it was archived in Immich',
  edited: 'it was edited in Immich',
  livePhoto: 'it is part of a live photo',
  stacked: 'it is in a stack in Immich',
  linked: 'it is shared by a link',
  inAlbum: 'it is in an album that Homeroll did not put it into',
  tagged: 'it has a tag that Homeroll did not give it',
  described: 'it has a description in Immich',
  rated: 'it has a rating in Immich',
} as const;

/** @param permission as Immich names it */
export function mayNotRemoveHalf(permission: string): string {
  return `the key lacks the permission "${permission}"`;
}
