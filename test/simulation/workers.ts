/** Processes that live weeks side by side: each takes the next when it is done with one. */
import { type ChildProcess, fork } from 'node:child_process';
import { type Finding, found } from './finding.ts';

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

// A week takes two seconds, on a machine that is very busy twenty.
const patienceMs = 300_000;

export class Workers {
  readonly #waiting: Waiting[] = [];
  readonly #idle: ChildProcess[] = [];
  readonly #all: ChildProcess[];
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
    const worker = fork(new URL('./worker.ts', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
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

  /** Something that spins without time passing would never end by itself. */
  #guard(worker: ChildProcess, waiting: Waiting): void {
    const { job, tell } = waiting;
    const giveUp = (): void => {
      if (this.#busy.get(worker) !== waiting) return;
      this.#busy.delete(worker);
      worker.kill('SIGKILL');
      this.#all.splice(this.#all.indexOf(worker), 1, this.#start());
      this.#idle.push(...this.#all.filter((one) => !this.#busy.has(one) && !this.#idle.includes(one)));
      tell({ ...job, findings: [found('spins', 'the week does not end')], files: 0 });
      this.#handOut();
    };
    setTimeout(giveUp, patienceMs).unref();
  }

  #handOut(): void {
    for (let worker = this.#idle[0]; worker && this.#waiting.length > 0; worker = this.#idle[0]) {
      const waiting = this.#waiting.shift();
      this.#idle.shift();
      if (!waiting) return;
      this.#busy.set(worker, waiting);
      worker.send(waiting.job);
      this.#guard(worker, waiting);
    }
  }
}
