/** Makes what rooms read out of what the owner wrote of Home Assistant: circumstances, ways to tell, the broker. Pure. */
import { entityIs, everyoneAway, type LastingCircumstance, personAway, personHome, type QuietHours, someoneHome } from '../domain/index.ts';
import { Secret } from '../kernel/index.ts';
import type { MqttConfig, Teller, Topic } from './config.ts';
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

const everything: readonly Topic[] = ['pictures', 'problems'];
const nightOfSpeakers: QuietHours = { from: '21:30', to: '07:30' };
const speakerGapMs = 600_000;

export function tellerOf(teller: OwnersFile['tell'][number]): Teller {
  if (teller === 'log') return { kind: 'log' };
  const { webhook, phone, speaker, sources, about = everything, digest, quiet: quietHours = nightOfSpeakers, volume, voice } = teller;
  if (webhook) return { kind: 'webhook', url: webhook.kept, host: webhook.url.host };
  const interest = { ...(sources && { sources }), about };
  if (phone !== undefined) {
    return { kind: 'phone', action: phone.replace(/^notify\./, ''), ...interest, ...(digest !== undefined && { digestAt: digest }) };
  }
  return {
    kind: 'speaker',
    entity: speaker ?? '',
    ...interest,
    quietHours,
    gapMs: teller['at most every'] ?? speakerGapMs,
    ...(volume !== undefined && { volume }),
    ...(voice !== undefined && { voice }),
  };
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
