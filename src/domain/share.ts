/** Shares as owners write them: `5%`. */

/** 0 to 1 of `5%`, `0.5 %`, `100%`; undefined when it is none, or nothing, or more than all. */
export function parseShare(text: string): number | undefined {
  const percent = Number(/^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim())?.[1] ?? Number.NaN);
  return percent > 0 && percent <= 100 ? percent / 100 : undefined;
}
