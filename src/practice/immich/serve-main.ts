/** Runs the practice Immich alone: `node serve-main.ts --port 0 --data DIR --version 3.1.0 [--faults FILE]`. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Version, versions } from './dialect.ts';
import { startPracticeImmich } from './start.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string', default: '.practice/immich' },
    version: { type: 'string', default: '3.1.0' },
    faults: { type: 'string' },
  },
});

function versionOf(text: string): Version {
  const version = versions.find((known) => known === text);
  if (!version) throw new Error(`There is no practice Immich ${text}. Choose one of ${versions.join(', ')}.`);
  return version;
}

const running = await startPracticeImmich({
  port: Number(values.port),
  dataDir: values.data,
  version: versionOf(values.version),
  faults: values.faults === undefined ? undefined : JSON.parse(readFileSync(values.faults, 'utf8')),
});
const { url, version, users } = running;
process.stdout.write(`${JSON.stringify({ url, version, users: users.map(({ name, isAdmin, key }) => ({ name, isAdmin, key })) })}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void running.close());
}
