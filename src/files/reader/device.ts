/**
 * A device that may fall silent, with the process that reads it. While it answers, all is as on any disk. When nothing comes back for a
 * while it is silent: its process is killed and let go of, whoever waits is told at once, and a new process asks again until it answers.
 */
import { type Clock, isAbort } from '../../kernel/index.ts';
import type { PathBytes } from '../path-bytes.ts';
import type { Answers, Question } from './messages.ts';
import { ReaderGone, ReadingProcess } from './reading-process.ts';

/** It does not answer, since this moment on the system's clock. */
export class Silence extends Error {
  readonly sinceMs: number;

  constructor(sinceMs: number) {
    super('the device does not answer');
    this.name = 'Silence';
    this.sinceMs = sinceMs;
  }
}

export interface DeviceParts {
  /** Where it can be asked whether it is there: not always the same place, since it may be mounted at several. */
  readonly point: () => PathBytes;
  readonly clock: Clock;
  /** Whether it is mounted anywhere. */
  readonly isMounted: () => boolean;
  readonly startProcess?: () => ReadingProcess;
}

// Counted rather than read from a clock: a computer that slept, or a process that was stopped, has not waited for anybody.
const tickMs = 1_000;
// 20 s: longer than a disk takes to start turning, and with what comes before, within a minute of the last answer.
const ticksUntilSilent = 20;
// A beat is answered by a device that is only slow: so much is too long for a single call even there.
const ticksForOneCall = 120;
const ticksUntilBeat = 5;
const beatEveryMs = 10_000;
const askAgainEveryMs = 2_000;
// What is under way may end by itself before it is let go of.
const graceMs = 1_000;

export class Device {
  readonly #parts: DeviceParts;
  readonly #closing = new AbortController();
  #process: ReadingProcess | undefined;
  #attended: ReadingProcess | undefined;
  /** Unix ms of the first question that nobody answered. */
  #silentSinceMs: number | undefined;
  /** By our elapsed time: since when a process is asked and has said nothing. */
  #quietSinceMs = 0;

  constructor(parts: DeviceParts) {
    this.#parts = parts;
  }

  /** Nothing is known of it any more, and nobody waits for it. */
  get isForgettable(): boolean {
    return !this.#parts.isMounted() && (this.#silentSinceMs !== undefined || !this.#process?.isAsked);
  }

  /**
   * @param patienceMs how long the asker waits: not whether the device is silent, which is known after 20 s only
   * @throws Silence, ReaderFailed, and ReaderGone when even a second process ended
   */
  async ask<Q extends Question>(question: Q, patienceMs: number): Promise<Answers[Q['ask']]> {
    return (await this.askAny(question, patienceMs)).answer;
  }

