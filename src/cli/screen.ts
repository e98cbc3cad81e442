/** The terminal: answers on stdout, talk on stderr, and a block at the bottom that changes in place. */
import type { Writable } from 'node:stream';
import { type Paint, paint } from './paint.ts';
import { wrapped } from './text.ts';

/** A stream of the process, as far as we care. */
export type Terminal = Writable & { readonly isTTY?: boolean; readonly columns?: number };

export interface ScreenParts {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** NO_COLOR and TERM are honoured. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const usualColumns = 80;

export class Screen {
  readonly #stdout: Terminal;
  readonly #stderr: Terminal;
  /** For stdout. */
  readonly paint: Paint;
  /** For stderr. */
  readonly asidePaint: Paint;
  /** True where a block may change in place. */
  readonly isLive: boolean;
  #block: readonly string[] = [];

  constructor({ stdout, stderr, environment }: ScreenParts) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    const isDumb = environment.TERM === 'dumb';
    const mayColour = !environment.NO_COLOR && !isDumb;
    this.paint = paint(mayColour && stdout.isTTY === true);
    this.asidePaint = paint(mayColour && stderr.isTTY === true);
    this.isLive = stderr.isTTY === true && !isDumb;
  }

  get columns(): number {
    return this.#stdout.columns ?? usualColumns;
  }

  get asideColumns(): number {
    return this.#stderr.columns ?? usualColumns;
  }

  /** Into how many columns lines of the answer must fit: on a terminal its own, in a pipe they stay whole for who reads them. */
  get room(): number {
    return this.#stdout.isTTY === true ? this.columns : Number.POSITIVE_INFINITY;
  }

  get asideRoom(): number {
    return this.#stderr.isTTY === true ? this.asideColumns : Number.POSITIVE_INFINITY;
  }

  /** The answer in sentences, one a line; where there is too little room for one it is broken between words. */
  async tell(sentences: string): Promise<void> {
    await this.answer(inRoom(sentences, this.room));
  }

  /** The same, beside the answer. */
  complain(sentences: string): void {
    this.say(inRoom(sentences, this.asideRoom));
  }

  /** A part of the answer. Resolves when the reader has room for more. */
  async answer(text: string): Promise<void> {
    this.show([]);
    const line = text.endsWith('\n') ? text : `${text}\n`;
    if (!this.#stdout.write(line)) await new Promise<void>((resolve) => this.#stdout.once('drain', resolve));
  }

  /** A line beside the answer: progress, log, complaint. It goes above the block. */
  say(line: string): void {
    const block = this.#block;
    this.show([]);
    this.#stderr.write(line.endsWith('\n') ? line : `${line}\n`);
    this.show(block);
  }

  /** Replaces the block; an empty one takes it away without a trace. Lines must fit the width. */
  show(lines: readonly string[]): void {
    if (!this.isLive || lines.join('\n') === this.#block.join('\n')) return;
    // Up to the first line of the old block, and everything below it away.
    const away = this.#block.length > 0 ? `\u001b[${this.#block.length}A\r\u001b[J` : '';
    this.#stderr.write(away + lines.map((line) => `${line}\n`).join(''));
    this.#block = lines;
  }
}

function inRoom(sentences: string, columns: number): string {
  return sentences
    .split('\n')
    .map((line) => wrapped(line, columns, '  '))
    .join('\n');
}
