/** Sizes as owners write and read them: `20 kB`, `1.2 GB`. Decimal, as on the box of a disk; `KiB`, `MiB` … are understood too. */

const decimal = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const factors: Readonly<Record<string, number>> = Object.fromEntries(
  ['k', 'm', 'g', 't', 'p'].flatMap((letter, index) => [
    [letter, 1000 ** (index + 1)],
    [`${letter}b`, 1000 ** (index + 1)],
    [`${letter}ib`, 1024 ** (index + 1)],
  ]),
);

/** Bytes of `20 kB`, `1.5 GB`, `512 B`; undefined when it is no size. A number without a unit is none: it could mean anything. */
export function parseSize(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text.trim()) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  const factor = /^(b|bytes?)$/i.test(unit) ? 1 : factors[unit.toLowerCase()];
  if (factor === undefined) return undefined;
  const sizeBytes = Math.round(Number(amount) * factor);
  return Number.isSafeInteger(sizeBytes) ? sizeBytes : undefined;
}

/** `1.2 GB`, `20 kB`, `512 B`: one decimal below ten, none above. */
export function formatSize(sizeBytes: number): string {
  let amount = sizeBytes;
  let power = 0;
  // 999.5 would be shown as 1,000 of the smaller unit.
  while (amount >= 999.5 && power < decimal.length - 1) {
    amount /= 1000;
    power++;
  }
  const shown = power === 0 || amount >= 9.95 ? amount.toFixed(0) : amount.toFixed(1).replace(/\.0$/, '');
  return `${shown} ${decimal[power]}`;
}
