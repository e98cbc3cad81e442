/** How exiftool is started so that it can do nothing but read, and whether this machine can start it at all. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Nothing of ours goes in: no HOME, no PERL5LIB, no key. UTC: in whose zone exiftool tells times that it counts from 1970. */
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin', LANG: 'C', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Written files end at byte 0, memory at 1 GiB (it takes some 80 MB), and work at five minutes of the processor (500 files take
 * seconds): whatever a hostile file makes of it, the machine does not suffer. Where a shell knows no such limit it goes without.
 */
const limits = 'ulimit -c 0; ulimit -f 0; ulimit -v 1048576; ulimit -t 300';
const perlByShell = ['-c', `{ ${limits}; } 2>/dev/null; exec perl "$@"`, 'sh'];

/** `-config ''`: a file .ExifTool_config in the working directory or in HOME is a program, and would be run. */
const noConfig = ['-config', ''];

/** The package with exiftool itself; @throws where it was not installed */
function exiftoolPath(): string {
  const here = createRequire(import.meta.url);
  const beside = createRequire(here.resolve('exiftool-vendored'));
  return join(dirname(beside.resolve('exiftool-vendored.pl')), 'bin', 'exiftool');
}

/** An exiftool that stays, takes its questions from stdin, and ends with it. */
export function spawnExiftool(): ChildProcess {
  const args = [...perlByShell, exiftoolPath(), ...noConfig, '-stay_open', 'True', '-@', '-'];
  return spawn('/bin/sh', args, { cwd: '/', env: environment, stdio: 'pipe' });
}

/** Why there is no second reader, in a sentence without its full stop, and what to do. */
export interface Hitch {
  readonly because: string;
  readonly cure: string;
}

const mayLastMs = 20_000;
const installPerl = 'Install Perl: "apt install perl", or what your system calls it.';

/** @returns undefined where exiftool answers */
export async function exiftoolHitch(): Promise<Hitch | undefined> {
  let path: string;
  try {
    path = exiftoolPath();
  } catch {
    return { because: 'the package exiftool-vendored.pl is missing', cure: 'Install Homeroll anew, with its optional packages.' };
  }
  return hitchOf(await ask([...perlByShell, path, ...noConfig, '-ver']));
}

/** What exiftool's answer to the question for its version means. */
export function hitchOf({ output, exitCode }: Answer): Hitch | undefined {
  if (/^\d+\.\d+\s*$/.test(output)) return undefined;
  if (exitCode === notFound) return { because: 'perl is not on this machine', cure: installPerl };
  return { because: 'perl is there, but exiftool does not run by it', cure: installPerl };
}

/** Perl's own part for what is packed: without it exiftool skips the packed texts of PNG. */
export async function lacksUnpacking(): Promise<boolean> {
  const { output } = await ask([...perlByShell, '-MCompress::Zlib', '-e', 'print "there"']);
  return output !== 'there';
}

interface Answer {
  readonly output: string;
  readonly exitCode: number;
}
/** What a shell says of a program that it does not find. */
const notFound = 127;

function ask(args: readonly string[]): Promise<Answer> {
  return new Promise((resolve) => {
    execFile('/bin/sh', args, { cwd: '/', env: environment, timeout: mayLastMs, killSignal: 'SIGKILL' }, (error, output) => {
      resolve({ output, exitCode: typeof error?.code === 'number' ? error.code : error ? 1 : 0 });
    });
  });
}
