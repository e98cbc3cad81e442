/** What keeps us from the broker, sorted once and said in the owner's words. */
export type BrokerTroubleKind =
  /** It may come back by itself. */
  | 'away'
  /** It does not take the user and password, or this client. */
  | 'refused'
  | 'certificate';

export class BrokerTrouble extends Error {
  readonly kind: BrokerTroubleKind;

  /** @param message for the owner */
  constructor(kind: BrokerTroubleKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BrokerTrouble';
    this.kind = kind;
  }
}

// CONNACK of MQTT 3.1.1.
const [badIdentifier, unavailable, badPassword, notAuthorized] = [2, 3, 4, 5];

/** @param address of the broker, without secrets @param error undefined: it hung up without a word */
export function troubleOf(error: unknown, address: string): BrokerTrouble {
  const code = codeOf(error);
  const away = (why: string): BrokerTrouble => new BrokerTrouble('away', `The MQTT broker is away (${address} ${why}).`, { cause: error });
  if (code === badPassword || code === notAuthorized) {
    const sentence = `The MQTT broker at ${address} refuses the user and password. Correct "user" and "password" under "mqtt".`;
    return new BrokerTrouble('refused', sentence, { cause: error });
  }
  if (code === badIdentifier) {
    const sentence = `The MQTT broker at ${address} refuses the name that the device has there. Give it another "topic" under "mqtt".`;
    return new BrokerTrouble('refused', sentence, { cause: error });
  }
  if (code === unavailable) return away('says that it is not available');
  if (code === 'ECONNREFUSED') return away('refuses connections');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return away('is a name that no computer is known by');
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return away('cannot be reached');
  if (typeof code === 'string' && /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) {
    const sentence = `The certificate of the MQTT broker at ${address} cannot be trusted (${code}). Give its authority as "ca_file" under "mqtt".`;
    return new BrokerTrouble('certificate', sentence, { cause: error });
  }
  if (typeof code === 'string' && /SSL|EPROTO/.test(code)) return away('does not speak TLS: is it mqtt:// instead of mqtts://?');
  return away(error === undefined ? 'hangs up' : 'does not answer');
}

function codeOf(error: unknown): string | number | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' || typeof error.code === 'number' ? error.code : undefined;
}
