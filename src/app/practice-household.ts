/** The practice household: sample pictures, a stand-in Immich as a process of its own, and a configuration to look at. */
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PracticeHousehold } from '../cli/index.ts';
import { type Clock, OwnerError } from '../kernel/index.ts';
import { makeSamples } from '../practice/index.ts';
import { makeFolder } from './make-folder.ts';

export interface PracticeWish {
  readonly folder: string;
  readonly clock: Clock;
  /** The program that is running: `[node, main.ts]`. */
  readonly program: readonly [node: string, main: string];
}

interface Ready {
  readonly url: string;
  readonly users: readonly { readonly name: string; readonly isAdmin: boolean; readonly key: string }[];
}

/** Made where it is not there yet; what is there is left as it is, but for the address of the Immich. */
export async function openPractice({ folder, clock, program }: PracticeWish, signal: AbortSignal): Promise<PracticeHousehold> {
  const picturesFolder = join(folder, 'pictures');
  const immichFolder = join(folder, 'immich');
  const configFile = join(folder, 'homeroll.yaml');
  await makeFolder(picturesFolder).catch((cause: unknown) => {
    const sentence = `No practice household can be made in ${folder}: name a folder that can be written with --folder.`;
    throw new OwnerError('no practice folder', sentence, { cause });
  });
  await using opened = new AsyncDisposableStack();
  const immich = opened.use(await startImmich(program, immichFolder, signal));
  const { url, users } = immich.ready;
  const key = users.find(({ isAdmin }) => !isAdmin)?.key;
  if (key === undefined) throw new Error('the practice Immich has no ordinary user');
  await writeFile(join(folder, 'secrets.yaml'), `practice_immich_key: ${key}\n`, { mode: 0o600 });
  await writeConfig(configFile, url);
  const mark = join(folder, 'samples-made.txt');
  const isMade = (await readIfThere(mark)) !== undefined;
  const making = isMade ? undefined : await makeSamples(picturesFolder, { clock, signal, isSlowFileWanted: true });
  // Written when the last one is whole: a making that was cut short is made up for at the next start.
  const isWhole = making?.slowFileDone.then(() => (signal.aborted ? undefined : writeFile(mark, markText)));
  isWhole?.catch(() => undefined);
  const rest = opened.move();
  return {
    configFile,
    picturesFolder,
    immichUrl: url,
    immichFolder,
    isNew: !isMade,
    isWhole: isWhole ?? Promise.resolve(),
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}

const markText = 'The sample pictures were made. What you remove of them stays removed.\n';

/** A port is free only for as long as somebody holds it, so each start has its own; the owner's changes stay. */
async function writeConfig(configFile: string, url: string): Promise<void> {
  const written = await readIfThere(configFile);
  const text = written?.replace(/^(\s*url:\s*)\S+/m, `$1${url}`) ?? practiceConfig(url);
  if (text !== written) await writeFile(configFile, text);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** It ends with us, however we end: it watches its stdin, which closes with our process. */
async function startImmich(
  [node, main]: PracticeWish['program'],
  dataDir: string,
  signal: AbortSignal,
): Promise<AsyncDisposable & { readonly ready: Ready }> {
  const child = spawn(node, [...process.execArgv, main, 'practice-immich', '--port', '0', '--data', dataDir, '--until-stdin-ends'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C goes to every process of the terminal; this one must outlive our own tidy end.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // It may be gone when we say goodbye.
  child.stdin.on('error', () => undefined);
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  const lines = createInterface({ input: child.stdout, signal });
  const first = new Promise<string | undefined>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('error', reject);
    child.once('close', () => resolve(undefined));
  });
  const line = await first;
  if (line === undefined) {
    signal.throwIfAborted();
    throw new OwnerError('no practice Immich', `The practice Immich did not start in ${dataDir}. Remove that folder to begin anew.`);
  }
  return { ready: JSON.parse(line) as Ready, [Symbol.asyncDispose]: stop };
}

function practiceConfig(url: string): string {
  return `# The practice household: change what you like and start it again. All that may be written here: docs/configuration.md
immich:
  url: ${url}                   # a stand-in on this machine; its port changes with every start
  accounts:
    home: { key: !secret practice_immich_key }  # in secrets.yaml, beside this file

state: state                                    # what Homeroll remembers

sources:
  - name: Practice pictures
    folder: pictures
    settle: 2 s                                 # short, so that there is something to see
    skip: ["**/Trash/**", { smaller than: 1 kB }]
    albums: ["{year}/{month-name}"]
    tags: ["from/{source}"]

events:
  - { name: Summer at the sea, from: 2024-07-13, to: 2024-07-20 }

tell: [log]
`;
}
