/** `npm run simulate -- --seed S --weeks N`: household-weeks in two processes side by side, and what went wrong in them. */
import { parseArgs } from 'node:util';
import { jsonLog, systemClock, systemRandom } from '../../src/kernel/index.ts';
import { huntMutants } from './hunt-mutants.ts';
import { planWeek } from './plan.ts';
import { shrink } from './shrink.ts';
import { tellStory } from './story.ts';
import { liveOneWeek } from './week.ts';
import { Workers } from './workers.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    weeks: { type: 'string', default: '30' },
    processes: { type: 'string', default: '2' },
    only: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    mutant: { type: 'string', multiple: true },
    log: { type: 'boolean', default: false },
  },
});
const weeks = Number(values.weeks);
const processes = Number(values.processes);
const firstSeed = values.seed === undefined ? Math.floor(systemRandom.next() * 1e9) : Number(values.seed);
if (![weeks, processes, firstSeed].every(Number.isInteger) || weeks < 1 || processes < 1) {
  console.error('Say it like this: npm run simulate -- --seed 7 --weeks 30 [--processes 2] [--mutants]');
  process.exit(2);
}

if (values.mutants || values.mutant)
  process.exitCode = await huntMutants({ firstSeed: values.seed ? firstSeed : 1, processes, names: values.mutant });
else if (values.only !== undefined || values.log) process.exitCode = await liveHere();
else process.exitCode = await liveThem();

/** One week, in this process, perhaps with a log of all that Homeroll does, or only some of its happenings. */
async function liveHere(): Promise<number> {
  const numbers = values.only?.split(',').map(Number);
  const happenings = planWeek(firstSeed).filter(({ number }) => !numbers || numbers.includes(number));
  const log = values.log ? jsonLog(systemClock, 'debug', { write: (line) => void process.stderr.write(line) }) : undefined;
  const result = await liveOneWeek({ seed: firstSeed, happenings, log });
  console.log(tellStory({ ...result, happenings, tries: 0 }));
  return result.findings.length === 0 ? 0 : 1;
}

async function liveThem(): Promise<number> {
  console.log(`${weeks} household-weeks from seed ${firstSeed} in ${processes} ${processes === 1 ? 'process' : 'processes'}`);
  const workers = new Workers(processes);
  const startedAtMs = systemClock.elapsed();
  const inMinutes = (): number => (systemClock.elapsed() - startedAtMs) / 60_000;
  const failed: number[] = [];
  let lived = 0;
  let files = 0;
  const jobs = Array.from({ length: weeks }, (_, index) => firstSeed + index).map(async (seed) => {
    const result = await workers.live({ seed });
    lived += 1;
    files += result.files;
    if (result.findings.length > 0) {
      failed.push(seed);
      console.log(`Seed ${seed}: ${result.findings[0]?.kind}: ${result.findings[0]?.sentence}`);
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${lived} of ${weeks} household-weeks, ${failed.length} went wrong \x1b[K`);
    else if (lived % 50 === 0)
      console.log(`${lived} of ${weeks}, ${failed.length} went wrong, ${(lived / inMinutes()).toFixed(0)} a minute`);
  });
  await Promise.all(jobs);
  workers.end();
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const minutes = inMinutes();
  // The first few are made short: the others are mostly the same mistake.
  for (const seed of failed.slice(0, 3)) console.log(tellStory(await shrink(await liveOneWeek({ seed }))));
  const speed = `${minutes.toFixed(1)} minutes, ${(weeks / minutes).toFixed(0)} a minute`;
  console.log(`${weeks} household-weeks from seed ${firstSeed}, ${files} files at their ends, in ${speed}: ${failed.length} went wrong.`);
  return failed.length > 0 ? 1 : 0;
}
