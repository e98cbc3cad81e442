/**
 * A WebSocket to Home Assistant that has greeted and was let in. Only whole messages come through: one that is none would throw out of
 * the client, and end the process.
 */
import type { HaWebSocket } from 'home-assistant-js-websocket';
import type { Clock, Secret } from '../kernel/index.ts';
import { HomeAssistantError } from './home-assistant.ts';
import { addressOf, whyAway } from './why-away.ts';
import { within } from './within.ts';

export interface WireParts {
  readonly url: URL;
  readonly token: Secret;
  readonly clock: Clock;
}

type Listener = (event: unknown) => void;

/** @throws HomeAssistantError `away` or `unauthorised` */
export async function openWire({ url, token, clock }: WireParts, signal: AbortSignal): Promise<HaWebSocket> {
  const sentence = `Home Assistant is away (${addressOf(url)} does not answer).`;
  const socket = new WebSocket(`${addressOf(url).replace(/^http/, 'ws')}/api/websocket`);
  try {
    const entry = await within((by) => enter(socket, token, by), { clock, signal, sentence });
    if (entry.isLetIn) return wireOf(socket, entry.version);
    if (entry.isRefused) throw new HomeAssistantError('unauthorised', refused(url));
    throw await within((by) => whyAway(url, by), { clock, signal, sentence });
  } catch (error) {
    socket.close();
    throw error;
  }
}

interface Entry {
  readonly isLetIn: boolean;
  readonly isRefused: boolean;
  readonly version: string;
}

/** Resolves when it is decided; rejects only when nobody waits any more. */
function enter(socket: WebSocket, token: Secret, signal: AbortSignal): Promise<Entry> {
  return new Promise((resolve, reject) => {
    const listeners = new AbortController();
    const end = (entry: Partial<Entry>): void => {
      listeners.abort();
      resolve({ isLetIn: false, isRefused: false, version: '0.0.0', ...entry });
    };
    const giveUp = (): void => {
      listeners.abort();
      reject(signal.reason);
    };
    const by = { signal: listeners.signal };
    signal.addEventListener('abort', giveUp, by);
    socket.addEventListener('close', () => end({}), by);
    socket.addEventListener(
      'message',
      ({ data }) => {
        for (const { type, ha_version: version } of messagesIn(data)) {
          if (type === 'auth_required') socket.send(JSON.stringify({ type: 'auth', access_token: token.reveal() }));
          if (type === 'auth_invalid') return end({ isRefused: true });
          if (type === 'auth_ok') return end({ isLetIn: true, ...(typeof version === 'string' && { version }) });
        }
      },
      by,
    );
  });
}

/** As much of a socket as the client uses. */
function wireOf(socket: WebSocket, version: string): HaWebSocket {
  const listeners = new Map<Listener, Listener>();
  const wire = {
    haVersion: version,
    OPEN: socket.OPEN,
    get readyState() {
      return socket.readyState;
    },
    send: (text: string) => socket.send(text),
    close: () => socket.close(),
    addEventListener(type: string, listener: Listener) {
      const heard: Listener = (event) => {
        if (type !== 'message') return listener(event);
        const messages = messagesIn((event as { readonly data: unknown }).data);
        if (messages.length > 0) listener({ data: JSON.stringify(messages) });
      };
      listeners.set(listener, heard);
      socket.addEventListener(type, heard);
    },
    removeEventListener(type: string, listener: Listener) {
      const heard = listeners.get(listener);
      if (heard) socket.removeEventListener(type, heard);
    },
  };
  return wire as unknown as HaWebSocket;
}

/** One message, or several that Home Assistant sent together. */
function messagesIn(data: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof data !== 'string') return [];
  try {
    const parsed: unknown = JSON.parse(data);
    return (Array.isArray(parsed) ? parsed : [parsed]).filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
  } catch {
    return [];
  }
}

function refused(url: URL): string {
  if (url.hostname === 'supervisor') return 'Home Assistant refuses the token that it gave to this App. Restart the App.';
  return 'Home Assistant refuses the token. Make a new one (your profile there, Security) and write it under "home assistant".';
}
