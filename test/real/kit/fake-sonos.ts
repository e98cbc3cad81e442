/**
 * A Sonos speaker that Home Assistant takes for a real one: as much of the UPnP services on port 1400 as its `sonos` integration asks for,
 * and the secure WebSocket on port 1443 that announcements go by. It must run before Home Assistant starts. Not there: groups, music
 * services, favourites, alarms.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { WebSocketServer } from 'ws';
import { selfSigned } from './self-signed.ts';
import { isQuestion, perform, type SonosCommand } from './sonos-actions.ts';
import { SonosFollowers } from './sonos-followers.ts';
import {
  answerText,
  describe,
  eventText,
  faultText,
  type SonosIdentity,
  type SonosState,
  serviceText,
  unescapeXml,
} from './sonos-texts.ts';

// Both are fixed by Sonos, so each speaker has a loopback address of its own; that of 127.0.0.1 is where Home Assistant hears of changes.
const servicesPort = 1400;
const announcementsPort = 1443;

/** What it was given to say beside the music, and what it found there. */
export interface Announcement {
  readonly url: string;
  readonly volume: number | undefined;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export class FakeSonos implements AsyncDisposable {
  readonly identity: SonosIdentity;
  /** What changed something, in order. */
  readonly commands: SonosCommand[] = [];
  readonly announcements: Announcement[] = [];
  /** Announcements are answered by this error, as a speaker does that is too old for them. */
  announcementError: string | undefined;
  #state: SonosState = { transport: 'STOPPED', uri: '', metadata: '', volume: 20, isMute: false, isVanished: false };
  readonly #followers = new SonosFollowers((service) => eventText(service, this.identity, this.#state));
  readonly #servers: readonly { readonly server: Server; readonly port: number }[];
  readonly #sockets: WebSocketServer;

  private constructor(host: string, room: string) {
    const mac = host.split('.').map((part) => Number(part).toString(16).toUpperCase().padStart(2, '0'));
    this.identity = { host, port: servicesPort, room, uid: `RINCON_00DE${mac.join('')}0${servicesPort}` };
    const secure = createSecureServer(selfSigned(host), (_request, response) => response.writeHead(404).end());
    this.#sockets = new WebSocketServer({ server: secure, handleProtocols: ([first]) => first ?? false });
    this.#sockets.on('connection', (socket) => {
      socket.on('message', (text) => socket.send(this.#hear(String(text))));
    });
    const services = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    this.#servers = [
      { server: services, port: servicesPort },
      { server: secure, port: announcementsPort },
    ];
  }

  /** At the first address of the loopback that is free: another run may have a speaker too. */
  static async start(room: string): Promise<FakeSonos> {
    for (let last = 71; last < 250; last += 1) {
      const speaker = new FakeSonos(`127.0.0.${last}`, room);
      try {
        await speaker.#listen();
        return speaker;
      } catch (error) {
        await speaker[Symbol.asyncDispose]();
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      }
    }
    throw new Error(`ports ${servicesPort} and ${announcementsPort} are taken on every address that was tried`);
  }

  get state(): SonosState {
    return this.#state;
  }

  /** Somebody switches it off: it says goodbye, and answers nobody. */
  vanish(): void {
    this.#state = { ...this.#state, isVanished: true };
    this.#followers.tell('ZoneGroupTopology');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    for (const { server } of this.#servers) {
      if (!server.listening) continue;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    }
  }

  async #listen(): Promise<void> {
    for (const { server, port } of this.#servers) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, this.identity.host, resolve);
      });
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://speaker');
    const answer = (status: number, text = '', headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { 'content-type': 'text/xml; charset="utf-8"', ...headers }).end(text);
    };
    const content = await textOf(request);
    const service = pathname.split('/').at(-2) ?? '';
    const id = String(request.headers.sid ?? '');
    if (request.method === 'UNSUBSCRIBE') return answer(this.#followers.remove(id) ? 200 : 412);
    if (this.#state.isVanished) return void response.destroy();
    if (request.method === 'SUBSCRIBE') {
      const isKnown = this.#followers.has(id);
      const followed = isKnown ? id : this.#followers.add(service, String(request.headers.callback ?? ''));
      return followed === undefined ? answer(412) : answer(200, '', { SID: followed, TIMEOUT: 'Second-1200' });
    }
    if (request.method !== 'POST') {
      const [, described] = /^\/xml\/(\w+)1\.xml$/.exec(pathname) ?? [];
      if (pathname === '/xml/device_description.xml') return answer(200, describe(this.identity));
      if (pathname === '/status/batterystatus') return answer(200, '<ZPSupportInfo/>');
      return described === undefined ? answer(404) : answer(200, serviceText(described));
    }
    const command = commandOf(String(request.headers.soapaction ?? ''), content);
    const { state, answer: said } = perform(command, this.identity, this.#state);
    this.#state = state;
    if (!isQuestion(command)) this.commands.push(command);
    if (typeof said === 'number') return answer(500, faultText(said));
    answer(200, answerText(command.service, command.action, said));
    if (!isQuestion(command)) this.#followers.tell(command.service);
  }

  /** The speaker's own language: an array of a command and its settings, answered by an array of two. */
  #hear(text: string): string {
    const [command = {}, settings = {}] = JSON.parse(text) as readonly [Record<string, string>?, Record<string, unknown>?];
    const answer = { namespace: command.namespace, response: command.command, playerId: this.identity.uid };
    if (this.announcementError !== undefined) return JSON.stringify([{ ...answer, success: false, type: this.announcementError }, {}]);
    if (typeof settings.streamUrl === 'string') void this.#play(settings.streamUrl, settings.volume);
    return JSON.stringify([
      { ...answer, success: true, type: 'audioClip' },
      { id: randomUUID(), status: 'ACTIVE' },
    ]);
  }

  async #play(url: string, volume: unknown): Promise<void> {
    const found = await fetch(url).then(
      async (response) => ({
        contentType: response.headers.get('content-type') ?? '',
        bytes: new Uint8Array(await response.arrayBuffer()),
      }),
      () => ({ contentType: 'nothing', bytes: new Uint8Array() }),
    );
    this.announcements.push({ url, volume: typeof volume === 'number' ? volume : undefined, ...found });
  }
}

function commandOf(soapAction: string, content: string): SonosCommand {
  const [, service = '', action = ''] = /service:(\w+):1#(\w+)/.exec(soapAction) ?? [];
  const inner = new RegExp(`<u:${action}[^>]*>(.*)</u:${action}>`, 's').exec(content)?.[1] ?? '';
  const args = [...inner.matchAll(/<(\w+)>(.*?)<\/\1>/gs)].map(([, name = '', value = '']) => [name, unescapeXml(value)] as const);
  return { service, action, args: Object.fromEntries(args) };
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
