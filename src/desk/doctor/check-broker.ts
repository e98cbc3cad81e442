/** Is the MQTT broker there, does it take the password, and was Home Assistant ever heard at it? */
import type { MqttConfig } from '../../config/index.ts';
import { formatDuration } from '../../domain/index.ts';
import type { Journal } from '../../journal/index.ts';
import type { Clock } from '../../kernel/index.ts';
import { greetingsAt } from '../greetings.ts';
import { installationOf } from '../installation.ts';
import { type Finding, note, ok, problem, warning } from './finding.ts';

/** By what is retained at our topic. */
export interface Admitted {
  /** Which Homeroll was there last; undefined: none, or one that tells no id. */
  readonly owner?: string;
  /** It is there now. */
  readonly isOnline: boolean;
}

export interface BrokerParts {
  readonly mqtt: MqttConfig;
  /** Why one cannot log in there, in a sentence with its cure; or who uses the topic. */
  readonly logIn: (mqtt: MqttConfig, signal: AbortSignal) => Promise<string | Admitted>;
  readonly journal: Pick<Journal, 'facts'> | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

const about = 'MQTT';
// Home Assistant is updated every month. Who has not heard it start by then listens at the wrong place.
const longestUptimeMs = 31 * 86_400_000;

export async function checkBroker({ mqtt, logIn, ...known }: BrokerParts, signal: AbortSignal): Promise<readonly Finding[]> {
  const address = `${mqtt.url.protocol}//${mqtt.url.host}`;
  const why = await logIn(mqtt, signal);
  if (typeof why !== 'string') {
    const admitted = ok(about, `The broker at ${address} answers, and lets Homeroll in.`);
    return [admitted, ...checkOwner(mqtt, why, known.journal), ...checkGreetings(mqtt, known)];
  }
  // What is refused says in its own sentence what to correct.
  const isAway = why.includes(' is away (');
  return [
    problem(about, why, isAway ? 'Start the broker, or correct "url" under "mqtt". Pictures are kept safe without it, too.' : undefined),
  ];
}

/** Two at one topic take one another's orders, and each shows the numbers of the other. */
function checkOwner({ topic }: MqttConfig, { owner, isOnline }: Admitted, journal: BrokerParts['journal']): readonly Finding[] {
  const isOurs = owner === undefined || owner === (journal && installationOf(journal));
  if (isOurs || !isOnline) return [];
  const cure = 'Give this one, or the other, a topic of its own: "topic" under "mqtt".';
  return [problem(about, `Another Homeroll is at work at the topic "${topic}" of this broker.`, cure)];
}

/** Where its start is not heard, events that are sent about that time are lost. */
function checkGreetings({ discovery, birth = `${discovery}/status` }: MqttConfig, { journal, clock }: Omit<BrokerParts, 'mqtt' | 'logIn'>) {
  const known = journal && greetingsAt(journal, birth);
  // Nobody has listened there yet.
  if (!known) return [];
  if (known.birthAtMs !== undefined) return [ok(about, `Home Assistant says at ${birth} when it has started.`)];
  const forMs = clock.now() - known.sinceMs;
  const heard = known.last ? 'Home Assistant said goodbye there, and never' : 'Home Assistant was never heard to say';
  const sentence = `Homeroll listens at ${birth} for ${formatDuration(Math.max(1_000, forMs))}. ${heard} that it has started.`;
  const cure = `If it was restarted since, look at "Birth message" in its MQTT integration (Settings, Devices & services, MQTT, Configure): switch it on, or write its topic as "birth" under "mqtt".`;
  if (known.last || forMs > longestUptimeMs) return [warning(about, sentence, cure)];
  return [note(about, `${sentence} ${cure}`)];
}
