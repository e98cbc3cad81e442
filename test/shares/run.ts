/** `npm run test:shares`: tries shares that hang, by real mounts. Where there can be none, it says so. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { noShares } from '../kit/fuse/share.ts';

const root = join(import.meta.dirname, '..', '..');
if (noShares === undefined) {
  const files = process.argv.length > 2 ? process.argv.slice(2) : globSync('test/shares/**/*.shares.ts', { cwd: root }).toSorted();
  const { status } = spawnSync(process.execPath, ['--test', '--test-timeout=600000', ...files], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else {
  console.error(`Skipped: the tests with shares that hang cannot run here: it ${noShares}.`);
}
