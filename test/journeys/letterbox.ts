/** The household's letterbox: a webhook that takes every message and keeps it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Letter {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
}

export class Letterbox implements AsyncDisposable {
  /** One of each id, as a reader of at-least-once post keeps them. */
  readonly letters = new Map<string, Letter>();
  /** All that came, in their order. */
  readonly received: Letter[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const letter = JSON.parse(Buffer.concat(chunks).toString()) as Letter;
      this.letters.set(letter.id, letter);
      this.received.push(letter);
      response.end();
    });
  }

  static async open(): Promise<Letterbox> {
    const letterbox = new Letterbox();
    await new Promise<void>((resolve) => letterbox.#server.listen(0, '127.0.0.1', resolve));
    return letterbox;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/news`;
  }

  /** What was told of this kind, in order. */
  told(kind: string): readonly string[] {
    return [...this.letters.values()].flatMap((letter) => (letter.kind === kind ? [letter.text] : []));
  }

  get kinds(): readonly string[] {
    return [...this.letters.values()].map(({ kind }) => kind);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
