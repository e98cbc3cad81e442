/** One request and its answer on one connection: who waits for whom, and what counts when both ends speak at once. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../kernel/index.ts';
import { watchIdle } from './idle-watch.ts';
import { type ImmichRequest, type ImmichResponse, TransportError, type TransportTrouble } from './transport.ts';

export interface Line {
  readonly clock: Clock;
  readonly idleMs: number;
  readonly answerMs: number;
  open(request: ImmichRequest): ClientRequest;
}

// Progress is seen per write: with 60 s of patience, 256 KiB still lets a line of 5 kB/s through.
const writeBytes = 256 * 1024;
// A film that is read back leaves a buffer behind every 64 KiB, and by itself V8 looks at 60 to 90 MB of them before it clears up.
// Clearing each 4 MiB costs a tenth of a second for 1 GB, and keeps memory flat. bin/homeroll lends us the broom.
const clearEveryBytes = 4 * 1024 * 1024;

// Who sends a byte a minute is never idle, and would hold a place among the few for weeks: less than this in ten idle times is nothing.
const slowestBytes = 4 * 1024;

// Only a file gives Immich work for minutes. A server that hangs must not keep a mere question for as long: `once` waits for it.
const longestQuestionMs = 60_000;
const isQuestion = ({ headers, body }: ImmichRequest): boolean => body === undefined || headers['Content-Type'] === 'application/json';

/** How long the answer may take to begin. */
function patienceOf(request: ImmichRequest, { answerMs }: Line): number {
  return Math.min(answerMs, request.patienceMs ?? (isQuestion(request) ? longestQuestionMs : answerMs));
}

