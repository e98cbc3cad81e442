/** Is the MQTT broker there, and does it take the password? */
import type { MqttConfig } from '../../config/index.ts';
import { type Finding, ok, problem } from './finding.ts';

export interface BrokerParts {
  readonly mqtt: MqttConfig;
  /** Why one cannot log in there, in a sentence with its cure; undefined: one can. */
  readonly logIn: (mqtt: MqttConfig, signal: AbortSignal) => Promise<string | undefined>;
}

const about = 'MQTT';

export async function checkBroker({ mqtt, logIn }: BrokerParts, signal: AbortSignal): Promise<readonly Finding[]> {
  const address = `${mqtt.url.protocol}//${mqtt.url.host}`;
  const why = await logIn(mqtt, signal);
  if (why === undefined) return [ok(about, `The broker at ${address} answers, and lets Homeroll in.`)];
  // What is refused says in its own sentence what to correct.
  const isAway = why.includes(' is away (');
  return [
    problem(about, why, isAway ? 'Start the broker, or correct "url" under "mqtt". Pictures are kept safe without it, too.' : undefined),
  ];
}
