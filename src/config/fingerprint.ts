/** Notices when the owner changed what is wanted. */
import { createHash } from 'node:crypto';
import type { SourceConfig } from './config.ts';

/** A text that stays as long as every verdict stays: of the rules and their order, not of the lines they stand in. */
export function rulesFingerprint({ rules, clock = [], ignore, nomedia }: Decisive): string {
  const conditions = rules.map(({ where: _, ...condition }) => condition);
  // Rules may ask for dates. Without a word about clocks, or about what is left alone, the text is as it was before there were any.
  const decisive = clock.length === 0 ? conditions : [conditions, clock.map(({ where: _, ...correction }) => correction)];
  const all = ignore || nomedia ? { decisive, ignore, nomedia } : decisive;
  // JSON leaves out functions, so a pattern counts by its text.
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 32);
}

type Decisive = Pick<SourceConfig, 'rules' | 'clock' | 'ignore' | 'nomedia'>;
