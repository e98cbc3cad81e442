/** Which of the points that a run came by are worth a crash of their own. Pure. */

const nameOf = (point: string): string => point.replace(/:\d+$/, '');
const countOf = (point: string): number => Number(/\d+$/.exec(point)?.[0]);

/** Of a point that is reached often the first time, the second, the middle one and the last. In the order given. */
export function worthACrash(points: readonly string[]): readonly string[] {
  const lastOf = new Map(points.map((point) => [nameOf(point), countOf(point)]));
  return points.filter((point) => {
    const last = lastOf.get(nameOf(point)) ?? 0;
    return [1, 2, Math.ceil(last / 2), last].includes(countOf(point));
  });
}

/** As many, spread evenly from the first to the last. */
export function drawnEvenly<T>(from: readonly T[], count: number): readonly T[] {
  return Array.from({ length: Math.min(count, from.length) }, (_, index) => from[Math.floor((index * from.length) / count)]).filter(
    (one) => one !== undefined,
  );
}

/** The same point, reached the times before: runs side by side do not come by all points equally often. */
export function earlier(point: string): readonly string[] {
  return Array.from({ length: countOf(point) }, (_, index) => `${nameOf(point)}:${countOf(point) - index}`);
}

/**
 * One of several shares that together are all of them. By name and not by place, since each share comes from a recording of its own.
 * @param share from 1 on
 */
export function shareOf(points: readonly string[], { share, of }: { readonly share: number; readonly of: number }): readonly string[] {
  const numberOf = (point: string): number => [...point].reduce((number, letter) => (number * 31 + letter.charCodeAt(0)) % 9973, 7);
  return points.filter((point) => numberOf(point) % of === share - 1);
}
