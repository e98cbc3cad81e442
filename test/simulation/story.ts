/** Tells what happened in a week that went wrong, in the owner's words. */
import type { Shrunk } from './shrink.ts';

export function tellStory({ seed, deeds, findings, happenings, tries }: Shrunk): string {
  const lines = deeds.map(({ atMs, what }) => `  ${new Date(atMs).toISOString().slice(5, 19).replace('T', ' ')}  ${what}`);
  return [
    `Seed ${seed} went ${findings.length > 0 ? 'wrong' : 'well'}; ${tries} tries left ${happenings.length} happenings of it:`,
    ...lines,
    ...findings.slice(0, 5).map(({ kind, sentence }) => `  WRONG (${kind}): ${sentence}`),
    `  All of it again: npm run simulate -- --seed ${seed} --weeks 1`,
    `  Only these: npm run simulate -- --seed ${seed} --weeks 1 --only ${happenings.map(({ number }) => number).join(',')}`,
  ].join('\n');
}
