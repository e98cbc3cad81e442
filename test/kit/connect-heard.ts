/** A real client over real HTTP, of which a test hears every question. */
import { connect, httpTransport, type Immich, type ImmichTransport, withCrashPoints } from '../../src/immich/index.ts';
import { type Clock, type CrashPoints, type Log, noCrashPoints, systemClock, systemIds, systemRandom } from '../../src/kernel/index.ts';

export interface Hearing {
  readonly url: string;
  readonly key: string;
  /** For the client's patience. */
  readonly clock: Clock;
  /** For the connection's. */
  readonly wireClock?: Clock;
  readonly log: Log;
  /** Called with `POST /api/assets` before it is sent; what it throws is the way's fault. */
  readonly hear: (question: string) => Promise<void>;
  readonly crashPoints?: CrashPoints;
  /** Put around the connection: sees what is sent. */
  readonly around?: ((transport: ImmichTransport) => ImmichTransport) | undefined;
}

export function connectHeard({ url, key, clock, wireClock = systemClock, log, hear, crashPoints = noCrashPoints, around }: Hearing): {
  readonly immich: Immich;
  close(): Promise<void>;
} {
  const wire = withCrashPoints(httpTransport({ url, clock: wireClock }), crashPoints);
  const transport = around?.(wire) ?? wire;
  const immich = connect({
    url,
    key,
    transport: {
      send: async (request, signal) => {
        await hear(`${request.method} ${request.path}`);
        return transport.send(request, signal);
      },
      close: () => transport.close(),
    },
    userAgent: 'homeroll/test',
    limits: { questions: 4, uploads: 12, proofs: 12 },
    clock,
    random: systemRandom,
    ids: systemIds,
    log,
  });
  return { immich, close: () => transport.close() };
}
