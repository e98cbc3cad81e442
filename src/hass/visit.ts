/** Asks Home Assistant a few things and leaves again: for those who only want to look. */
import { z } from 'zod';
import { HomeAssistantError, type HomeEntity } from './home-assistant.ts';
import { type Message, Session } from './session.ts';
import type { WireParts } from './wire.ts';

export interface HomeVisit extends AsyncDisposable {
  /** `2026.11.0` */
  readonly version: string;
  /** One message of its WebSocket API. @throws HomeAssistantError */
  ask(message: Message, signal: AbortSignal): Promise<unknown>;
  /** Whose the token is. */
  user(signal: AbortSignal): Promise<{ readonly name: string; readonly isAdmin: boolean }>;
  /** All that it has, by id. */
  entities(signal: AbortSignal): Promise<ReadonlyMap<string, HomeEntity>>;
  /** While it starts, what it says of itself is not what it will be. */
  isStarting(signal: AbortSignal): Promise<boolean>;
}

const configuration = z.object({ state: z.string().optional() });
const currentUser = z.object({ name: z.string().nullish(), is_admin: z.boolean() });
const states = z.array(z.object({ entity_id: z.string(), state: z.string(), attributes: z.record(z.string(), z.unknown()) }));

/** @throws HomeAssistantError `away` or `unauthorised` */
export async function visitHome(parts: WireParts, signal: AbortSignal): Promise<HomeVisit> {
  const session = await Session.open(parts, signal);
  const ask: HomeVisit['ask'] = (message, by) => session.ask(message, by);
  return {
    version: session.version,
    ask,
    async user(by) {
      const { name, is_admin: isAdmin } = understand(currentUser, await ask({ type: 'auth/current_user' }, by));
      return { name: name ?? 'a user without a name', isAdmin };
    },
    async entities(by) {
      const told = understand(states, await ask({ type: 'get_states' }, by));
      return new Map(told.map(({ entity_id: id, state, attributes }) => [id, { state, attributes }]));
    },
    isStarting: async (by) => !(await hasStarted(session, by)),
    async [Symbol.asyncDispose]() {
      session.close();
    },
  };
}

/** @throws HomeAssistantError */
export async function hasStarted(session: Pick<Session, 'ask'>, signal: AbortSignal): Promise<boolean> {
  const { state = 'RUNNING' } = understand(configuration, await session.ask({ type: 'get_config' }, signal));
  // Old servers do not say, and speak only when they run.
  return state === 'RUNNING';
}

function understand<T>(schema: z.ZodType<T>, answer: unknown): T {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new HomeAssistantError('refused', 'What Home Assistant answers is not understood. Look for a newer Homeroll.', {
    cause: read.error,
  });
}
