/** Notices when the owner changed what is wanted. */
import { createHash } from 'node:crypto';
import type { SourceConfig } from './config.ts';

/** A text that stays as long as every verdict stays: of the rules and their order, not of the lines they stand in. */
export function rulesFingerprint({ rules }: Pick<SourceConfig, 'rules'>): string {
  const decisive = rules.map(({ where: _, ...condition }) => condition);
  // JSON leaves out functions, so a pattern counts by its text.
  return createHash('sha256').update(JSON.stringify(decisive)).digest('hex').slice(0, 32);
}
