/** Puts an account's client together: who talks, who waits, who counts, who writes it down. */
import { type Clock, type Ids, type Log, OwnerError, type Random } from '../kernel/index.ts';
import { immichClient } from './client.ts';
import { dryRun } from './dry-run.ts';
import { serverAddress } from './http-transport.ts';
import type { Immich } from './immich.ts';
import { type Limits, limited } from './limited.ts';
import { logged } from './logged.ts';
import { retrying } from './retrying.ts';
import type { ImmichTransport } from './transport.ts';

export interface Connection {
  /** As the owner wrote it; used in sentences, while `transport` knows where to go. */
  readonly url: string;
  readonly key: string;
  /** May serve several accounts of one server. Whoever opened it closes it. */
  readonly transport: ImmichTransport;
  /** `homeroll/0.1.0` */
  readonly userAgent: string;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  readonly log: Log;
  /** Look only: orders are answered as if done. */
  readonly isDryRun?: boolean;
}

/** @throws OwnerError when the key cannot be one (a line break or an umlaut in it) */
export function connect(connection: Connection): Immich {
  const { transport, userAgent } = connection;
  const key = connection.key.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new OwnerError('immich key refused', 'The key for Immich is empty, or holds characters no key has. Copy it again from Immich.');
  }
  const client = immichClient({ transport, userAgent, key, url: serverAddress(connection.url).href.replace(/\/$/, '') });
  // A retry waits outside the lanes: whoever waits must not keep others from asking.
  const patient = retrying(limited(logged(client, connection), connection.limits, connection), connection);
  return connection.isDryRun ? dryRun(patient, connection) : patient;
}
