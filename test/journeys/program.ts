/** Homeroll as its users start it: `bin/homeroll`, a process of its own, with its screen and its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'homeroll');

export interface Ended {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  /** Where it runs; also its HOME. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Longer than this, and it is killed: a test must end. */
  readonly deadlineMs?: number;
}

/** Far beyond what anything here takes, even on a busy machine. */
export const generousMs = 60_000;

export class Program implements AsyncDisposable {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #isOver = false;

  constructor(words: readonly string[], { folder, env = {}, deadlineMs = generousMs }: Place) {
    this.#child = spawn(launcher, [...words], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
      // Held open, so that what ends with its stdin ends with us.
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    const tooLong = setTimeout(() => this.kill('SIGKILL'), deadlineMs);
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) => {
        clearTimeout(tooLong);
        this.#isOver = true;
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What it said so far, on both screens. */
  get said(): string {
    return this.#stdout + this.#stderr;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  kill(signal: NodeJS.Signals): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended;
  }

  /** Until the screen shows this. What ended without a word of it never will. */
  async says(words: string | RegExp): Promise<string> {
    const isSaid = (): boolean => (typeof words === 'string' ? this.said.includes(words) : words.test(this.said));
    await until(() => isSaid() || this.#isOver, `it says ${words}`);
    if (isSaid()) return this.said;
    const { code, signal } = await this.ended;
    throw new Error(`it ended with ${code ?? signal} before it said ${words}:\n${this.said}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill('SIGKILL');
  }
}

/** Looks again and again until it is so; what never becomes so is an error after a generous time. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const giveUpMs = performance.now() + generousMs;
  while (!(await isSo())) {
    if (performance.now() > giveUpMs) throw new Error(`it never became so: ${what}`);
    await sleep(20);
  }
}
