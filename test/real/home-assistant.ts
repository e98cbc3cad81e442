/** A real Home Assistant with a real broker, as a test has it: started in a folder of its own, asked, restarted, taken away. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HomeSocket, type Listener, type Message } from './home-socket.ts';
import { waitFor } from './wait-for.ts';

const run = promisify(execFile);
const kit = join(import.meta.dirname, 'kit', 'real-ha');

export interface HomeWish {
  /** Parts of its configuration in YAML, by a name. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Files that are there before it starts, by their path in its folder. */
  readonly files?: Readonly<Record<string, string>>;
}

interface Started {
  readonly url: string;
  readonly token: string;
  readonly username: string;
  readonly password: string;
  readonly mqtt: { readonly url: string; readonly username: string; readonly password: string };
}

export interface EntityState {
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface RegisteredEntity {
  readonly entity_id: string;
  readonly unique_id: string;
  readonly platform: string;
  readonly device_id: string | null;
  readonly disabled_by: string | null;
}

export interface Device {
  readonly id: string;
  readonly name: string;
  readonly identifiers: readonly (readonly [domain: string, id: string])[];
  readonly via_device_id: string | null;
}

export interface Act {
  readonly entities?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly isAnswerWanted?: boolean;
}

interface Subscription {
  readonly message: Message;
  readonly listener: Listener;
}

export class RealHomeAssistant implements AsyncDisposable {
  readonly folder: string;
  readonly started: Started;
  readonly #subscriptions: Subscription[] = [];
  #socket: HomeSocket;

  private constructor(folder: string, started: Started, socket: HomeSocket) {
    this.folder = folder;
    this.started = started;
    this.#socket = socket;
  }

  static async start({ packages = {}, files = {} }: HomeWish = {}): Promise<RealHomeAssistant> {
    const folder = mkdtempSync(join(tmpdir(), 'homeroll-home-'));
    const inPackages = Object.entries(packages).map(([name, yaml]) => [join('packages', `${name}.yaml`), yaml] as const);
    for (const [path, text] of [...inPackages, ...Object.entries(files)]) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const started = await startIn(folder);
    return new RealHomeAssistant(folder, started, await HomeSocket.open(started.url, started.token));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await run(kit, ['stop', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  // Asking.

  ask(message: Message): Promise<unknown> {
    return this.#socket.ask(message);
  }

  /** Events for as long as the test goes on, also after a restart. */
  async subscribe(message: Message, listener: Listener): Promise<void> {
    this.#subscriptions.push({ message, listener });
    await this.#socket.ask(message, listener);
  }

  async rest(method: 'GET' | 'POST', path: string, json?: unknown): Promise<unknown> {
    const response = await fetch(this.started.url + path, {
      method,
      headers: { authorization: `Bearer ${this.started.token}`, 'content-type': 'application/json' },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  }

  /** @param action `button.press` */
  act(action: string, { entities, data = {}, isAnswerWanted = false }: Act = {}): Promise<unknown> {
    const [domain, service] = action.split('.');
    return this.ask({
      type: 'call_service',
      domain,
      service,
      service_data: data,
      ...(entities && { target: { entity_id: entities } }),
      ...(isAnswerWanted && { return_response: true }),
    });
  }

  press(entity: string): Promise<unknown> {
    return this.act('button.press', { entities: [entity] });
  }

  turn(entity: string, state: 'on' | 'off'): Promise<unknown> {
    return this.act(`homeassistant.turn_${state}`, { entities: [entity] });
  }

  select(entity: string, option: string): Promise<unknown> {
    return this.act('select.select_option', { entities: [entity], data: { option } });
  }

  // Entities. Their ids are Home Assistant's to choose; the unique id is ours to find them by.

  async entities(): Promise<readonly RegisteredEntity[]> {
    return (await this.ask({ type: 'config/entity_registry/list' })) as readonly RegisteredEntity[];
  }

  async devices(): Promise<readonly Device[]> {
    return (await this.ask({ type: 'config/device_registry/list' })) as readonly Device[];
  }

  entityOf(uniqueId: string): Promise<string> {
    return waitFor(
      `an entity of the unique id ${uniqueId}`,
      async () => (await this.entities()).find(({ unique_id }) => unique_id === uniqueId)?.entity_id,
      async () => (await this.entities()).map(({ unique_id }) => unique_id),
    );
  }

  async stateOf(entity: string): Promise<EntityState | undefined> {
    const states = (await this.ask({ type: 'get_states' })) as readonly (EntityState & { readonly entity_id: string })[];
    return states.find(({ entity_id }) => entity_id === entity);
  }

  waitForState(entity: string, state: string | ((state: EntityState) => boolean)): Promise<EntityState> {
    const isSo = (now: EntityState): boolean => (typeof state === 'string' ? now.state === state : state(now));
    return waitFor(
      `${entity} is ${state}`,
      async () => {
        const now = await this.stateOf(entity);
        return now && isSo(now) ? now : undefined;
      },
      async () => ({ now: await this.stateOf(entity), log: this.log.slice(-2_000) }),
    );
  }

  /** An automation as its editor saves it. @throws what Home Assistant does not like of it */
  async automate(id: string, automation: Readonly<Record<string, unknown>>): Promise<string> {
    await this.rest('POST', `/api/config/automation/config/${id}`, { id, alias: id, ...automation });
    const entity = await this.entityOf(id);
    await this.waitForState(entity, 'on');
    return entity;
  }

  // Its life.

  /** As by its own button: the process stays, everything in it begins anew. @param meanwhile happens while it is away */
  async restart(meanwhile: () => Promise<unknown> = async () => undefined): Promise<void> {
    const { closed } = this.#socket;
    // The connection is closed before this is answered.
    await this.act('homeassistant.restart').catch(() => {});
    await closed;
    await meanwhile();
    await this.#comeUp();
  }

  async stop(): Promise<void> {
    await run(kit, ['stop', this.folder]);
  }

  async startAgain(): Promise<void> {
    await startIn(this.folder);
    await this.#comeUp();
  }

  /** The broker ends as by a power cut: what it retained is forgotten. */
  async breakBroker(): Promise<void> {
    await run(kit, ['break-broker', this.folder]);
  }

  async mendBroker(): Promise<void> {
    await run(kit, ['mend-broker', this.folder]);
  }

  /** Its log, to tell with a test that failed. */
  get log(): string {
    return readFileSync(join(this.folder, 'real-ha.log'), 'utf8');
  }

  async #comeUp(): Promise<void> {
    this.#socket = await waitFor('Home Assistant takes connections', () =>
      HomeSocket.open(this.started.url, this.started.token).catch(() => undefined),
    );
    await waitFor(
      'Home Assistant has started',
      async () => ((await this.ask({ type: 'get_config' })) as { state: string }).state === 'RUNNING',
    );
    for (const { message, listener } of this.#subscriptions) await this.#socket.ask(message, listener);
  }
}

// Does not wait for the farewell and welcome on MQTT: Homeroll retains what it says, and that is what is tested.
async function startIn(folder: string): Promise<Started> {
  const { stdout } = await run(kit, ['start', folder, '--quick']);
  return JSON.parse(stdout) as Started;
}
