/** What a sidecar says about its picture: date, rating, description and tags win over the picture's own. */
import { minutesOf, type Taken } from './extract.ts';

export interface SidecarFacts {
  readonly taken?: Taken;
  readonly rating?: number;
  readonly description?: string;
  readonly tags: readonly string[];
}

/** Found by name, not parsed as XML: sidecars of cameras and editors differ in everything but these names. */
export function readSidecar(bytes: Uint8Array): SidecarFacts {
  const xmp = Buffer.from(bytes).toString('utf8');
  const saidOf = (name: string): string | undefined => {
    const found = new RegExp(`${name}(?:="([^"]*)"|>(?:\\s*<[^>]+>)*\\s*([^<]+)<)`).exec(xmp);
    return found?.[1] ?? found?.[2];
  };
  const [, local, offset] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?$/.exec(saidOf('exif:DateTimeOriginal') ?? '') ?? [];
  const offsetMinutes = minutesOf(offset);
  const rating = Number(saidOf('xmp:Rating') ?? Number.NaN);
  const description = saidOf('dc:description');
  const [tagList = ''] = /<digiKam:TagsList>.*?<\/digiKam:TagsList>/s.exec(xmp) ?? [];
  return {
    ...(local ? { taken: { localMs: Date.parse(`${local}Z`), ...(offsetMinutes === undefined ? {} : { offsetMinutes }) } } : {}),
    ...(Number.isInteger(rating) ? { rating } : {}),
    ...(description ? { description } : {}),
    tags: [...tagList.matchAll(/<rdf:li>([^<]+)<\/rdf:li>/g)].map((match) => match[1] ?? ''),
  };
}
