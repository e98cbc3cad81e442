/** Sorts what Home Assistant, or the way to it, answers in place of an answer. */
import { isAbort } from '../kernel/index.ts';
import { HomeAssistantError, type HomeAssistantErrorCode } from './home-assistant.ts';

const codes: Readonly<Record<string, HomeAssistantErrorCode>> = {
  timeout: 'away',
  unauthorized: 'unauthorised',
  not_found: 'unknown',
  service_not_found: 'unknown',
  unknown_command: 'unknown',
};

/**
 * @param error what the client rejected with: Home Assistant's `{ code, message }`, or a number of the client's own
 * @param asked what it was asked for, `media_player.play_media`
 */
export function failureOf(error: unknown, asked: string): Error {
  if (error instanceof HomeAssistantError || isAbort(error)) return error as Error;
  const said = saidBy(error);
  if (!said) return new HomeAssistantError('away', 'The connection to Home Assistant ended before it had answered.', { cause: error });
  const code = codes[said.code] ?? 'refused';
  return new HomeAssistantError(code, sentences[code](asked, said.message));
}

const sentences: Readonly<Record<HomeAssistantErrorCode, (asked: string, message: string) => string>> = {
  away: (asked) => `Home Assistant did not come round to ${asked}.`,
  unauthorised: (asked) => `Home Assistant does not let Homeroll ask for ${asked}. Use a token of an administrator.`,
  unknown: (asked, message) => `Home Assistant does not know ${asked}: ${message}`,
  refused: (asked, message) => `Home Assistant refuses ${asked}: ${message}`,
};

interface Said {
  readonly code: string;
  readonly message: string;
}

/** Undefined: it said nothing, since the connection ended. */
function saidBy(error: unknown): Said | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') return undefined;
  const message = 'message' in error && typeof error.message === 'string' && error.message !== '' ? error.message : error.code;
  return { code: error.code, message: /[.!?]$/.test(message) ? message : `${message}.` };
}
