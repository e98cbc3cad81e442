/** `npm run test:home`: installs a real Home Assistant once, and runs every test that is tried with it. Where that cannot be, it says so. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { noMounts } from '../kit/may-mount.ts';

const root = join(import.meta.dirname, '..', '..');

/** Why there can be none here; undefined: there can. */
function whyNot(): string | undefined {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version') || !existsSync('/usr/bin/apt-get'))
    return 'it needs Debian, whose debootstrap installs it';
  if (process.getuid?.() !== 0) return 'it needs root, for a tree of its own';
  return noMounts && `it ${noMounts}`;
}

function run(command: string, words: readonly string[]): void {
  const { status, error } = spawnSync(command, words, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const reason = whyNot();
if (reason === undefined) {
  run(join(import.meta.dirname, 'kit', 'real-ha'), ['install']);
  const files = process.argv.length > 2 ? process.argv.slice(2) : globSync('test/real/**/*.home.ts', { cwd: root }).toSorted();
  // Each file has a Home Assistant of its own, and they mostly wait: two at a time take little more than half as long.
  run(process.execPath, ['--test', '--test-concurrency=2', '--test-timeout=300000', ...files]);
} else {
  const isMust = process.env.HOMEROLL_REAL === 'must';
  console.error(`${isMust ? 'Failed' : 'Skipped'}: the tests with a real Home Assistant cannot run here: ${reason}.`);
  process.exitCode = isMust ? 1 : 0;
}
