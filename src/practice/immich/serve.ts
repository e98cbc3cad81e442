/** Puts the practice Immich behind node:http: streams in, streams out, and connections that end when a fault says so. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectionLost, type PracticeResponse } from './exchange.ts';
import type { PracticeImmich } from './practice-immich.ts';

/** As the real server: a connection that rests longer is closed. */
const keepAliveMs = 5_000;

export interface Listening {
  readonly url: string;
  /** Cuts all connections: nobody is waited for. */
  close(): Promise<void>;
}

/** @param port 0: any free one. Listens on the loopback interface only. */
export async function listen(immich: PracticeImmich, port: number): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: keepAliveMs, requestTimeout: 0, highWaterMark: 256 << 10 }, (request, response) => {
    void answer(immich, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${taken}`, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

async function answer(immich: PracticeImmich, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  // Who hangs up takes it away from the request.
  const { socket } = request;
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(new ConnectionLost());
  });
  try {
    const { method = 'GET', url: target = '/', headers } = request;
    await send(await immich.handle({ method, target, headers, body: request }, gone.signal), response, gone.signal);
  } catch {
    // A lost connection, ordered by a fault or met on the way: both ends as broken sockets do.
    socket.destroy();
  }
}

async function send({ status, headers, body }: PracticeResponse, response: ServerResponse, signal: AbortSignal): Promise<void> {
  response.writeHead(status, headers);
  if (body instanceof Uint8Array) {
    response.end(body);
    return;
  }
  for await (const chunk of body) {
    if (!response.write(chunk)) await drained(response, signal);
  }
  response.end();
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const giveUp = (): void => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    response.once('drain', () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    });
  });
}
