/** Makes the way to the owner's Immich: one transport for all accounts, and a client for each. */
import { readFile } from 'node:fs/promises';
import type { AccountConfig, Config } from '../config/index.ts';
import { connect, httpTransport, type Immich, type ImmichTransport } from '../immich/index.ts';
import { type Clock, type Ids, type Log, OwnerError, type Random } from '../kernel/index.ts';

export interface Reach extends AsyncDisposable {
  readonly transport: ImmichTransport;
  readonly connect: (account: AccountConfig) => Immich;
}

export interface ReachParts {
  readonly config: Config;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  readonly log: Log;
}

// As wide as the engine's lanes: see Household. Questions are small; a few at once hide the way there and back.
const limits = { questions: 4, uploads: 4, proofs: 3 };

/** @throws OwnerError when `ca_file` cannot be read */
export async function reachImmich({ config, userAgent, clock, random, ids, log }: ReachParts): Promise<Reach> {
  const { url, caFile } = config.immich;
  const caPem = caFile === undefined ? {} : { caPem: await readCertificates(caFile) };
  const transport = httpTransport({ url: url.href, clock, ...caPem });
  return {
    transport,
    connect: ({ key }) => connect({ url: url.href, key: key.reveal(), transport, userAgent, limits, clock, random, ids, log }),
    [Symbol.asyncDispose]: () => transport.close(),
  };
}

async function readCertificates(caFile: string): Promise<string> {
  try {
    return await readFile(caFile, 'utf8');
  } catch (cause) {
    throw new OwnerError('no certificates', `The certificates in ${caFile} ("ca_file") cannot be read.`, { cause });
  }
}
