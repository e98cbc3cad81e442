/** What everybody who asks a Home Assistant relies on: held against the real one, the fake server, and the one in memory. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { HomeAssistant, HomeEvent } from '../../src/hass/index.ts';

/** A Home Assistant, and the hands that move things in it. */
export interface HomeWorld {
  readonly home: HomeAssistant;
  say(id: string, state: string, attributes?: Readonly<Record<string, unknown>>): Promise<void>;
  forget(id: string): Promise<void>;
  fire(type: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Ends what leads to it, and lets it be there again by itself. */
  breakConnection(): Promise<void>;
}

const never = new AbortController().signal;
// The real one answers in milliseconds, on a machine that is busy in seconds.
const patienceMs = 20_000;

async function until(isSo: () => boolean): Promise<void> {
  const giveUpMs = performance.now() + patienceMs;
  while (!isSo()) {
    if (performance.now() > giveUpMs) throw new Error(`it never became so: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** @param worldOf gives the world at the time of a test; ids must be free in it: `sensor.homeroll_…` */
export function homeContract(worldOf: () => HomeWorld): void {
  let number = 0;
  const fresh = (): string => `sensor.homeroll_contract_${++number}`;

  it('says what an entity is, and calls whoever follows it after each change', async () => {
    const { home, say, forget } = worldOf();
    const id = fresh();
    await say(id, 'one', { colour: 'red', size: 1 });
    const seen: (string | undefined)[] = [];
    const stop = home.follow([id], () => seen.push(home.entity(id)?.state));
    await until(() => home.entity(id)?.state === 'one');
    await say(id, 'two', { size: 2 });
    await until(() => seen.includes('two'));
    assert.deepEqual(home.entity(id), { state: 'two', attributes: { size: 2 } });
    await forget(id);
    await until(() => home.entity(id) === undefined);
    home.follow([id], () => undefined);
    stop();
    const calls = seen.length;
    await say(id, 'three');
    await until(() => home.entity(id)?.state === 'three');
    assert.equal(seen.length, calls);
  });

  it('knows nothing of an entity that is not there, until it is', async () => {
    const { home, say } = worldOf();
    const id = fresh();
    let calls = 0;
    const stop = home.follow([id], () => calls++);
    assert.equal(home.entity(id), undefined);
    const other = fresh();
    await say(other, 'here');
    home.follow([other], () => undefined);
    await until(() => home.entity(other)?.state === 'here');
    await say(id, 'here');
    await until(() => home.entity(id)?.state === 'here' && calls > 0);
    stop();
  });

  it('tells at once that it is up, and of each going and coming', async () => {
    const { home, breakConnection, say } = worldOf();
    const id = fresh();
    await say(id, 'before');
    home.follow([id], () => undefined);
    await until(() => home.entity(id)?.state === 'before');
    const told: boolean[] = [];
    const stop = home.onUp((isUp) => told.push(isUp));
    assert.deepEqual([home.isUp, told], [true, [true]]);
    await breakConnection();
    await until(() => told.length === 3);
    assert.deepEqual(told, [true, false, true]);
    assert.equal(home.entity(id)?.state, 'before');
    await say(id, 'after');
    await until(() => home.entity(id)?.state === 'after');
    stop();
  });

  it('passes on events of the types that are asked for', async () => {
    const { home, fire } = worldOf();
    const events: HomeEvent[] = [];
    const stop = home.onEvent('homeroll_contract', (event) => events.push(event));
    // A subscription that is under way hears nothing yet.
    for (let nth = 0; events.length === 0 && nth < 200; nth += 1) {
      await fire('homeroll_other', {});
      await fire('homeroll_contract', { answer: 42 });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.deepEqual(events[0]?.data, { answer: 42 });
    stop();
    const heard = events.length;
    await fire('homeroll_contract', { answer: 43 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(events.slice(heard).every(({ data }) => data.answer === 42));
  });

  it('does an action, and answers nothing where no answer is wanted', async () => {
    const { home } = worldOf();
    const data = { message: 'from the contract', notification_id: 'homeroll_contract' };
    assert.equal(await home.act({ domain: 'persistent_notification', action: 'create', data }, never), undefined);
    await home.act({ domain: 'persistent_notification', action: 'dismiss', data: { notification_id: 'homeroll_contract' } }, never);
  });

  it('says that there is no such action, no such message', async () => {
    const { home } = worldOf();
    await assert.rejects(home.act({ domain: 'homeroll_nowhere', action: 'go' }, never), { name: 'HomeAssistantError', code: 'unknown' });
    await assert.rejects(home.ask({ type: 'homeroll/nowhere' }, never), { name: 'HomeAssistantError', code: 'unknown' });
  });

  it('tells the first that a subscription says, and then hears no more of it', async () => {
    const { home, say } = worldOf();
    const id = fresh();
    await say(id, 'one');
    const first = (await home.askFirst({ type: 'subscribe_entities', entity_ids: [id] }, never)) as { a: Record<string, { s: string }> };
    assert.equal(first.a[id]?.s, 'one');
    await assert.rejects(home.askFirst({ type: 'homeroll/nowhere' }, never), { name: 'HomeAssistantError', code: 'unknown' });
  });

  it('asks nothing for somebody who has stopped waiting', async () => {
    const { home } = worldOf();
    const stopped = AbortSignal.abort();
    await assert.rejects(home.act({ domain: 'homeassistant', action: 'nothing' }, stopped), { name: 'AbortError' });
    await assert.rejects(home.ask({ type: 'get_config' }, stopped), { name: 'AbortError' });
  });
}
