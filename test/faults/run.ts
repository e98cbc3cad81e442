/** `npm run faults`: tries every fault, some side by side, and prints the table. `--only WORDS` picks by name, `--write` writes the page. */
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/kernel/index.ts';
import { allFaults } from './all.ts';
import type { Fault } from './fault.ts';
import { isClean, type Row, tableOf } from './table.ts';
import { noToll, type Toll } from './toll.ts';

interface Try {
  readonly fault: number;
  readonly seed: number;
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, tries: { type: 'string' }, write: { type: 'boolean', default: false } },
});
const named = allFaults.filter(({ name, group }) => `${group}: ${name}`.toLowerCase().includes((values.only ?? '').toLowerCase()));
for (const { group, name, skip } of named) if (skip !== undefined) console.log(`skipped: ${group}: ${name}: ${skip}`);
const chosen = named.filter(({ skip }) => skip === undefined);
const rows = new Map<Fault, Row>(chosen.map((fault) => [fault, { fault, tries: 0, toll: noToll }]));
// The soaks go on for minutes: begun last, one process would wait for the other's. Sorting keeps the order of the rest.
const inOrder = chosen.toSorted((one, other) => Number(other.group === 'crashes') - Number(one.group === 'crashes'));
const waiting: Try[] = inOrder.flatMap((fault) =>
  Array.from({ length: Math.min(fault.tries, Number(values.tries ?? fault.tries)) }, (_, index) => ({
    fault: allFaults.indexOf(fault),
    seed: index + 1,
  })),
);
if (waiting.length === 0) {
  console.error('No fault is called that. See test/faults.');
  process.exit(2);
}
// On two cores: each of them waits for a while of its time.
const sideBySide = 3;
const total = waiting.length;
const startedAtMs = systemClock.elapsed();
const secondsGone = (): string => ((systemClock.elapsed() - startedAtMs) / 1000).toFixed(0);
let done = 0;
await Promise.all(Array.from({ length: sideBySide }, work));
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
console.log(tableOf([...rows.values()], { isMarkdown: false }));
if (values.write) writePage([...rows.values()]);
const failed = [...rows.values()].filter((row) => !isClean(row));
console.log(
  `\n${rows.size} faults, ${total} tries in ${secondsGone()} s: ${failed.length === 0 ? 'nothing lost, doubled or lied about' : `${failed.length} cost something`}.`,
);
process.exit(failed.length === 0 ? 0 : 1);

/** Puts the table where the page has its markers. */
function writePage(lines: readonly Row[]): void {
  const page = new URL('../../docs/reliability.md', import.meta.url);
  const [begin, end] = ['<!-- faults: made by npm run faults -- --write -->', '<!-- end of faults -->'];
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  if (!text.includes(begin) || after < before) throw new Error('docs/reliability.md has no place for the table');
  writeFileSync(page, `${text.slice(0, before)}\n\n${tableOf(lines, { isMarkdown: true })}\n\n${text.slice(after)}`);
}

/** One process after the other takes a try from the list until it is empty; one that ends early is followed by another. */
async function work(): Promise<void> {
  for (;;) {
    const next = waiting.shift();
    if (!next) return;
    const fault = allFaults[next.fault];
    const row = fault && rows.get(fault);
    if (!fault || !row) continue;
    const toll = await tryIt(next);
    rows.set(fault, {
      ...row,
      tries: (rows.get(fault)?.tries ?? 0) + (toll.strikes ?? 1),
      toll: added(rows.get(fault)?.toll ?? noToll, toll, next.seed),
    });
    done += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${done} of ${total} tries, ${fault.name}`.slice(0, 78));
    else if (done % 50 === 0) console.log(`${done} of ${total} tries in ${secondsGone()} s`);
    for (const finding of [...toll.lost, ...toll.doubled, ...toll.lies])
      console.log(`${fault.group}: ${fault.name} (try ${next.seed}): ${finding}`);
  }
}

function added(one: Toll, other: Toll, seed: number): Toll {
  const marked = (findings: readonly string[]): readonly string[] => findings.map((finding) => `try ${seed}: ${finding}`);
  return {
    lost: [...one.lost, ...marked(other.lost)],
    doubled: [...one.doubled, ...marked(other.doubled)],
    lies: [...one.lies, ...marked(other.lies)],
  };
}

function tryIt(next: Try): Promise<Toll> {
  return new Promise((resolve) => {
    const child = fork(new URL('./try.ts', import.meta.url), [String(next.fault), String(next.seed)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said: Toll | undefined;
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-2_000);
    });
    child.on('message', (toll) => {
      said = toll as Toll;
    });
    child.once('close', (code) => resolve(said ?? { ...noToll, lies: [`the try ended with ${code}: ${complaint.trim()}`] }));
  });
}
