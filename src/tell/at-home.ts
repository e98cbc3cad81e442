/** What phones and speakers need of Home Assistant, and what it means for news when that refuses them. */
import { type HomeAssistant, HomeAssistantError } from '../hass/index.ts';
import type { Fate } from './bringer.ts';

export interface AtHome {
  /** Undefined: it is not asked in this run. */
  readonly home: HomeAssistant | undefined;
  readonly timeZone: string;
  readonly language: string;
  /** Tells two Homerolls of one household apart. */
  readonly homeroll: string;
  /** What an entity is called now that the owner wrote so. Left out: nothing was renamed. */
  readonly nameNow?: (id: string) => string;
  /** Unique id of our entity with the last picture; undefined: none is shown. */
  readonly pictureId: string | undefined;
}

// Home Assistant tells when it is back; this is for a run that does not listen.
const lookEveryMs = 3_600_000;

export function whenUp(nowMs: number): Fate {
  return { kind: 'later', atMs: nowMs + lookEveryMs };
}

/** @param cures what the owner can do, where Homeroll knows better than Home Assistant @throws what is not a refusal */
export function failureOf(error: unknown, cures: { readonly unknown: string }): Fate & { readonly kind: 'failed' } {
  if (!(error instanceof HomeAssistantError)) throw error;
  const problem = error.code === 'unknown' ? cures.unknown : error.message;
  return { kind: 'failed', problem: problem.replace(/\.$/, ''), isRefused: !error.isPassing };
}
