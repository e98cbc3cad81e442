/** The practice Immich as a process of its own, and Homeroll backing up a folder into it. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cost, watchProcess } from './watched-process.ts';

const program = join(import.meta.dirname, '..', 'bin/homeroll');

export interface Server {
  readonly url: string;
  readonly key: string;
}

export async function withServer<R>(dataFolder: string, work: (server: Server) => Promise<R>): Promise<R> {
  const args = ['practice-immich', '--port', '0', '--data', dataFolder];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    child.once('exit', () => reject(new Error('the practice Immich did not start')));
  });
  const { url, users } = JSON.parse(line) as { url: string; users: { key: string }[] };
  try {
    return await work({ url, key: users[0]?.key ?? '' });
  } finally {
    child.kill();
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

/** `once`, over what lies in `pictures` below the folder; its journal is kept in `state` beside that. */
export function backUp(folder: string, { url, key }: Server, settleMs: number): Promise<Cost> {
  const config = join(folder, 'homeroll.yaml');
  mkdirSync(join(folder, 'state'));
  const lines = [
    `immich: { url: "${url}", accounts: { bench: { key: !env BENCH_KEY } } }`,
    `state: ${join(folder, 'state')}`,
    'sources:',
    `  - { name: Pictures, folder: ${join(folder, 'pictures')}, settle: ${settleMs / 1000} s }`,
  ];
  writeFileSync(config, lines.join('\n'));
  return watchProcess(program, ['once', '--json', '--config', config], { ...process.env, BENCH_KEY: key });
}
