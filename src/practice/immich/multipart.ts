/** Reads an upload's form as it streams in: the picture goes to the store while it is hashed, text and sidecar stay in memory. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { extensionOf } from './dialect.ts';
import { badRequest, failed, type Refusal } from './errors.ts';
import { ConnectionLost, headerOf, type PracticeRequest } from './exchange.ts';
import type { Receiving, Store } from './store.ts';

export interface ReceivedFile {
  /** As the sender named the part; a path is cut off. */
  readonly partName: string;
  readonly sizeBytes: number;
  readonly sha1: Uint8Array;
  readonly bytes: Receiving;
}

export interface UploadForm {
  readonly fields: Readonly<Record<string, string | string[]>>;
  readonly picture: ReceivedFile | undefined;
  readonly sidecar: Uint8Array | undefined;
}

// Big enough that a chunk of the socket passes through in one go.
const bufferBytes = 256 << 10;
const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

/**
 * Reads the whole body even when it will be refused, as the real server does.
 * @param isPicture says whether a name's extension is one that the server takes
 * @throws Refusal for what cannot be taken; ConnectionLost when the sender goes away. Nothing stays in the store then.
 */
export async function readUploadForm(request: PracticeRequest, store: Store, isPicture: (name: string) => boolean): Promise<UploadForm> {
  const reader = new FormReader(store, isPicture);
  try {
    await reader.readAll(request);
    return reader.result();
  } catch (error) {
    reader.discard();
    throw error;
  }
}

class FormReader {
  readonly #store: Store;
  readonly #isPicture: (name: string) => boolean;
  readonly #fields: Record<string, string | string[]> = {};
  readonly #files = new Map<string, ReceivedFile>();
  readonly #arriving: Promise<void>[] = [];
  readonly #opened: Receiving[] = [];
  readonly #seen = new Set<string>();
  #refusal: Refusal | undefined;

  constructor(store: Store, isPicture: (name: string) => boolean) {
    this.#store = store;
    this.#isPicture = isPicture;
  }

  async readAll(request: PracticeRequest): Promise<void> {
    const parser = this.#open(request);
    const closed = parser && new Promise<void>((resolve) => parser.once('close', resolve));
    try {
      for await (const chunk of request.body) {
        if (parser?.writable && !parser.write(chunk)) await drained(parser);
      }
    } catch (cause) {
      parser?.destroy();
      throw new ConnectionLost({ cause });
    }
    if (parser?.writable) parser.end();
    await closed;
    await Promise.all(this.#arriving);
  }

  result(): UploadForm {
    if (this.#refusal) throw this.#refusal;
    const sidecar = this.#files.get('sidecarData');
    const sidecarBytes = sidecar && Uint8Array.from(sidecar.bytes.readAt(0, sidecar.sizeBytes));
    sidecar?.bytes.discard();
    return { fields: this.#fields, picture: this.#files.get('assetData'), sidecar: sidecarBytes };
  }

  discard(): void {
    for (const receiving of this.#opened) receiving.discard();
  }

  #refuse(refusal: Refusal): void {
    this.#refusal ??= refusal;
  }

  #open(request: PracticeRequest): busboy.Busboy | undefined {
    try {
      const parser = busboy({
        headers: { ...request.headers, 'content-type': headerOf(request, 'content-type') },
        highWaterMark: bufferBytes,
        fileHwm: bufferBytes,
      });
      parser.on('field', (name, value, { valueTruncated }) => {
        if (valueTruncated) this.#refuse(badRequest('Field value too long'));
        this.#addField(name, value);
      });
      parser.on('file', (name, stream, { filename }) => this.#addFile(name, stream, filename));
      parser.on('error', (error: Error) => this.#refuse(badRequest(`Multipart: ${error.message}`)));
      return parser;
    } catch (error) {
      this.#refuse(badRequest(`Multipart: ${(error as Error).message.replace(/^Multipart: /, '')}`));
      return undefined;
    }
  }

  #addField(name: string, value: string): void {
    const before = this.#fields[name];
    this.#fields[name] = before === undefined ? value : [before, value].flat();
  }

  #addFile(field: string, stream: Readable, latin1Name: string | undefined): void {
    // A broken form is told by the parser; the part only ends early.
    stream.on('error', () => undefined);
    const refusal = latin1Name ? this.#judge(field, utf8(latin1Name)) : undefined;
    if (refusal) this.#refuse(refusal);
    if (!latin1Name || this.#refusal) return void stream.resume();
    this.#seen.add(field);
    this.#arriving.push(this.#receive(field, stream, utf8(latin1Name)));
  }

  /** Judged in the order of the stream: a `filename` field counts only if it came before, and then for sidecars too. */
  #judge(field: string, partName: string): Refusal | undefined {
    if (!['assetData', 'sidecarData'].includes(field) || this.#seen.has(field)) return badRequest(`Unexpected field - ${field}`);
    const given = this.#fields.filename;
    const name = (typeof given === 'string' && given) || partName;
    const isGood = field === 'assetData' ? this.#isPicture(name) : extensionOf(name) === '.xmp';
    return isGood ? undefined : badRequest(`Unsupported file type ${name}`);
  }

  async #receive(field: string, stream: Readable, partName: string): Promise<void> {
    const bytes = this.#store.receive();
    this.#opened.push(bytes);
    const hash = createHash('sha1');
    let sizeBytes = 0;
    // A disk that is full must not leave the sender waiting: the rest is read and forgotten.
    const breakDown = (): void => this.#refuse(failed('Failed to upload asset'));
    await new Promise<void>((resolve) => {
      stream.on('data', (chunk: Uint8Array) => {
        if (this.#refusal) return;
        hash.update(chunk);
        sizeBytes += chunk.length;
        const catchingUp = bytes.write(chunk);
        if (!catchingUp) return;
        stream.pause();
        void catchingUp.catch(breakDown).then(() => stream.resume());
      });
      stream.once('close', resolve);
    });
    await bytes.flush().catch(breakDown);
    this.#files.set(field, { partName, sizeBytes, sha1: hash.digest(), bytes });
  }
}

function drained(parser: busboy.Busboy): Promise<void> {
  return new Promise((resolve) => {
    const goOn = (): void => {
      parser.off('drain', goOn).off('close', goOn);
      resolve();
    };
    parser.on('drain', goOn).on('close', goOn);
  });
}
