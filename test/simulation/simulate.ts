/** `npm run simulate -- --seed S --weeks N`: household-weeks one after the other, and what went wrong in them. */
import { parseArgs } from 'node:util';
import { jsonLog, systemClock } from '../../src/kernel/index.ts';
import { liveOneWeek } from './week.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, weeks: { type: 'string', default: '30' }, log: { type: 'boolean', default: false } },
});
const weeks = Number(values.weeks);
const firstSeed = values.seed === undefined ? Math.floor(systemClock.now() % 1_000_000) : Number(values.seed);
if (!Number.isInteger(weeks) || weeks < 1 || !Number.isInteger(firstSeed)) {
  console.error('Say it like this: npm run simulate -- --seed 7 --weeks 30');
  process.exit(2);
}

const log = values.log ? jsonLog(systemClock, 'debug', { write: (line) => void process.stderr.write(line) }) : undefined;
let failed = 0;
let files = 0;
const startedAtMs = systemClock.elapsed();
for (let week = 0; week < weeks; week += 1) {
  const result = await liveOneWeek(firstSeed + week, log);
  files += result.files;
  if (process.stderr.isTTY) process.stderr.write(`\r${week + 1} of ${weeks} household-weeks, ${failed} went wrong `);
  if (result.findings.length === 0) continue;
  failed += 1;
  console.log(`\nSeed ${result.seed}:`);
  for (const { atMs, what } of result.deeds) console.log(`  ${new Date(atMs).toISOString().slice(5, 19)}  ${what}`);
  for (const finding of result.findings) console.log(`  WRONG: ${finding}`);
  console.log(`  Again: npm run simulate -- --seed ${result.seed} --weeks 1`);
}
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
const seconds = ((systemClock.elapsed() - startedAtMs) / 1000).toFixed(1);
console.log(`${weeks} household-weeks from seed ${firstSeed}, ${files} files at their ends, in ${seconds} s: ${failed} went wrong.`);
process.exit(failed > 0 ? 1 : 0);
