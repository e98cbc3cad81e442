/** Says which albums and tags a picture belongs to: by the source's templates, the owner's events, and calendars. Pure. */
import { oneLine } from './one-line.ts';
import { type Span, shortestAround } from './span.ts';
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
  /** The entry of a calendar that it is planned by. */
  readonly entry?: NamingEntry;
}

/** An entry whose album is known by its key, since the name may change. */
export interface NamingEntry {
  readonly key: string;
  /** Grows when the entry is renamed or moved, and so tells which of its names an album was given. */
  readonly revision: number;
}

/** The album of a calendar's entry, and when pictures are taken for it. */
export interface EntryAlbum {
  readonly name: string;
  readonly span: Span;
  readonly entry: NamingEntry;
}

/** What an album is known by for good. */
export function albumKey({ name, entry }: Pick<PlannedAlbum, 'name' | 'entry'>): string {
  return entry?.key ?? name;
}

export interface PlanRules {
  readonly templates: readonly AlbumTemplate[];
  readonly events: readonly NamedSpan[];
  /** Albums by entries of the source's calendars: at least those around the picture. */
  readonly entries?: readonly EntryAlbum[];
  /** For the names of months; `en`. */
  readonly language: string;
}

/** The albums of a picture, each once. One whose blanks cannot be filled is left out. */
export function planAlbums(pictured: Pictured, { templates, events, entries = [], language }: PlanRules): readonly PlannedAlbum[] {
  const planned = new Map<string, PlannedAlbum>();
  const add = (name: string, isAdoptable: boolean): void => {
    if (name !== '') planned.set(name, { name, isAdoptable: isAdoptable || planned.get(name)?.isAdoptable === true });
  };
  for (const { template, isAdoptable } of templates) add(oneLine(fill(template, pictured, language) ?? ''), isAdoptable);
  // The owner's own list first: of two that are equally long the one in it counts.
  const occasion: Occasion | undefined = shortestAround<Occasion>(pictured.takenAt, [...events.map(spanned), ...entries]);
  if (occasion && !occasion.entry) add(oneLine(occasion.name), false);
  const ofEntry = occasion?.entry ? [{ name: occasion.name, entry: occasion.entry, isAdoptable: false }] : [];
  return [...planned.values(), ...ofEntry];
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
    return levels
      .map((level) => oneLine(level))
      .filter(Boolean)
      .join('/');
  });
  return [...new Set(tags.filter(Boolean))];
}

interface Occasion {
  readonly name: string;
  readonly span: Span;
  readonly entry?: NamingEntry;
}

function spanned({ name, from, to }: NamedSpan): Occasion {
  return { name, span: { kind: 'days', from, to } };
}
