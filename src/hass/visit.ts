/** Asks Home Assistant a few things and leaves again: for those who only want to look. */
import { z } from 'zod';
import { type Message, Session } from './session.ts';
import type { WireParts } from './wire.ts';

export interface HomeVisit extends AsyncDisposable {
  /** `2026.11.0` */
  readonly version: string;
  /** One message of its WebSocket API. @throws HomeAssistantError */
  ask(message: Message, signal: AbortSignal): Promise<unknown>;
  /** While it starts, what it says of itself is not what it will be. */
  isStarting(signal: AbortSignal): Promise<boolean>;
}

/** @throws HomeAssistantError `away` or `unauthorised` */
export async function visitHome(parts: WireParts, signal: AbortSignal): Promise<HomeVisit> {
  const session = await Session.open(parts, signal);
  return {
    version: session.version,
    ask: (message, by) => session.ask(message, by),
    isStarting: async (by) => (await stateOf(session, by)) === 'starting',
    async [Symbol.asyncDispose]() {
      session.close();
    },
  };
}

const configuration = z.object({ state: z.string().optional() });

/** @throws HomeAssistantError */
export async function stateOf(session: Pick<Session, 'ask'>, signal: AbortSignal): Promise<'running' | 'starting'> {
  const { data } = configuration.safeParse(await session.ask({ type: 'get_config' }, signal));
  // Old servers do not say, and speak only when they run.
  return (data?.state ?? 'RUNNING') === 'RUNNING' ? 'running' : 'starting';
}
