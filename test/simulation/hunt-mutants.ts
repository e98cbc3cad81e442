/** Plants one mistake after the other and counts the weeks until each is found; the table goes into docs/reliability.md. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Finding } from './finding.ts';
import { mutants } from './mutants/index.ts';
import { Workers } from './workers.ts';

export interface Hunt {
  readonly firstSeed: number;
  readonly processes: number;
  /** All unless told. */
  readonly names?: readonly string[] | undefined;
}

interface Hunted {
  readonly name: string;
  readonly weeks: number;
  readonly finding: Finding | undefined;
}

const mostWeeks = 60;

/** @returns 1 when a mistake was not found */
export async function huntMutants({ firstSeed, processes, names = Object.keys(mutants) }: Hunt): Promise<number> {
  const workers = new Workers(processes);
  const hunted = await Promise.all(
    names.map(async (name): Promise<Hunted> => {
      const one = await hunt(name, firstSeed, workers);
      console.log(rowOf(one));
      return one;
    }),
  );
  workers.end();
  const unfound = hunted.filter(({ finding }) => !finding);
  for (const { name } of unfound) console.log(`NOT FOUND in ${mostWeeks} weeks: ${name}`);
  console.log(`${hunted.length - unfound.length} of ${hunted.length} planted mistakes were found.`);
  if (names.length === Object.keys(mutants).length) writeTable(hunted);
  return unfound.length > 0 ? 1 : 0;
}

async function hunt(name: string, firstSeed: number, workers: Workers): Promise<Hunted> {
  for (let weeks = 1; weeks <= mostWeeks; weeks += 1) {
    const { findings } = await workers.live({ seed: firstSeed + weeks - 1, mutant: name });
    const [finding] = findings;
    if (finding) return { name, weeks, finding };
  }
  return { name, weeks: mostWeeks, finding: undefined };
}

function rowOf({ name, weeks, finding }: Hunted): string {
  return finding ? `| ${name} | ${weeks} | ${finding.kind} |` : `| ${name} | not found in ${weeks} | |`;
}

const page = new URL('../../docs/reliability.md', import.meta.url);
const [opening, closing] = ['<!-- mutants -->', '<!-- end of mutants -->'];

function writeTable(hunted: readonly Hunted[]): void {
  const table = ['| planted mistake | weeks until found | found as |', '| --- | --- | --- |', ...hunted.map(rowOf)].join('\n');
  const section = `${opening}\n\n${table}\n\n${closing}`;
  const text = existsSync(page) ? readFileSync(page, 'utf8') : `# Reliability\n\n## Planted mistakes\n\n${opening}${closing}\n`;
  const [start, end] = [text.indexOf(opening), text.indexOf(closing)];
  if (start < 0 || end < start) throw new Error(`docs/reliability.md has no place for the table: ${opening} … ${closing}`);
  writeFileSync(page, text.slice(0, start) + section + text.slice(end + closing.length));
}
