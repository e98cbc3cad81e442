/** Ids out of names that owners choose: what Home Assistant takes as one, and no two the same. Pure. */
import { createHash } from 'node:crypto';

/** `homeroll`; a topic that is no plain name gets a few letters of its own, so that no two have the same id. */
export function deviceIdOf(topic: string): string {
  const slug = slugOf(topic);
  return slug === topic ? slug : `${slug}_${lettersOf(topic)}`;
}

/** `Anna’s phone` -> `annas_phone`: what Home Assistant takes as an id. */
export function slugOf(name: string): string {
  return name
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’\p{M}]/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

export function lettersOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 6);
}
