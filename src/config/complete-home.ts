/** Makes what rooms read out of what the owner wrote of Home Assistant: circumstances, the broker. Pure. */
import { entityIs, everyoneAway, type LastingCircumstance, personAway, personHome, someoneHome } from '../domain/index.ts';
import { Secret } from '../kernel/index.ts';
import type { MqttConfig } from './config.ts';
import type { OwnersFile } from './schema.ts';

// Somebody who fetches something from the car has neither left nor come home.
const arrivedForMs = 120_000;
const awayForMs = 300_000;

interface WrittenCircumstance {
  readonly arrives?: string | undefined;
  readonly leaves?: string | undefined;
  readonly everyone?: 'away' | undefined;
  readonly someone?: 'home' | undefined;
  readonly entity?: string | undefined;
  readonly is?: string | undefined;
  readonly for?: number | undefined;
}

export function lastingOf({
  arrives,
  leaves,
  everyone,
  someone,
  entity = '',
  is = '',
  for: forMs,
}: WrittenCircumstance): LastingCircumstance {
  if (arrives !== undefined) return { ...personHome(arrives), forMs: forMs ?? arrivedForMs };
  if (leaves !== undefined) return { ...personAway(leaves), forMs: forMs ?? awayForMs };
  if (everyone !== undefined) return { ...everyoneAway, forMs: forMs ?? awayForMs };
  if (someone !== undefined) return { ...someoneHome, forMs: forMs ?? arrivedForMs };
  return { ...entityIs(entity, is), forMs: forMs ?? 0 };
}

export function mqttOf(written: NonNullable<OwnersFile['mqtt']>, absolute: (path: string) => string): MqttConfig {
  const {
    url,
    user = decodeURIComponent(url.url.username),
    password,
    ca_file: caFile,
    topic,
    discovery,
    birth,
    will,
    picture,
    update,
  } = written;
  const bare = new URL(url.url);
  const inAddress = decodeURIComponent(bare.password);
  bare.username = '';
  bare.password = '';
  const secret = password ?? (inAddress === '' ? undefined : new Secret(inAddress));
  return {
    url: bare,
    ...(user !== '' && { user }),
    ...(secret && { password: secret }),
    ...(caFile !== undefined && { caFile: absolute(caFile) }),
    topic,
    discovery,
    ...(birth !== undefined && { birth }),
    ...(will !== undefined && { will }),
    isPictureShown: picture,
    isUpdateAsked: update,
  };
}
