/** Names as Immich shows them: one line, one spelling, not too long. Pure. */

// Nobody reads a longer one; a folder made by accident may have it.
const longestName = 255;

/** One spelling for one name: a Mac writes folders in NFD, others in NFC, and both mean the same album. */
export function oneLine(name: string, longest = longestName): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a folder's name may hold them, an album's must not.
  const line = name.normalize('NFC').replace(/[\s\u0000-\u001f\u007f]+/g, ' ');
  return [...line.trim()].slice(0, longest).join('').trim();
}
