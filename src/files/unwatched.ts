/** What the system's watcher is told: by what it listens, and what to leave out, so that a folder that is left alone costs no watch. */
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import type { Options } from '@parcel/watcher';
import { foldersLeftByMarks, type IgnoreRules, watchPattern } from './ignored.ts';

/**
 * As a regular expression: the watcher's own globs miss names, and of literal paths it compares each with each (300 of them and 60,000
 * files: 0.9 s instead of 0.4). It matches them by recursion, a step for each character, in threads of its own.
 */
export async function watchOptions(rules: IgnoreRules): Promise<Options> {
  // By their names alone: a text with any of these letters would be taken for a pattern.
  const literal = foldersLeftByMarks(rules).filter((folder) => isUtf8(folder) && !/[*?[\]{}()!+@|\\]/.test(folder.toString()));
  const folders = literal.slice(0, mostLiteral).map(String);
  const pattern = (await isStackDeepEnough()) ? [watchPattern(rules)] : [];
  return { ...backend, ignore: [...pattern, ...folders] };
}

const mostLiteral = 64;

// Left to itself the watcher first runs the program `watchman` by a shell, at each subscription, and leaves a dead process behind each time.
const backends: Readonly<Partial<Record<NodeJS.Platform, Options>>> = { linux: { backend: 'inotify' }, darwin: { backend: 'fs-events' } };
const backend = backends[process.platform] ?? {};

// Measured: a path of 4,000 characters, the longest there are, ends the process at 1 MiB and is well at 2.
const deepEnoughBytes = 4 * 1024 * 1024;

/** Threads get what the process may have for its stack. Where that is little, or nobody tells, everything is watched and left out by us. */
async function isStackDeepEnough(): Promise<boolean> {
  try {
    const limits = await readFile('/proc/self/limits', 'utf8');
    // `unlimited` is 2 MiB for threads.
    return Number(/^Max stack size\s+(\d+)/m.exec(limits)?.[1] ?? 0) >= deepEnoughBytes;
  } catch {
    return false;
  }
}
