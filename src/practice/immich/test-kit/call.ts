/** Calls a practice Immich in the same process, as a simulation does. */
import { systemClock, systemIds } from '../../../kernel/index.ts';
import type { Version } from '../dialect.ts';
import type { FaultPlan } from '../faults.ts';
import { memoryStore } from '../memory-store.ts';
import { PracticeImmich } from '../practice-immich.ts';

export function inMemory(faults?: FaultPlan, version: Version = '3.1.0'): PracticeImmich {
  const store = memoryStore(systemClock);
  return new PracticeImmich({ version, store, databaseFile: ':memory:', clock: systemClock, ids: systemIds, faults });
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

interface Asking {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
}

/** @param verbAndTarget `GET /assets/x`, below /api; asked with the admin's key */
export async function ask(immich: PracticeImmich, verbAndTarget: string, { headers = {}, body, signal }: Asking = {}): Promise<Reply> {
  const [method = '', target = ''] = verbAndTarget.split(' ');
  const length: Record<string, string> = body ? { 'content-length': String(body.length) } : {};
  const request = {
    method,
    target: `/api${target}`,
    headers: { 'x-api-key': immich.users[0]?.key, ...length, ...headers },
    body: inPieces(body),
  };
  const response = await immich.handle(request, signal ?? new AbortController().signal);
  const chunks: Uint8Array[] = [];
  if (response.body instanceof Uint8Array) chunks.push(response.body);
  else for await (const chunk of response.body) chunks.push(chunk);
  return { status: response.status, headers: response.headers, bytes: Buffer.concat(chunks) };
}

export function jsonOf(reply: Reply): Record<string, unknown> {
  return JSON.parse(reply.bytes.toString());
}

/** A form as a client sends it: the fields first, then the picture. */
export function uploadForm(content: Uint8Array, name = 'picture.jpg'): { headers: Record<string, string>; body: Buffer } {
  const fields = {
    deviceAssetId: name,
    deviceId: 'test',
    fileCreatedAt: '2020-02-03T04:05:06.000Z',
    fileModifiedAt: '2020-02-03T04:05:06.000Z',
  };
  const parts = Object.entries(fields).map(
    ([field, value]) => `--b\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const head = `${parts.join('')}--b\r\nContent-Disposition: form-data; name="assetData"; filename="${name}"\r\n\r\n`;
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--b--\r\n')]),
  };
}

export function upload(immich: PracticeImmich, content: Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const form = uploadForm(content);
  return ask(immich, 'POST /assets', { body: form.body, headers: { ...form.headers, ...headers } });
}

async function* inPieces(body: Uint8Array = new Uint8Array(0)): AsyncIterable<Uint8Array> {
  for (let at = 0; at < body.length; at += 1000) yield body.subarray(at, at + 1000);
}
