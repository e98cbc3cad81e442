/** Hears what Immich is sent of each picture beside its bytes: its name, both dates, its sidecar. */
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { ImmichRequest, ImmichTransport } from '../../src/immich/index.ts';

export interface Sent {
  readonly fileName: string;
  /** As Immich reads them, with offset. */
  readonly createdAt: string;
  readonly modifiedAt: string;
  /** When Immich had it all. */
  readonly receivedAt: string;
  readonly sidecar?: Uint8Array;
}

export interface Hearing {
  readonly transport: ImmichTransport;
  /** By SHA-1. Of bytes that were sent twice, what was sent first. */
  readonly sent: ReadonlyMap<string, Sent>;
}

/** The same transport, and what went through it. */
export function hearUploads(transport: ImmichTransport): Hearing {
  const sent = new Map<string, Sent>();
  const hear = (request: ImmichRequest): ImmichRequest => {
    const { body, headers } = request;
    if (!body || request.method !== 'POST' || request.path !== '/api/assets') return request;
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      const form = readForm(new Headers(headers).get('content-type') ?? '');
      for await (const chunk of body.chunks()) {
        // A copy: the sender may use its buffer again before the parser has done with it.
        await form.take(Uint8Array.from(chunk));
        yield chunk;
      }
      const { sha1, ...said } = await form.end();
      if (!sent.has(sha1)) sent.set(sha1, said);
    };
    return { ...request, body: { sizeBytes: body.sizeBytes, chunks } };
  };
  return {
    sent,
    transport: { send: (request, signal) => transport.send(hear(request), signal), close: () => transport.close() },
  };
}

interface Form {
  take(chunk: Uint8Array): Promise<void>;
  end(): Promise<Sent & { readonly sha1: string }>;
}

function readForm(contentType: string): Form {
  const fields = new Map<string, string>();
  const sidecar: Buffer[] = [];
  const parser = busboy({ headers: { 'content-type': contentType } });
  const closed = new Promise<void>((resolve, reject) => parser.once('close', resolve).once('error', reject));
  parser.on('field', (name, value) => void fields.set(name, value));
  parser.on('file', (name, content: Readable) => {
    if (name === 'sidecarData') content.on('data', (chunk: Buffer) => void sidecar.push(chunk));
    else content.resume();
  });
  return {
    take: (chunk) => new Promise((resolve) => void (parser.write(chunk) ? resolve() : parser.once('drain', resolve))),
    end: async () => {
      parser.end();
      await closed;
      const said = (name: string): string => fields.get(name) ?? '';
      return {
        sha1: said('deviceAssetId'),
        fileName: said('filename'),
        createdAt: said('fileCreatedAt'),
        modifiedAt: said('fileModifiedAt'),
        receivedAt: new Date().toISOString(),
        ...(sidecar.length > 0 && { sidecar: Buffer.concat(sidecar) }),
      };
    },
  };
}
