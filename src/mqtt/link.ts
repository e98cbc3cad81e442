/** One connection to the broker, from its making to its end. It is never made again by itself: what to do then is decided above. */
import { type IClientOptions, type MqttClient, connect as mqttConnect } from 'mqtt';
import type { MqttConfig } from '../config/index.ts';
import type { Clock } from '../kernel/index.ts';
import { type BrokerTrouble, troubleOf } from './broker-trouble.ts';
import type { Arrived } from './commands.ts';

export interface LinkWish {
  readonly mqtt: Pick<MqttConfig, 'url' | 'user' | 'password'>;
  readonly caPem?: string | undefined;
  readonly clientId: string;
  /** What the broker says for us, and keeps, when we are gone without a word. */
  readonly will?: { readonly topic: string; readonly payload: string };
  readonly clock: Clock;
  readonly onMessage: (arrived: Arrived) => void;
}

export interface PublishWish {
  /** The broker keeps it for whoever comes later. */
  readonly isRetained: boolean;
}

export interface Link {
  /** Resolves when the broker has it. @throws BrokerTrouble when the link is down by then */
  publish(topic: string, payload: string | Buffer, wish: PublishWish): Promise<void>;
  /** @throws BrokerTrouble */
  subscribe(topics: readonly string[]): Promise<void>;
  unsubscribe(topic: string): Promise<void>;
  /** Resolves when it is over, whoever ended it. */
  readonly down: Promise<BrokerTrouble>;
  readonly isDown: boolean;
  /** In good order: the broker does not publish the will. Resolves when it is over. */
  end(): Promise<void>;
}

// Home Assistant's own broker speaks 5 as well; nothing here needs more than 3.1.1, which all speak.
const protocolVersion = 4;
const keepaliveS = 30;
/** A broker that takes longer is no help to anybody. */
export const patienceMs = 10_000;

/** @throws BrokerTrouble when there is none, the signal's reason when aborted */
export async function openLink(wish: LinkWish, signal: AbortSignal): Promise<Link> {
  signal.throwIfAborted();
  const { mqtt, will, caPem, clientId, clock, onMessage } = wish;
  const options: IClientOptions = {
    protocolVersion,
    clientId,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: patienceMs,
    keepalive: keepaliveS,
    queueQoSZero: false,
    ...(mqtt.user !== undefined && { username: mqtt.user }),
    ...(mqtt.password && { password: mqtt.password.reveal() }),
    ...(caPem !== undefined && { ca: caPem }),
    ...(will && { will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true } }),
  };
  const client = mqttConnect(mqtt.url.href, options);
  client.on('message', (topic, payload, { retain }) => onMessage({ topic, payload, isRetained: retain }));
  const address = addressOf(mqtt.url);
  const down = downOf(client, address);
  const giveUp = (): void => void client.end(true);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const connected = new Promise<'connected'>((resolve) => client.once('connect', () => resolve('connected')));
    const first = await Promise.race([connected, down]);
    signal.throwIfAborted();
    if (first !== 'connected') throw first;
    return linkOver(client, { down, clock, address });
  } catch (error) {
    client.end(true);
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** `mqtt://homeassistant.local:1883`: what may be shown. */
export function addressOf({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

function downOf(client: MqttClient, address: string): Promise<BrokerTrouble> {
  let why: unknown;
  // To the end, and beyond: an error that nobody hears would end the process.
  client.on('error', (error) => {
    why ??= error;
  });
  return new Promise((resolve) => {
    const over = (): void => resolve(troubleOf(why, address));
    client.once('close', over);
    client.once('end', over);
    // Some failures are told and nothing more.
    client.on('error', () => client.end(true));
  });
}

interface Over {
  readonly down: Promise<BrokerTrouble>;
  readonly clock: Clock;
  readonly address: string;
}

function linkOver(client: MqttClient, { down, clock, address }: Over): Link {
  let isDown = false;
  void down.then(() => {
    isDown = true;
  });
  /** What the broker does not answer in time it will not answer: the link is of no use then. */
  const answered = async (ask: () => Promise<unknown>): Promise<void> => {
    const inTime = new AbortController();
    const tooLong = clock.sleep(patienceMs, inTime.signal).then(() => 'too long' as const);
    const asked = ask().then(
      () => 'answered' as const,
      () => down,
    );
    const first = await Promise.race([asked, down, tooLong]);
    inTime.abort();
    if (first === 'answered') return;
    client.end(true);
    throw first === 'too long' ? troubleOf(new Error(first), address) : first;
  };
  return {
    publish: (topic, payload, { isRetained }) => answered(() => client.publishAsync(topic, payload, { qos: 1, retain: isRetained })),
    subscribe: (topics) => answered(() => client.subscribeAsync([...topics], { qos: 1 })),
    unsubscribe: (topic) => answered(() => client.unsubscribeAsync(topic)),
    down,
    get isDown() {
      return isDown;
    },
    async end() {
      const ended = new Promise<void>((resolve) => {
        client.end(false, {}, () => resolve());
      });
      await Promise.race([ended, down]);
    },
  };
}
