/** Fills the practice household's folder with pictures, one of them slowly. */
import { appendFile, mkdir, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Clock, isAbort } from '../../kernel/index.ts';
import { samples, slowSample } from './catalogue.ts';
import { bytesOf, type Sample } from './sample.ts';

export interface SampleWish {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether one file is to grow for a few seconds after the others are there; otherwise it is written at once. */
  readonly isSlowFileWanted: boolean;
}

export interface SampleSummary {
  /** All files below the folder, the slow one too; parts joined by `/`. */
  readonly paths: readonly string[];
  readonly slowFile: string;
  /** Resolves when the slow file is whole, or left as it is because the signal came; rejects when it cannot be written. */
  readonly slowFileDone: Promise<void>;
}

const [stepCount, stepMs] = [10, 500];

/**
 * Writes the samples that are not there yet; what is there is never touched, so that nothing looks changed when the
 * household is opened a second time. Rejects when the folder cannot be written or the signal comes.
 */
export async function makeSamples(folder: string, wish: SampleWish): Promise<SampleSummary> {
  for (const sample of samples) {
    wish.signal.throwIfAborted();
    await place(join(folder, sample.path), sample);
  }
  const slowPath = join(folder, slowSample.path);
  await mkdir(dirname(slowPath), { recursive: true });
  // Nobody has to wait for it: an error is the caller's only once it asks.
  const slowFileDone = grow(slowPath, bytesOf(slowSample), wish);
  slowFileDone.catch(() => undefined);
  return { paths: [...samples, slowSample].map(({ path }) => path), slowFile: slowSample.path, slowFileDone };
}

/** Writes under another name first: whoever watches the folder sees the file whole or not at all. */
async function place(path: string, sample: Sample): Promise<void> {
  if ((await sizeOf(path)) !== undefined) return;
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.part`;
  await writeFile(unfinished, bytesOf(sample));
  if (sample.modifiedAt) await utimes(unfinished, new Date(sample.modifiedAt), new Date(sample.modifiedAt));
  await rename(unfinished, path);
}

/** Appends what is missing, in steps; one that was cut short is grown on from where it stopped. */
async function grow(path: string, content: Buffer, { clock, signal, isSlowFileWanted }: SampleWish): Promise<void> {
  const stepBytes = isSlowFileWanted ? Math.ceil(content.length / stepCount) : content.length;
  try {
    for (let at = (await sizeOf(path)) ?? 0; at < content.length; at += stepBytes) {
      await appendFile(path, content.subarray(at, at + stepBytes));
      if (at + stepBytes < content.length) await clock.sleep(stepMs, signal);
    }
  } catch (error) {
    if (!isAbort(error) && !signal.aborted) throw error;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
