/** Is the MQTT broker there, does it take the password, and was Home Assistant ever heard at it? */
import type { MqttConfig } from '../../config/index.ts';
import { formatDuration } from '../../domain/index.ts';
import type { Journal } from '../../journal/index.ts';
import type { Clock } from '../../kernel/index.ts';
import { greetingsAt } from '../greetings.ts';
import { type Finding, note, ok, problem, warning } from './finding.ts';

export interface BrokerParts {
  readonly mqtt: MqttConfig;
  /** Why one cannot log in there, in a sentence with its cure; undefined: one can. */
  readonly logIn: (mqtt: MqttConfig, signal: AbortSignal) => Promise<string | undefined>;
  readonly journal: Pick<Journal, 'facts'> | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

const about = 'MQTT';
// Home Assistant is updated every month. Who has not heard it start by then listens at the wrong place.
const longestUptimeMs = 31 * 86_400_000;

export async function checkBroker({ mqtt, logIn, ...known }: BrokerParts, signal: AbortSignal): Promise<readonly Finding[]> {
  const address = `${mqtt.url.protocol}//${mqtt.url.host}`;
  const why = await logIn(mqtt, signal);
  if (why === undefined) return [ok(about, `The broker at ${address} answers, and lets Homeroll in.`), ...checkGreetings(mqtt, known)];
  // What is refused says in its own sentence what to correct.
  const isAway = why.includes(' is away (');
  return [
    problem(about, why, isAway ? 'Start the broker, or correct "url" under "mqtt". Pictures are kept safe without it, too.' : undefined),
  ];
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
