/** A real share for tests, by FUSE, that hangs at command: stopped, so that nobody takes requests; or taking them and answering none. */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { noMounts } from '../may-mount.ts';

/** Why no such share can be here; undefined: it can. */
export const noShares: string | undefined = whyNone();

function whyNone(): string | undefined {
  const why = 'needs Linux, root, /dev/fuse, and Debian’s fuse3 and mergerfs';
  try {
    if (noMounts !== undefined) return mustNot(why);
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
    execFileSync('mergerfs', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return mustNot(why);
  }
}

/** HOMEROLL_REAL=must: whoever asks for the real thing is not to be told afterwards that it was left out. */
function mustNot(why: string): string {
  if (process.env.HOMEROLL_REAL === 'must') throw new Error(`a share that hangs ${why}`);
  return why;
}

/** `stopped`: a server that does not run on; a kill still ends who asks. `deaf`: one that took the request; nothing ends who asks. */
export type Hang = 'stopped' | 'deaf';

export interface ShareWish {
  readonly point: string;
  /** What it shows, and where a test writes: as others on the network would. */
  readonly folder: string;
  readonly hang: Hang;
}

export class HangingShare implements AsyncDisposable {
  readonly #wish: ShareWish;
  readonly #server: ChildProcess;

  private constructor(wish: ShareWish, server: ChildProcess) {
    this.#wish = wish;
    this.#server = server;
  }

  static async mount(wish: ShareWish): Promise<HangingShare> {
    const { point, folder, hang } = wish;
    for (const made of [point, folder]) mkdirSync(made, { recursive: true });
    const server =
      hang === 'deaf'
        ? fork(new URL('./server.ts', import.meta.url), [folder, point], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
        : spawn('mergerfs', ['-f', '-o', 'cache.attr=0,cache.entry=0,cache.statfs=0', folder, point], { stdio: 'ignore' });
    const share = new HangingShare(wish, server);
    try {
      while (!isMounted(point)) {
        if (server.exitCode !== null) throw new Error(`the server of ${point} ended with ${server.exitCode}`);
        await sleep(20);
      }
      return share;
    } catch (error) {
      await share[Symbol.asyncDispose]();
      throw error;
    }
  }

  async hang(): Promise<void> {
    if (this.#wish.hang === 'stopped') this.#server.kill('SIGSTOP');
    else await this.#say('hang');
  }

  async answer(): Promise<void> {
    if (this.#wish.hang === 'stopped') this.#server.kill('SIGCONT');
    else await this.#say('answer');
  }

  /** With its server the kernel ends every request, also those that nothing else would end. */
  async [Symbol.asyncDispose](): Promise<void> {
    const isOver = this.#server.exitCode !== null || this.#server.signalCode !== null;
    this.#server.kill('SIGKILL');
    if (!isOver) await once(this.#server, 'exit');
    while (isMounted(this.#wish.point)) {
      try {
        execFileSync('umount', ['-l', this.#wish.point], { stdio: 'ignore' });
      } catch {
        return;
      }
    }
  }

  async #say(wish: 'hang' | 'answer'): Promise<void> {
    const heard = once(this.#server, 'message');
    this.#server.send(wish);
    await heard;
  }
}

function isMounted(point: string): boolean {
  return readFileSync('/proc/self/mountinfo', 'latin1')
    .split('\n')
    .some((line) => line.split(' ')[4] === point);
}

/** What the kernel says of a process: `S` it sleeps, `D` in a call that nothing ends. */
export function stateOf(pid: number): string | undefined {
  try {
    statSync(`/proc/${pid}`);
    return readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '')[0];
  } catch {
    return undefined;
  }
}
