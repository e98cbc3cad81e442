/** Makes regular expressions of the table of names that are left alone. Pure. */
import type { LeftAloneName } from '../domain/index.ts';

/** @param text a folder's name, `/`, and the name in it; the folder's is empty in the root */
export type NameMatcher = (text: string) => LeftAloneName | undefined;

/** Of those names that are about such things. */
export function matcher(all: readonly LeftAloneName[], ...of: readonly LeftAloneName['of'][]): NameMatcher {
  const names = all.filter((one) => of.includes(one.of));
  const sources = names.map((name) => (name.name.includes('/') ? sourceOf(name) : `[^/]*/${sourceOf(name)}`));
  // One look for most names, which are none of these.
  const any = new RegExp(`^(?:${sources.join('|')})$`);
  const each = sources.map((source) => new RegExp(`^${source}$`));
  return (text) => (any.test(text) ? names[each.findIndex((one) => one.test(text))] : undefined);
}

/** Of a path with any of these names in it, whatever lies around. */
export function watchSource(names: readonly LeftAloneName[]): RegExp {
  return new RegExp(`(?:^|/)(?:${names.map(sourceOf).join('|')})(?:/|$)`);
}

const rests = { hex: '[0-9A-Fa-f.]+', digits: '[0-9]+' } as const;

function sourceOf({ name, rest, inAnyCase }: LeftAloneName): string {
  return name
    .split('*')
    .map((part) => (inAnyCase ? [...part].map(inBothCases).join('') : literal(part)))
    .join(rest ? rests[rest] : '[^/]*');
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function inBothCases(character: string): string {
  const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
  return lower === upper ? literal(character) : `[${upper}${lower}]`;
}
