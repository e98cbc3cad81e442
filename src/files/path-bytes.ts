/** Paths as the bytes they are on disk; text only where a person reads it. */

/** Names on disk need not be text: a path stays bytes from the disk to the journal. */
export type PathBytes = Buffer;

const slash = 0x2f;
const separator = Buffer.from('/');

/** The path of `name` in `folder`. An empty folder is the root that relative paths start from. */
export function joinPath(folder: PathBytes, name: Buffer): PathBytes {
  if (folder.length === 0) return name;
  if (name.length === 0) return folder;
  return folder.at(-1) === slash ? Buffer.concat([folder, name]) : Buffer.concat([folder, separator, name]);
}

/** The names that a relative path is made of, outermost first. */
export function namesIn(path: PathBytes): Buffer[] {
  const names: Buffer[] = [];
  for (let start = 0; start < path.length; ) {
    const end = path.indexOf(slash, start);
    const until = end < 0 ? path.length : end;
    if (until > start) names.push(path.subarray(start, until));
    start = until + 1;
  }
  return names;
}

/** True for the folder itself and all below it; everything lies below the empty path. */
export function isAtOrBelow(path: PathBytes, folder: PathBytes): boolean {
  if (folder.length === 0 || path.equals(folder)) return true;
  return path.length > folder.length && path[folder.length] === slash && path.subarray(0, folder.length).equals(folder);
}

/** A path for people: control characters escaped, so that a name cannot play tricks on a terminal; bytes that are not UTF-8 as `�`. */
export function showPath(path: PathBytes): string {
  const asEscape = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  // Controls, line separators, and the marks that turn the direction of text.
  return path.toString('utf8').replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, asEscape);
}
