/** `npm run dates -- DIR…`: which pictures stand in another month than Immich will show, and why. `--moments` lists other hours too, `--write` writes the page. */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compare, type Dated } from './compare.ts';
import { type Filed, fileAll } from './filed.ts';
import { type Collection, withTables } from './page.ts';
import { ImmichsEyes } from './shown.ts';
import { linesOf, type Row, tableOf } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { moments: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const trouble = troubleWith(positionals);
if (trouble !== undefined) {
  console.error(trouble);
  process.exit(2);
}

const collections: Collection[] = [];
for (const folder of positionals.map((path) => resolve(path))) collections.push(await measure(folder));
const rows = collections.flatMap((collection) => collection.rows);
console.log(`\n${tableOf(linesOf(rows), { isMarkdown: false })}`);
if (values.write) {
  const page = new URL('../../docs/reliability.md', import.meta.url);
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), collections));
}
const wrong = rows.filter(({ comparison }) => comparison === 'another month').length;
console.log(
  `\n${rows.length} pictures: ${wrong === 0 ? 'no month differs without a reason' : `${wrong} stand in another month, and nothing explains it`}.`,
);
process.exit(wrong === 0 ? 0 : 1);

function troubleWith(folders: readonly string[]): string | undefined {
  if (folders.length === 0) return 'Say which folder of pictures: npm run dates -- DIR';
  const wrong = folders.find((path) => !statSync(path, { throwIfNoEntry: false })?.isDirectory());
  if (wrong !== undefined) return `${wrong} is no folder. Say which folder of pictures: npm run dates -- DIR`;
  const isPerlThere = spawnSync('perl', ['-e', '1']).status === 0;
  return isPerlThere
    ? undefined
    : 'There is no perl on this machine. exiftool needs it, and tells what Immich will show: install perl first.';
}

async function measure(folder: string): Promise<Collection> {
  const { filed, leftOut } = await fileAll(folder, (done) => progress(`${basename(folder)}: ${done} files judged`, done));
  await using eyes = new ImmichsEyes();
  const found: Row[] = [];
  for (const picture of filed) {
    found.push(rowOf(await datedBy(picture, eyes), picture));
    progress(`${basename(folder)}: ${found.length} of ${filed.length} seen as Immich does`, found.length);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  const byWhy = Map.groupBy(leftOut, ({ why }) => why);
  for (const [why, some] of byWhy) console.log(`${basename(folder)}: ${some.length} left out, such as ${some[0]?.name}: ${why}`);
  return { name: basename(folder), rows: found };
}

async function datedBy(picture: Filed, eyes: ImmichsEyes): Promise<Dated> {
  const { name, extension, isVideo, modifiedAtMs, local, from } = picture;
  return { name, extension, isVideo, modifiedAtMs, ours: { local, from }, immichs: await eyes.shown(picture) };
}

function rowOf(dated: Dated, { judging }: Filed): Row {
  const comparison = compare(dated);
  const { name, ours, immichs } = dated;
  const title = typeof comparison === 'string' ? comparison : comparison.title;
  const isTold = values.moments ? comparison !== 'same moment' : comparison !== 'same moment' && comparison !== 'same month';
  const zone = immichs.zone === undefined ? '' : ` ${immichs.zone}`;
  if (isTold) console.log(`${title}: ${name}: Homeroll ${ours.local} (${ours.from}), Immich ${immichs.local}${zone} (${immichs.by})`);
  return { format: dated.extension.slice(1).toLowerCase(), comparison, ...judging };
}

function progress(text: string, count: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`.slice(0, 78));
  else if (count % 500 === 0) console.error(text);
}
