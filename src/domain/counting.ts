/** Numbers in words: plurals, thousands, lists. */

/** Photos and videos are counted apart in sentences; a live photo is one photo. */
export interface Tally {
  readonly photos: number;
  readonly videos: number;
}

export const none: Tally = { photos: 0, videos: 0 };

/** `1,204` */
export function grouped(count: number): string {
  return count.toLocaleString('en');
}

/** `1 file`, `1,204 files` */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `12 photos and 1 video`, `1 photo`, `no photos or videos` */
export function pictures({ photos, videos }: Tally): string {
  const named = [photos > 0 ? counted(photos, 'photo') : '', videos > 0 ? counted(videos, 'video') : ''].filter(Boolean);
  return named.length === 0 ? 'no photos or videos' : named.join(' and ');
}

export function sum({ photos, videos }: Tally): number {
  return photos + videos;
}

/** `one`, `one and two`, `one, two and three` */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `"IMG_1.jpg" and 3 more`: the first few by name. Control characters of names are shown as a replacement. */
export function named(names: readonly string[], total = names.length): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a file's name may hold them, a message must not.
  const shown = names.slice(0, 3).map((name) => `"${name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '\ufffd')}"`);
  return total > shown.length ? `${shown.join(', ')} and ${grouped(total - shown.length)} more` : listed(shown);
}
