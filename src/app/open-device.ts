/** Builds the device in Home Assistant for a household at work, where the configuration asks for one. */
import type { WorkDone } from '../cli/index.ts';
import type { Config, MqttConfig } from '../config/index.ts';
import type { Admitted } from '../desk/index.ts';
import type { OwnFiles } from '../files/index.ts';
import type { HomeAssistant } from '../hass/index.ts';
import type { Immich } from '../immich/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, Ids, Log, Random } from '../kernel/index.ts';
import type { Device, Farewell } from '../mqtt/index.ts';
import { type Household, verifyProgress } from '../pipeline/index.ts';
import { newestVersion, registryUrl } from './newest-version.ts';

export interface DeviceWish {
  readonly config: Config;
  readonly version: string;
  readonly userAgent: string;
  /** Home Assistant's Supervisor looks after updates itself. */
  readonly isSupervised: boolean;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly work: Readonly<WorkDone>;
  readonly household: Household;
  /** Undefined: Homeroll is not connected with it. */
  readonly home: HomeAssistant | undefined;
  readonly files: Pick<OwnFiles, 'bytes'>;
  /** By the name of the account. */
  readonly immichOf: (account: string) => Immich | undefined;
  /** What Immich said last; undefined: nothing yet. */
  readonly immichVersion: () => string | undefined;
}

/** Undefined: there is none, and the log says why where one was wanted. */
export async function openDevice(wish: DeviceWish): Promise<Device | undefined> {
  const { config, version, userAgent, isSupervised, journal, clock, random, log, work, household } = wish;
  const { mqtt, sources, language } = config;
  if (!mqtt) return undefined;
  const certificates = await readCertificates(mqtt, wish.files);
  if (certificates?.isUnreadable) {
    log.warn(`There is no device in Home Assistant. ${certificates.sentence}`);
    return undefined;
  }
  const isUpdateAsked = mqtt.isUpdateAsked && !isSupervised;
  const { Device } = await openRoom();
  return new Device({
    ...{ mqtt, sources, language, version, journal, clock, random, log },
    home: wish.home,
    caPem: certificates?.pem,
    movedBytes: () => work.uploadedBytes + work.provenBytes,
    isWorking: () => !household.engine.isAtRest || verifyProgress(journal, clock.now()) !== undefined,
    immich: () => ({
      reachable: household.accounts.troubles().every(({ isKeyRefused }) => isKeyRefused),
      version: wish.immichVersion() ?? null,
    }),
    fetchPicture: async ({ account, assetId }, mostBytes, signal) =>
      (await wish.immichOf(account)?.smallPicture(assetId, mostBytes, signal)) ?? 'none',
    ...(isUpdateAsked && { askNewest: (signal) => newestVersion({ url: registryUrl, userAgent, clock, log }, signal) }),
  });
}

/** A device that the next life has, too, does not go away in between; one that no other life will have is taken back. */
export function farewellTo(mqtt: MqttConfig | undefined, next: Config | undefined): Farewell {
  if (!mqtt || !next) return 'away';
  const placeOf = ({ url, topic, discovery }: MqttConfig): string => JSON.stringify([url.href, topic, discovery]);
  return next.mqtt && placeOf(next.mqtt) === placeOf(mqtt) ? 'goes on' : 'withdrawn';
}

/** The client of the broker is large, and most commands do without. */
function openRoom(): Promise<typeof import('../mqtt/index.ts')> {
  return import('../mqtt/index.ts');
}

/** For the doctor. @returns why one cannot log in at the broker, for the owner; or who uses the topic there */
export async function logIn(
  mqtt: MqttConfig,
  { files, ...ports }: { readonly clock: Clock; readonly ids: Ids; readonly files: Pick<OwnFiles, 'bytes'> },
  signal: AbortSignal,
): Promise<string | Admitted> {
  const certificates = await readCertificates(mqtt, files);
  if (certificates?.isUnreadable) return certificates.sentence;
  const { checkLogin } = await openRoom();
  return checkLogin({ mqtt, caPem: certificates?.pem, ...ports }, signal);
}

type Certificates =
  | { readonly isUnreadable: false; readonly pem: string }
  | { readonly isUnreadable: true; readonly pem?: never; readonly sentence: string };

/** Undefined: none are needed. */
async function readCertificates({ caFile }: MqttConfig, files: Pick<OwnFiles, 'bytes'>): Promise<Certificates | undefined> {
  if (caFile === undefined) return undefined;
  try {
    return { isUnreadable: false, pem: (await files.bytes(caFile)).toString('utf8') };
  } catch {
    return { isUnreadable: true, sentence: `The certificates in ${caFile} ("ca_file" under "mqtt") cannot be read.` };
  }
}
