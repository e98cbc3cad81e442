/** Tests everything that Homeroll leans on, and says what is not well, in plain words and with the cure. */
import type { AccountConfig, Config } from '../../config/index.ts';
import type { Immich } from '../../immich/index.ts';
import { checkAccount } from './check-account.ts';
import { type Admitted, type BrokerParts, checkBroker } from './check-broker.ts';
import { checkCopies } from './check-copies.ts';
import { checkHome, type HomeParts } from './check-home.ts';
import { checkMachine, type MachineParts } from './check-machine.ts';
import { checkMetadata, type MetadataParts } from './check-metadata.ts';
import { checkProofs } from './check-proofs.ts';
import { checkReceivers, type ReceiversParts } from './check-receivers.ts';
import { checkSecrets, type SecretFile } from './check-secrets.ts';
import { checkServer, type ServerParts } from './check-server.ts';
import { checkSource, type SourceParts } from './check-sources.ts';
import type { Finding } from './finding.ts';
import type { SampleParts } from './sample-files.ts';

export type { Finding } from './finding.ts';
export type { Admitted, SecretFile };

export interface DoctorParts
  extends MachineParts,
    SourceParts,
    SampleParts,
    MetadataParts,
    HomeParts,
    Pick<ReceiversParts, 'receivers'>,
    Omit<ServerParts, 'immich' | 'url'> {
  readonly config: Config;
  readonly connect: (account: AccountConfig) => Immich;
  readonly secretFiles: readonly SecretFile[];
  /** To the MQTT broker. */
  readonly logIn: BrokerParts['logIn'];
}

/** Findings as they come: a slow share does not keep the others from being read. */
export async function* examine(parts: DoctorParts, signal: AbortSignal): AsyncGenerator<Finding> {
  const { config, connect } = parts;
  yield* await checkMachine(parts);
  yield* await checkMetadata(parts);
  yield* checkSecrets(parts.secretFiles);
  yield* checkProofs(parts);
  for (const source of config.sources) yield* await checkSource(source, parts, signal);
  yield* checkHome(parts, signal);
  yield* checkReceivers(parts, signal);
  if (config.mqtt) yield* await checkBroker({ ...parts, mqtt: config.mqtt }, signal);
  const [first] = config.immich.accounts;
  if (!first) return;
  const server = await checkServer({ ...parts, url: config.immich.url.href.replace(/\/$/, ''), immich: connect(first) }, signal);
  yield* server;
  if (server.some(({ isAccountUnusable }) => isAccountUnusable)) return;
  for (const account of config.immich.accounts) {
    const immich = connect(account);
    const asked = { isPictureShown: isPictureAsked(config), areHalfFilesReplaced: config.areHalfFilesReplaced ?? false };
    const findings = await checkAccount({ name: account.name, immich, ...asked }, signal);
    yield* findings;
    if (findings.some(({ isAccountUnusable }) => isAccountUnusable)) continue;
    const sources = config.sources.filter((source) => source.account === account.name);
    for (const source of sources) yield* await checkCopies(source, { ...parts, immich }, signal);
  }
}

/** Some picture is to be seen outside Immich. */
function isPictureAsked({ mqtt, tell }: Config): boolean {
  return mqtt?.isPictureShown === true || tell.some((teller) => 'isPictureSent' in teller && teller.isPictureSent);
}
