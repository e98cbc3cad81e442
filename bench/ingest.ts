/** How long 1.2 GB of photos and videos take into the practice Immich and back, beside curl sending the same files in the same run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { makePile } from './files.ts';
import { backUp, type Server, withServer } from './practice.ts';
import { type Cost, watchProcess } from './watched-process.ts';

const settleMs = 1_000;

export async function ingest(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'homeroll-bench-'));
  try {
    console.log('Making 2,000 photos of 100 KB and 20 videos of 50 MB …');
    const photos = makePile(join(folder, 'pictures', 'photos'), { count: 2_000, sizeBytes: 100_000, extension: 'jpg' });
    const videos = makePile(join(folder, 'pictures', 'videos'), { count: 20, sizeBytes: 50_000_000, extension: 'mp4' });
    await sleep(2 * settleMs);
    const curl = await withServer(join(folder, 'for-curl'), (server) => sendByCurl(folder, [...photos, ...videos], server));
    const homeroll = await withServer(join(folder, 'for-homeroll'), (server) => backUp(folder, server, settleMs));
    const times = readTimes(join(folder, 'state', 'journal.sqlite'));
    report({ curl, homeroll, times, files: photos.length + videos.length, bytes: 2_000 * 100_000 + 20 * 50_000_000 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same fields that Homeroll sends, from eight connections that are kept alive. */
function sendByCurl(folder: string, paths: readonly string[], { url, key }: Server): Promise<Cost> {
  const date = '2025-06-01T12:00:00.000Z';
  const forms = (path: string): string[] => [
    `url = "${url}/api/assets"`,
    `header = "x-api-key: ${key}"`,
    ...['deviceAssetId=bench', 'deviceId=bench', `fileCreatedAt=${date}`, `fileModifiedAt=${date}`].map((field) => `form = "${field}"`),
    `form = "assetData=@${path}"`,
    'output = "/dev/null"',
  ];
  const config = join(folder, 'curl.txt');
  writeFileSync(config, paths.map((path) => forms(path).join('\n')).join('\nnext\n'));
  return watchProcess('curl', ['--silent', '--parallel', '--parallel-max', '8', '--config', config]);
}

interface Times {
  /** From the first file noticed to the last one stored, and to the last one proven. */
  readonly storedS: number;
  readonly provenS: number;
}

function readTimes(journal: string): Times {
  const database = new DatabaseSync(journal, { readOnly: true });
  const last = (state: string): number => Number(database.prepare('SELECT max(at) AS at FROM history WHERE to_state = ?').get(state)?.at);
  const firstMs = Number(database.prepare('SELECT min(at) AS at FROM history').get()?.at);
  const times = { storedS: (last('stored') - firstMs) / 1000, provenS: (last('proven') - firstMs) / 1000 };
  database.close();
  return times;
}

interface Results {
  readonly curl: Cost;
  readonly homeroll: Cost;
  readonly times: Times;
  readonly files: number;
  readonly bytes: number;
}

function report({ curl, homeroll, times, files, bytes }: Results): void {
  const megabytes = bytes / 1e6;
  const row = (what: string, seconds: number): string =>
    `${what.padEnd(28)}${seconds.toFixed(2).padStart(8)} s${(files / seconds).toFixed(0).padStart(8)} files/s${(megabytes / seconds).toFixed(0).padStart(7)} MB/s`;
  const cost = (what: string, { cpuS, peakRssBytes }: Cost): string =>
    `${what.padEnd(28)}${cpuS.toFixed(2).padStart(8)} s of processor time, peak memory ${(peakRssBytes / 2 ** 20).toFixed(0)} MiB`;
  if (homeroll.exitCode !== 0) console.log(`homeroll ended with ${homeroll.exitCode}:\n${homeroll.stderr}`);
  console.log(`\n${files} files, ${megabytes.toFixed(0)} MB\n`);
  console.log(row('curl, 8 at a time: stored', curl.wallS));
  console.log(row('Homeroll: stored', times.storedS));
  console.log(row('Homeroll: stored and proven', times.provenS));
  console.log(row('Homeroll: whole command', homeroll.wallS));
  console.log(`\n${cost('curl', curl)}\n${cost('Homeroll', homeroll)}`);
}
