/** A few files of a source, spread over all of it: from the journal, or from a short walk where the journal knows none. */
import { isUtf8 } from 'node:buffer';
import type { SourceConfig } from '../../config/index.ts';
import { type Disk, DiskError, walk } from '../../files/index.ts';
import type { Journal } from '../../journal/index.ts';
import { kindOfName } from '../../media/index.ts';
import { ignoreRulesOf } from '../../pipeline/index.ts';

export interface SampleParts {
  readonly disk: Disk;
  /** Undefined: none was ever written. */
  readonly journal: Journal | undefined;
}

export interface SampledFile {
  readonly name: string;
  readonly sizeBytes: number;
}

const mostFiles = 20;
// A second or two on a slow share.
const mostWalked = 1_000;

/** Photos and videos only. Names that are not text are left out: nobody can be asked about them. */
export async function sampleFiles(
  source: SourceConfig,
  { disk, journal }: SampleParts,
  signal: AbortSignal,
): Promise<readonly SampledFile[]> {
  const known = journal?.sources.all().find(({ name }) => name === source.name);
  const remembered = known && journal ? journal.files.spread(known.id, mostFiles) : [];
  if (remembered.length > 0) return remembered.flatMap(({ name, stat }) => sampled(name, stat.sizeBytes));
  const walked = await firstFiles(source, disk, signal);
  const step = Math.max(1, walked.length / mostFiles);
  return Array.from({ length: Math.min(mostFiles, walked.length) }, (_, nth) => walked[Math.floor(nth * step)]).filter(
    (one) => one !== undefined,
  );
}

async function firstFiles(source: SourceConfig, disk: Disk, signal: AbortSignal): Promise<readonly SampledFile[]> {
  const root = Buffer.from(source.folder);
  const found: SampledFile[] = [];
  try {
    if (!(await disk.root(root))) return [];
    const rules = ignoreRulesOf(source);
    for await (const step of walk(disk, root, { rules, signal })) {
      if (step.kind !== 'files') continue;
      for (const { name, stat } of step.files) {
        const kind = kindOfName(name);
        if (kind === 'photo' || kind === 'video') found.push(...sampled(name, Number(stat.sizeBytes)));
      }
      if (found.length >= mostWalked) break;
    }
  } catch (error) {
    // What is wrong with the folder was said where folders are looked into.
    if (!(error instanceof DiskError)) throw error;
  }
  return found;
}

function sampled(name: Buffer, sizeBytes: number): readonly SampledFile[] {
  return isUtf8(name) ? [{ name: name.toString('utf8'), sizeBytes }] : [];
}
