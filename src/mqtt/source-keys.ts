/**
 * By what Home Assistant knows each source: a key that it is given once, after its name then, and that stays when it is renamed. The journal
 * remembers it, and gives it to no other source again.
 */
import { transliterate } from 'transliteration';
import { lettersOf, slugOf } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';

export interface KeyedSource {
  readonly name: string;
  /** `annas_phone`: letters, digits and `_`. */
  readonly key: string;
}

/** By the journal's number of each source; of all that ever had one. */
type Keys = Readonly<Record<string, string>>;

const keysFact = 'mqtt source keys';

/** @param names of the configured sources. Those that are new get their keys, and the journal remembers them. */
export function keyedSources(
  journal: Pick<Journal, 'facts' | 'sources' | 'transaction'>,
  names: readonly string[],
): readonly KeyedSource[] {
  return journal.transaction(() => {
    const text = journal.facts.get(keysFact);
    const known = JSON.parse(text ?? '{}') as Keys;
    const records = journal.sources.all();
    const numbers = names.map((name) => String(records.find((record) => record.name === name)?.id ?? `called ${name}`));
    // A Homeroll that remembered no keys called them by their names of now.
    const before = text === undefined ? keysOfBefore(names) : new Map<string, string>();
    const keys = new Map(Object.entries(known));
    for (const [index, name] of names.entries()) {
      const number = numbers[index] ?? '';
      if (keys.has(number)) continue;
      const wasSeen = records.some((record) => record.name === name && record.sweptAtMs !== undefined);
      keys.set(number, (wasSeen ? before.get(name) : undefined) ?? newKey(name, [...keys.values()]));
    }
    const now = JSON.stringify(Object.fromEntries(keys));
    if (now !== text) journal.facts.set(keysFact, now);
    return names.map((name, index) => ({ name, key: keys.get(numbers[index] ?? '') ?? '' }));
  });
}

/** As Home Assistant itself writes a name in the id of an entity: 相机 is `xiang_ji`. */
function newKey(name: string, taken: readonly string[]): string {
  const slug = slugOf(transliterate(name));
  const key = slug === '' ? `source_${lettersOf(name)}` : slug;
  if (!taken.includes(key)) return key;
  const own = `${key}_${lettersOf(name)}`;
  return taken.includes(own) ? `${own}_${taken.length}` : own;
}

/** The ids of Homeroll 0.1.0, which the ids of entities in Home Assistant go on with. */
function keysOfBefore(names: readonly string[]): ReadonlyMap<string, string> {
  const slugs = names.map(slugOf);
  const isAlone = (slug: string): boolean => slug !== '' && slugs.filter((other) => other === slug).length === 1;
  return new Map(
    names.map((name, index) => {
      const slug = slugs[index] ?? '';
      return [name, isAlone(slug) ? slug : `${slug || 'source'}_${lettersOf(name)}`];
    }),
  );
}
