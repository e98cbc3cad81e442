/** Paths of routes: `/albums/:id/assets` against what was asked for. */

/** The path below /api without slash at the end; undefined outside /api. Case does not count, as in the real server. */
export function apiPath(target: string): string | undefined {
  const path = target.split('?', 1)[0] ?? '';
  return /^\/api(\/|$)/i.test(path) ? path.slice(4).replace(/\/$/, '') : undefined;
}

/** The values of `:names` in the pattern; undefined when the path is another. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) {
      if (value === '') return undefined;
      values[part.slice(1)] = decode(value);
    } else if (part.toLowerCase() !== value.toLowerCase()) return undefined;
  }
  return values;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
