/**
 * Holds the stand-ins of Home Assistant to what is relied on; and a real one, where `HOMEROLL_HOME_URL` and `HOMEROLL_HOME_TOKEN` (of an
 * administrator) name one for testing.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { after, before, describe } from 'node:test';
import { HomeAssistantError, HomeSocket } from '../../src/hass/index.ts';
import { Secret, silentLog, systemClock } from '../../src/kernel/index.ts';
import { Refusal } from '../kit/fake-home-assistant.ts';
import { HomeByHand } from '../kit/home-by-hand.ts';
import { HomeSocketScene } from '../kit/home-socket-scene.ts';
import { type HomeWorld, homeContract } from './home-suite.ts';

const isNowhere = (domain: unknown): boolean => domain === 'homeroll_nowhere';

describe('the Home Assistant in memory', () => {
  const home = new HomeByHand();
  home.onAction = ({ domain }) => {
    if (isNowhere(domain)) throw new HomeAssistantError('unknown', 'There is no such action.');
  };
  home.answers.set('subscribe_entities', ({ entity_ids: ids }) => ({
    a: Object.fromEntries((ids as readonly string[]).map((id) => [id, { s: home.entity(id)?.state }])),
  }));
  homeContract(() => ({
    home,
    say: async (id, state, attributes) => home.say(id, state, attributes),
    forget: async (id) => home.forget(id),
    fire: async (type, data) => home.fire(type, { data }),
    async breakConnection() {
      home.goAway();
      home.comeUp();
    },
  }));
});

describe('the fake Home Assistant', () => {
  let scene: HomeSocketScene;
  before(async () => {
    scene = await HomeSocketScene.open();
    scene.fake.answers.set('call_service', ({ domain }) => {
      if (isNowhere(domain)) throw new Refusal('not_found', 'There is no such action.');
      return { context: {}, response: null };
    });
    await scene.up();
  });
  after(() => scene[Symbol.asyncDispose]());
  homeContract(() => ({
    home: scene.home,
    say: async (id, state, attributes) => scene.fake.say(id, state, attributes),
    forget: async (id) => scene.fake.forget(id),
    fire: async (type, data) => scene.fake.fire(type, data),
    breakConnection: async () => scene.fake.cut(),
  }));
});

const { HOMEROLL_HOME_URL: url, HOMEROLL_HOME_TOKEN: token = '' } = process.env;
describe('a real Home Assistant', { skip: url === undefined && 'HOMEROLL_HOME_URL names none' }, () => {
  const ending = new AbortController();
  let running: Promise<void>;
  let home: HomeSocket;
  const ways = new Set<Socket>();
  // Stands between, so that it can be cut without harm to the server.
  const between = createServer((visitor) => {
    const { hostname, port } = new URL(url ?? '');
    const server = connect(Number(port), hostname);
    for (const one of [visitor, server]) one.on('error', () => undefined).on('close', () => [visitor, server].map((end) => end.destroy()));
    visitor.pipe(server).pipe(visitor);
    ways.add(visitor);
  });

  async function rest(method: string, path: string, body?: unknown): Promise<void> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
  }
  const world = (): HomeWorld => ({
    home,
    say: (id, state, attributes = {}) => rest('POST', `states/${id}`, { state, attributes }),
    forget: (id) => rest('DELETE', `states/${id}`),
    fire: (type, data) => rest('POST', `events/${type}`, data),
    async breakConnection() {
      for (const way of ways) way.destroy();
      ways.clear();
    },
  });

  before(async () => {
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    const { port } = between.address() as AddressInfo;
    const address = new URL(`http://127.0.0.1:${port}`);
    home = new HomeSocket({ url: address, token: new Secret(token), clock: systemClock, log: silentLog });
    running = home.run(ending.signal);
    await new Promise<void>((resolve) => home.onUp((isUp) => isUp && resolve()));
  });
  after(async () => {
    ending.abort();
    await running;
    between.close();
  });
  homeContract(world);
});
