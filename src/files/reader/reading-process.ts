/** One process that reads a device for us, seen from here: asked by messages, killed when it no longer answers, never waited for. */
import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { Hint } from '../gather-hints.ts';
import type { Answers, Failure, FromChild, Question, ToChild } from './messages.ts';

/** It ended before it answered: by itself, or because we let go of it. */
export class ReaderGone extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'ReaderGone';
  }
}

/** What the reading process ran into. */
export class ReaderFailed extends Error {
  readonly failure: Failure;
  readonly code: string | undefined;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'ReaderFailed';
    this.failure = failure;
    this.code = failure.code;
  }
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
  /** How many of its device's ticks it waits by now. */
  ticks: number;
}

// In the child, four calls wait for a slow device at the most; the rest of its threads see whether that still answers.
const threads = '12';

export class ReadingProcess {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly #hearers = new Map<number, (hint: Hint) => void>();
  readonly #isReady = Promise.withResolvers<void>();
  #asked = 0;
  #answers = 0;
  #isOver = false;
  #hasBegun = false;
  /** Called once, when nothing more will come from it. */
  onOver: () => void = () => undefined;
  /** Called once, when the system has let go of it: not before its last call came back. */
  onGone: () => void = () => undefined;

  constructor() {
    const main = join(import.meta.dirname, `main${extname(import.meta.filename)}`);
    const { NODE_COMPILE_CACHE: cache } = process.env;
    this.#process = fork(main, [], {
      // One that hangs must share nothing with us that we would wait for; and our own folder may lie on what hangs.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      execArgv: [],
      cwd: '/',
      env: { UV_THREADPOOL_SIZE: threads, ...(cache !== undefined && { NODE_COMPILE_CACHE: cache }) },
    });
    this.#isReady.promise.catch(() => undefined);
    this.#process.on('message', (message) => this.#take(message as FromChild));
    this.#process.once('error', () => this.#leave(true));
    this.#process.once('exit', () => this.#leave(true));
    this.#process.once('disconnect', () => this.#leave(false));
    this.#process.unref();
    this.#process.channel?.unref();
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** How often it answered so far, with whatever. */
  get answers(): number {
    return this.#answers;
  }

  get isAsked(): boolean {
    return this.#waiting.size > 0;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get isReady(): boolean {
    return this.#hasBegun;
  }

  /** It has begun to look at its device; rejects when it ends before. */
  get whenReady(): Promise<void> {
    return this.#isReady.promise;
  }

  /** @throws ReaderFailed, ReaderGone */
  ask<Q extends Question>(question: Q): Promise<Answers[Q['ask']]> {
    return new Promise((resolve, reject) => {
      if (this.#isOver) return reject(new ReaderGone('the reading process has ended'));
      const id = ++this.#asked;
      this.#waiting.set(id, { resolve, reject, ticks: 0 });
      this.#process.send({ ...question, id } satisfies ToChild, undefined, undefined, (error) => {
        if (error) this.#waiting.get(id)?.reject(new ReaderGone(error.message));
        if (error) this.#waiting.delete(id);
      });
    });
  }

  /** Passes on what is heard by a watch that it was asked for. When it ends, one last hint says so. */
  hear(watch: number, onHint: (hint: Hint) => void): void {
    this.#hearers.set(watch, onHint);
  }

  unhear(watch: number): void {
    this.#hearers.delete(watch);
  }

  /** One more tick has passed. @returns how many the oldest question waits */
  tick(): number {
    let oldest = 0;
    for (const waiting of this.#waiting.values()) oldest = Math.max(oldest, ++waiting.ticks);
    return oldest;
  }

  /** Ends it, and all that waits for it, with this error. Whether it really ends now is the kernel's business. */
  kill(error: Error): void {
    this.#process.kill('SIGKILL');
    this.#end(error);
  }

  #take(message: FromChild): void {
    if (this.#isOver) return;
    if (message.tell === 'ready') {
      this.#hasBegun = true;
      this.#isReady.resolve();
      return;
    }
    if (message.tell === 'hint') {
      this.#hearers.get(message.watch)?.(message.hint);
      return;
    }
    this.#answers += 1;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.tell === 'failure') waiting?.reject(new ReaderFailed(message.failure));
    else waiting?.resolve(message.answer as never);
  }

  #leave(isGone: boolean): void {
    this.#end(new ReaderGone('the reading process has ended'));
    if (isGone) this.onGone();
  }

  #end(error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#isReady.reject(error);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    for (const hear of this.#hearers.values()) hear({ kind: 'lost', why: error.message });
    this.#hearers.clear();
    this.onOver();
  }
}
