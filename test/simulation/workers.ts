/** Processes that live weeks side by side: each takes the next when it is done with one. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Finding } from './finding.ts';

export interface Job {
  readonly seed: number;
  /** The name of a mistake to plant. */
  readonly mutant?: string | undefined;
}

export interface Lived extends Job {
  readonly findings: readonly Finding[];
  readonly files: number;
}

interface Waiting {
  readonly job: Job;
  readonly tell: (lived: Lived) => void;
  readonly fail: (error: Error) => void;
}

export class Workers {
  readonly #waiting: Waiting[] = [];
  readonly #idle: ChildProcess[] = [];
  readonly #all: readonly ChildProcess[];
  readonly #busy = new Map<ChildProcess, Waiting>();

  constructor(count: number) {
    this.#all = Array.from({ length: count }, () => this.#start());
    this.#idle.push(...this.#all);
  }

  live(job: Job): Promise<Lived> {
    return new Promise((tell, fail) => {
      this.#waiting.push({ job, tell, fail });
      this.#handOut();
    });
  }

  end(): void {
    for (const worker of this.#all) worker.disconnect();
  }

  #start(): ChildProcess {
    const worker = fork(new URL('./worker.ts', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    worker.on('message', (lived) => {
      const waiting = this.#busy.get(worker);
      this.#busy.delete(worker);
      this.#idle.push(worker);
      waiting?.tell(lived as Lived);
      this.#handOut();
    });
    worker.on('exit', (code) => {
      const waiting = this.#busy.get(worker);
      waiting?.fail(new Error(`a process ended (${code}) while it lived the week of seed ${waiting.job.seed}`));
    });
    return worker;
  }

  #handOut(): void {
    for (let worker = this.#idle[0]; worker && this.#waiting.length > 0; worker = this.#idle[0]) {
      const waiting = this.#waiting.shift();
      this.#idle.shift();
      if (!waiting) return;
      this.#busy.set(worker, waiting);
      worker.send(waiting.job);
    }
  }
}
