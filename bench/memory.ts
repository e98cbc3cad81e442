/** The most memory that Homeroll holds, by the number of files and by the size of one. */
import { mkdirSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePile, type Pile } from './files.ts';
import { backUp, withServer } from './practice.ts';

const settleMs = 1_000;
const perFolder = 1_000;

interface Load {
  readonly what: string;
  readonly files: number;
  /** Of each. */
  readonly sizeBytes: number;
}

const byNumber: readonly Load[] = [1_000, 10_000, 100_000].map((files) => ({
  what: `${files.toLocaleString('en')} photos of 2 KB`,
  files,
  sizeBytes: 2_000,
}));
const bySize: readonly Load[] = [
  { what: 'a film of 1 MB', files: 1, sizeBytes: 1e6 },
  { what: 'a film of 100 MB', files: 1, sizeBytes: 1e8 },
  { what: 'a film of 10 GB', files: 1, sizeBytes: 1e10 },
];

export async function memory(): Promise<void> {
  for (const loads of [byNumber, bySize]) {
    let leastBytes: number | undefined;
    for (const load of loads) {
      const { peakRssBytes, wallS, exitCode } = await measure(load);
      leastBytes ??= peakRssBytes;
      const more = (peakRssBytes - leastBytes) / 1e6;
      const ended = exitCode === 0 ? '' : `  ended with ${exitCode}`;
      console.log(
        `${load.what.padEnd(26)}${(peakRssBytes / 1e6).toFixed(0).padStart(6)} MB, ${more.toFixed(0).padStart(4)} MB more  (${wallS.toFixed(0)} s)${ended}`,
      );
    }
  }
}

async function measure({ files, sizeBytes }: Load): Promise<Awaited<ReturnType<typeof backUp>>> {
  const folder = mkdtempSync(join(tmpdir(), 'homeroll-bench-'));
  try {
    for (const pile of pilesOf(files)) makePile(join(folder, 'pictures', pile.name), { ...pile, sizeBytes: Math.min(sizeBytes, 1e6) });
    mkdirSync(join(folder, 'pictures'), { recursive: true });
    // The rest of a film is nothing but a hole: read, sent, stored and read back like any bytes.
    if (files === 1) truncateSync(join(folder, 'pictures', 'films', 'mp4-00000.mp4'), sizeBytes);
    return await withServer(join(folder, 'immich'), (server) => backUp(folder, server, settleMs));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Photos in folders of a thousand, as phones and cameras keep them. */
function pilesOf(files: number): readonly (Omit<Pile, 'sizeBytes'> & { readonly name: string })[] {
  if (files === 1) return [{ name: 'films', count: 1, extension: 'mp4' }];
  return Array.from({ length: files / perFolder }, (_, number) => ({ name: `album ${number}`, count: perFolder, extension: 'jpg' }));
}