  /** As {@link ask}; says also which process answered, for what is only known to that one. */
  async askAny<Q extends Question>(
    question: Q,
    patienceMs: number,
  ): Promise<{ readonly answer: Answers[Q['ask']]; readonly by: ReadingProcess }> {
    for (let isSecond = false; ; isSecond = true) {
      const by = this.#current();
      try {
        return { answer: await this.askOf(by, question, patienceMs), by };
      } catch (error) {
        // One that died of something else, killed for lack of memory perhaps, says nothing of the device.
        if (!(error instanceof ReaderGone) || isSecond || this.#closing.signal.aborted) throw error;
      }
    }
  }

  async askOf<Q extends Question>(by: ReadingProcess, question: Q, patienceMs: number): Promise<Answers[Q['ask']]> {
    if (this.#silentSinceMs !== undefined) throw this.#silence();
    if (!by.isAsked) this.#quietSinceMs = this.#parts.clock.elapsed();
    else if (by.isReady && this.#parts.clock.elapsed() - this.#quietSinceMs > patienceMs) throw this.#silence();
    const asked = by.ask(question);
    void this.#attend(by);
    const answer = patienceMs === Number.POSITIVE_INFINITY ? await asked : await this.#within(patienceMs, by, asked);
    this.#quietSinceMs = this.#parts.clock.elapsed();
    return answer;
  }

  /** What it is asked now will not be answered, as somebody knows from elsewhere. */
  giveUp(): void {
    if (this.#process?.isAsked) this.#fallSilent(this.#process, 0);
  }

  /** Homeroll ends: what does not come back soon is let go of. */
  async letGo(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    if (this.#process?.isAsked) await this.#parts.clock.sleep(graceMs, new AbortController().signal);
    this.#process?.kill(new ReaderGone('Homeroll ends'));
  }

  #silence(): Silence {
    const { clock } = this.#parts;
    return new Silence(this.#silentSinceMs ?? Math.round(clock.now() - (clock.elapsed() - this.#quietSinceMs)));
  }

  #current(): ReadingProcess {
    if (this.#silentSinceMs !== undefined) throw this.#silence();
    if (this.#closing.signal.aborted) throw new ReaderGone('Homeroll ends');
    if (!this.#process || this.#process.isOver) {
      this.#process = this.#start();
      void this.#follow(this.#process);
    }
    return this.#process;
  }

  #start(): ReadingProcess {
    const started = (this.#parts.startProcess ?? (() => new ReadingProcess()))();
    started.whenReady.then(
      () => {
        this.#quietSinceMs = this.#parts.clock.elapsed();
      },
      () => undefined,
    );
    return started;
  }

  async #within<T>(patienceMs: number, by: ReadingProcess, asked: Promise<T>): Promise<T> {
    asked.catch(() => undefined);
    const answered = new AbortController();
    const tooLong = async (): Promise<never> => {
      // To start a process takes its time on a busy machine, and is not the device's fault.
      await by.whenReady;
      await this.#parts.clock.sleep(patienceMs, answered.signal);
      throw this.#silence();
    };
    const patience = tooLong();
    patience.catch(() => undefined);
    try {
      return await Promise.race([asked, patience]);
    } finally {
      answered.abort();
    }
  }

  /** Looks on while a process is asked: for that long it keeps us alive, and is to answer. */
  async #attend(by: ReadingProcess): Promise<void> {
    if (this.#attended === by) return;
    this.#attended = by;
    let [seen, quiet] = [by.answers, 0];
    try {
      while (by.isAsked) {
        await this.#parts.clock.sleep(tickMs, new AbortController().signal);
        const oldest = by.tick();
        quiet = by.answers === seen ? quiet + 1 : 0;
        seen = by.answers;
        if (quiet === ticksUntilBeat) this.#beat(by);
        if (quiet >= ticksUntilSilent || oldest >= ticksForOneCall) this.#fallSilent(by, Math.max(quiet, oldest) * tickMs);
      }
    } finally {
      if (this.#attended === by) this.#attended = undefined;
    }
  }

  async #follow(by: ReadingProcess): Promise<void> {
    try {
      while (!by.isOver) {
        await this.#parts.clock.sleep(beatEveryMs, this.#closing.signal);
        if (!by.isAsked) this.#beat(by);
      }
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
  }

  #beat(by: ReadingProcess): void {
    by.ask({ ask: 'beat', path: this.#parts.point() }).catch(() => undefined);
    void this.#attend(by);
  }

  #fallSilent(by: ReadingProcess, forMs: number): void {
    if (by.isOver) return;
    this.#silentSinceMs = this.#parts.clock.now() - forMs;
    const isGone = new Promise<void>((resolve) => {
      by.onGone = resolve;
    });
    by.kill(this.#silence());
    void this.#askAgain(isGone);
  }

  /** One process at a time: one in a call that even a kill does not end must not get company. */
  async #askAgain(isGone: Promise<void>): Promise<void> {
    const { clock, point, isMounted } = this.#parts;
    const over = this.#closing.signal;
    const closed = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve(), { once: true }));
    for (let gone = isGone; !over.aborted; ) {
      await Promise.race([gone, closed]);
      await clock.sleep(askAgainEveryMs, over).catch(() => undefined);
      if (over.aborted || !isMounted()) return;
      const next = this.#start();
      gone = new Promise((resolve) => {
        next.onGone = resolve;
      });
      if (await this.#answers(next, point())) {
        this.#silentSinceMs = undefined;
        this.#process = next;
        void this.#follow(next);
        return;
      }
      next.kill(this.#silence());
    }
  }

  async #answers(next: ReadingProcess, point: PathBytes): Promise<boolean> {
    const beat = next.ask({ ask: 'beat', path: point }).then(
      () => true,
      // An error is an answer: a server that is gone for good says so.
      (error: unknown) => !(error instanceof ReaderGone),
    );
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, this.#closing.signal]);
    const tooLong = this.#parts.clock.sleep(ticksUntilSilent * tickMs, signal).then(
      () => false,
      () => false,
    );
    try {
      return await Promise.race([beat, tooLong]);
    } finally {
      over.abort();
    }
  }
}
