/** Dates as they stand in answers. */

export function isoDate(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** As the database writes them: `2021-07-08T07:10:11+00:00`, with milliseconds only where there are some. */
export function rawDate(atMs: number): string {
  return isoDate(atMs).replace(/(\.000)?Z$/, '+00:00');
}
