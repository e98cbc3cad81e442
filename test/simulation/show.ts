/** How a path is written in a history. */
import type { PathBytes } from '../../src/files/index.ts';

export function show(path: PathBytes): string {
  return JSON.stringify(path.toString('utf8'));
}
