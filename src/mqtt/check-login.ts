/** Whether the broker is there and takes the password: for the doctor, who leaves nothing behind. */
import type { MqttConfig } from '../config/index.ts';
import type { Clock, Ids } from '../kernel/index.ts';
import { BrokerTrouble } from './broker-trouble.ts';
import { openLink } from './link.ts';

export interface LoginWish {
  readonly mqtt: Pick<MqttConfig, 'url' | 'user' | 'password'>;
  readonly caPem?: string | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** @returns why not, for the owner; undefined: all is well */
export async function checkLogin({ mqtt, caPem, clock, ids }: LoginWish, signal: AbortSignal): Promise<string | undefined> {
  try {
    // Under a name of its own, or it would throw out a Homeroll at work.
    const clientId = `homeroll-doctor-${ids.uuid().slice(0, 8)}`;
    const link = await openLink({ mqtt, caPem, clientId, clock, onMessage: () => undefined }, signal);
    await link.end();
    return undefined;
  } catch (error) {
    if (error instanceof BrokerTrouble) return error.message;
    throw error;
  }
}