/** Sends `request`; resolves with the answer's head, its body still to be read. See ImmichTransport.send for what is thrown. */
export function exchange(line: Line, request: ImmichRequest, signal: AbortSignal): Promise<ImmichResponse> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const outgoing = line.open(request);
    let phase: 'sending' | 'sent' | 'answered' | 'over' = 'sending';
    let wasSent = false;
    let isWholeBodySent = false;
    let stopReason: { readonly reason: unknown } | undefined;
    let wake: () => void = () => undefined;

    // Who began to answer is there: it is this answer that got stuck.
    const onSilence = (): void => {
      const waitedMs = phase === 'sent' ? answerMs : line.idleMs;
      stop(new TransportError(phase === 'answered' ? 'lost' : 'timed out', wasSent, { waitedMs }));
    };
    const answerMs = patienceOf(request, line);
    const watch = watchIdle(line.clock, Math.min(line.idleMs, answerMs / (request.patienceMs === undefined ? 1 : 4)), onSilence);
    let sentAtMs: number | undefined;
    const onAbort = (): void => stop(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });

    const release = (): void => {
      watch.stop();
      signal.removeEventListener('abort', onAbort);
    };
    /** Ends the exchange on our side. The connection dies with it: half a request must never pass for a whole one. */
    const stop = (reason: unknown): void => {
      if (phase === 'over') return;
      phase = 'over';
      stopReason = { reason };
      release();
      outgoing.destroy();
      reject(reason);
      wake();
    };

    // Nothing may wait for a connection that is over, whatever it did not say.
    outgoing.on('close', () => {
      if (phase === 'sending' || phase === 'sent') stop(new TransportError('lost', wasSent));
      release();
      wake();
    });
    // After the answer began, EPIPE and ECONNRESET only say that nobody read the rest of our body.
    outgoing.on('error', (error) => {
      if (phase === 'sending' || phase === 'sent') stop(asTransportError(error, wasSent));
    });
    outgoing.on('response', (incoming: IncomingMessage) => {
      if (phase === 'over') return;
      phase = 'answered';
      watch.rest();
      wake();
      const waitedMs = sentAtMs === undefined ? 0 : line.clock.elapsed() - sentAtMs;
      resolve({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), body: bodyOf(incoming), waitedMs });
    });

    async function* bodyOf(incoming: IncomingMessage): AsyncGenerator<Uint8Array> {
      try {
        let unclearedBytes = 0;
        let slow = { sinceMs: line.clock.elapsed(), bytes: 0 };
        watch.expect(line.idleMs);
        for await (const chunk of incoming) {
          watch.rest();
          slow.bytes += chunk.length;
          if (slow.bytes >= slowestBytes) slow = { sinceMs: line.clock.elapsed(), bytes: 0 };
          else if (line.clock.elapsed() - slow.sinceMs > 10 * line.idleMs) stop(new TransportError('lost', wasSent));
          unclearedBytes += chunk.length;
          yield chunk;
          if (unclearedBytes >= clearEveryBytes) {
            unclearedBytes = 0;
            globalThis.gc?.({ type: 'minor' });
          }
          watch.expect(line.idleMs);
        }
      } catch (error) {
        throw stopReason ? stopReason.reason : asTransportError(error, true);
      } finally {
        phase = 'over';
        release();
        if (!isWholeBodySent) outgoing.destroy();
      }
    }

    const push = async (chunk: Uint8Array): Promise<void> => {
      for (let at = 0; at < chunk.length && phase === 'sending'; at += writeBytes) {
        // An early answer is seen only when the event loop turns, and a write into a connection that broke behind it would lose it: a
        // proxy that finds a film too large says 413 and hangs up. Before the first write, too: until then nobody listens.
        await eventLoopTurned();
        if (phase !== 'sending') return;
        wasSent = true;
        watch.expect(line.idleMs);
        // Until the system has it: the chunk is ours no longer when the next one is asked for.
        await new Promise<void>((resume) => {
          wake = resume;
          outgoing.write(chunk.subarray(at, at + writeBytes), () => resume());
        });
        watch.rest();
      }
    };

    const pump = async (): Promise<void> => {
      await connected(outgoing, () => watch.expect(Math.min(line.idleMs, answerMs)));
      watch.rest();
      if (phase !== 'sending') return;
      if (request.body) {
        for await (const chunk of request.body.chunks()) {
          await push(chunk);
          if (phase !== 'sending') return;
        }
      }
      if (phase !== 'sending') return;
      phase = 'sent';
      wasSent = true;
      isWholeBodySent = true;
      sentAtMs = line.clock.elapsed();
      watch.expect(answerMs);
      outgoing.end();
      request.onSent?.();
    };
    pump().catch((error: unknown) => {
      if (phase === 'sending') stop(error);
    });
  });
}

/** Whoever calls from within a turn gets to `setImmediate` before the sockets are looked at; from there, after. */
async function eventLoopTurned(): Promise<void> {
  for (const _ of [1, 2]) await new Promise((resume) => setImmediate(resume));
}

/** Nothing of the body is asked for before the connection stands; time spent queueing for one is nobody's silence. */
function connected(outgoing: ClientRequest, onAttempt: () => void): Promise<void> {
  return new Promise((resume) => {
    outgoing.once('close', resume);
    outgoing.once('socket', (socket: Socket) => {
      onAttempt();
      if (!socket.connecting) return resume();
      socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => resume());
    });
  });
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

const troubles: readonly (readonly [RegExp, TransportTrouble])[] = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^(ENOTFOUND|EAI_)/, 'unknown host'],
  [/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|ETIMEDOUT|EADDRNOTAVAIL)$/, 'unreachable'],
  [/CERT|^UNABLE_TO_|^ERR_TLS_/, 'certificate'],
  [/^(HPE_|EPROTO$|ERR_SSL_)/, 'not http'],
];

function asTransportError(error: unknown, wasSent: boolean): TransportError {
  if (error instanceof TransportError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const trouble = troubles.find(([pattern]) => pattern.test(code))?.[1] ?? 'lost';
  return new TransportError(trouble, wasSent, { cause: error });
}
