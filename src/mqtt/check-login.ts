/** Whether the broker is there and takes the password: for the doctor, who leaves nothing behind. */
import type { MqttConfig } from '../config/index.ts';
import type { Admitted } from '../desk/index.ts';
import type { Clock, Ids } from '../kernel/index.ts';
import { BrokerTrouble } from './broker-trouble.ts';
import { online } from './discovery.ts';
import { openLink } from './link.ts';
import { topicsOf } from './names.ts';
import { ownerIn } from './published.ts';

export interface LoginWish {
  readonly mqtt: Pick<MqttConfig, 'url' | 'user' | 'password' | 'topic' | 'discovery'>;
  readonly caPem?: string | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
}

// What is retained comes at once.
const listenMs = 1_000;

/** @returns why not, for the owner; or who uses the topic */
export async function checkLogin({ mqtt, caPem, clock, ids }: LoginWish, signal: AbortSignal): Promise<string | Admitted> {
  const { owner, availability } = topicsOf(mqtt);
  const heard = new Map<string, string>();
  try {
    // Under a name of its own, or it would throw out a Homeroll at work.
    const clientId = `homeroll-doctor-${ids.uuid().slice(0, 6)}`;
    const link = await openLink(
      { mqtt, caPem, clientId, clock, onMessage: ({ topic, payload }) => void heard.set(topic, payload.toString('utf8')) },
      signal,
    );
    await link.subscribe([owner, availability]);
    await clock.sleep(listenMs, signal);
    await link.end();
    const id = ownerIn(heard.get(owner) ?? '');
    return { ...(id !== undefined && { owner: id }), isOnline: heard.get(availability) === online };
  } catch (error) {
    if (error instanceof BrokerTrouble) return error.message;
    throw error;
  }
}
