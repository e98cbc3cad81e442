/** Says which albums and tags a picture belongs to: by the source's templates, and by the owner's events. Pure. */
import { fill, type Pictured, type Template } from './template.ts';

export interface AlbumTemplate {
  readonly template: Template;
  /** The owner says that an album of this name which is there already may be used. */
  readonly isAdoptable: boolean;
}

/** A named span of local days, both inclusive: `2024-07-01`. */
export interface NamedSpan {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface PlannedAlbum {
  readonly name: string;
  readonly isAdoptable: boolean;
}

export interface PlanRules {
  readonly templates: readonly AlbumTemplate[];
  readonly events: readonly NamedSpan[];
  /** For the names of months; `en`. */
  readonly language: string;
}

// Nobody reads a longer one; a folder made by accident may have it.
const longestName = 255;

/** The albums of a picture, each once. One whose blanks cannot be filled is left out. */
export function planAlbums(pictured: Pictured, { templates, events, language }: PlanRules): readonly PlannedAlbum[] {
  const planned = new Map<string, PlannedAlbum>();
  const add = (name: string, isAdoptable: boolean): void => {
    if (name !== '') planned.set(name, { name, isAdoptable: isAdoptable || planned.get(name)?.isAdoptable === true });
  };
  for (const { template, isAdoptable } of templates) add(tidy(fill(template, pictured, language) ?? ''), isAdoptable);
  const event = eventOf(pictured.takenAt.local, events);
  if (event) add(tidy(event.name), false);
  return [...planned.values()];
}

/** The tags of a picture, each once. In a tag `/` makes levels, so one that comes out of a blank becomes `-`. */
export function planTags(pictured: Pictured, templates: readonly Template[], language: string): readonly string[] {
  const harmless = {
    ...pictured,
    source: pictured.source.replaceAll('/', '-'),
    ...(pictured.camera === undefined ? {} : { camera: pictured.camera.replaceAll('/', '-') }),
  };
  const tags = templates.map((template) => {
    const levels = (fill(template, harmless, language) ?? '').split('/');
    return levels.map(tidy).filter(Boolean).join('/');
  });
  return [...new Set(tags.filter(Boolean))];
}

/** The event a picture was taken in; of several the shortest, and of equally short ones the first in the list. */
export function eventOf(takenLocal: string, events: readonly NamedSpan[]): NamedSpan | undefined {
  const day = takenLocal.slice(0, 10);
  let shortest: NamedSpan | undefined;
  for (const event of events) {
    if (day < event.from || day > event.to) continue;
    if (!shortest || lengthMs(event) < lengthMs(shortest)) shortest = event;
  }
  return shortest;
}

function lengthMs({ from, to }: NamedSpan): number {
  return Date.parse(to) - Date.parse(from);
}

/** One spelling for one name: a Mac writes folders in NFD, others in NFC, and both mean the same album. */
function tidy(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a folder's name may hold them, an album's must not.
  const oneLine = name.normalize('NFC').replace(/[\s\u0000-\u001f\u007f]+/g, ' ');
  return [...oneLine.trim()].slice(0, longestName).join('').trim();
}
