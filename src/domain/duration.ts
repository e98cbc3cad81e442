/** Spans of time as owners write and read them: `10 s`, `5 minutes`, `2 h`, `90 days`. */

const units: readonly { readonly ms: number; readonly written: RegExp; readonly shown: string }[] = [
  { ms: 86_400_000, written: /^(d|days?)$/i, shown: 'day' },
  { ms: 3_600_000, written: /^(h|hours?)$/i, shown: 'hour' },
  { ms: 60_000, written: /^(m|min|minutes?)$/i, shown: 'minute' },
  { ms: 1_000, written: /^(s|sec|seconds?)$/i, shown: 'second' },
  { ms: 1, written: /^ms$/i, shown: 'ms' },
];

/** Milliseconds of `10 s`, `1.5 hours`, `500 ms`; undefined when it is no span. A number without a unit is none. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text.trim()) ?? [];
  const known = units.find(({ written }) => unit !== undefined && written.test(unit));
  if (!known) return undefined;
  const durationMs = Math.round(Number(amount) * known.ms);
  return Number.isSafeInteger(durationMs) ? durationMs : undefined;
}

/** `2 hours`, `1 minute`, `45 seconds`: the largest unit that fits, rounded down, so that nothing is made longer than it was. */
export function formatDuration(durationMs: number): string {
  const { ms, shown } = units.find((unit) => unit.ms > 1 && durationMs >= unit.ms) ?? { ms: 1_000, shown: 'second' };
  const amount = Math.floor(durationMs / ms);
  return `${amount.toLocaleString('en')} ${shown}${amount === 1 ? '' : 's'}`;
}
