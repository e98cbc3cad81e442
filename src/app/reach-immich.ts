/** Makes the way to the owner's Immich: one transport for all accounts, and a client for each. */
import type { AccountConfig, Config } from '../config/index.ts';
import type { OwnFiles } from '../files/index.ts';
import { connect, httpTransport, type Immich, type ImmichTransport, withCrashPoints } from '../immich/index.ts';
import { type Clock, type CrashPoints, type Ids, type Log, noCrashPoints, OwnerError, type Random } from '../kernel/index.ts';

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
  /** By which the certificates of `ca_file` are read. */
  readonly files: Pick<OwnFiles, 'bytes'>;
  readonly crashPoints?: CrashPoints;
}

// Questions are small; a few at once hide the way there and back. How many uploads and proofs there are at a time is up to the engine's
// lanes, see Household; these have room for all of them, for eight that wait for an answer beside each lane, and for one proof more: what
// is verified keeps no fresh picture waiting.
const limits = { questions: 4, uploads: 12, proofs: 12 };

/** @throws OwnerError when `ca_file` cannot be read */
export async function reachImmich(parts: ReachParts): Promise<Reach> {
  const { config, userAgent, clock, random, ids, log, files, crashPoints = noCrashPoints } = parts;
  const { url, caFile } = config.immich;
  const caPem = caFile === undefined ? {} : { caPem: await readCertificates(caFile, files) };
  const transport = withCrashPoints(httpTransport({ url: url.href, clock, ...caPem }), crashPoints);
  return {
    transport,
    connect: ({ key }) => connect({ url: url.href, key: key.reveal(), transport, userAgent, limits, clock, random, ids, log }),
    [Symbol.asyncDispose]: () => transport.close(),
  };
}

async function readCertificates(caFile: string, files: ReachParts['files']): Promise<string> {
  try {
    return (await files.bytes(caFile)).toString('utf8');
  } catch (cause) {
    throw new OwnerError('no certificates', `The certificates in ${caFile} ("ca_file") cannot be read.`, { cause });
  }
}
