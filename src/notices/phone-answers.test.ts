/** Buttons under messages on phones: each does what it says, once, and is answered in the message's place. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HomeByHand } from '../../test/kit/home-by-hand.ts';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { inTrash, type NewsKind } from '../domain/index.ts';
import { HomeAssistantError } from '../hass/index.ts';
import { type CrashPoints, type Log, noCrashPoints, silentLog } from '../kernel/index.ts';
import { takeOrders } from '../pipeline/index.ts';
import { Notices } from './index.ts';

const phones = [
  { name: 'phone:mobile_app_anna', action: 'mobile_app_anna' },
  { name: 'phone:mobile_app_ben', action: 'mobile_app_ben' },
];
const day = 86_400_000;
const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class Door implements AsyncDisposable {
  readonly kept = new TestJournal();
  readonly home = new HomeByHand();
  readonly clock = new LeapClock(200);
  readonly lines: string[] = [];
  #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor() {
    this.home.answers.set('persistent_notification/get', () => []);
    this.open();
  }

  /** A life begins, as after a restart. */
  open(crashPoints: CrashPoints = noCrashPoints): void {
    const { clock, home } = this;
    const log: Log = { ...silentLog, warn: (line) => void this.lines.push(line) };
    this.#stop = new AbortController();
    const parts = { journal: this.kept.journal, home, clock, log, crashPoints, phones, homeroll: 'homeroll', sources: [] };
    this.#running = new Notices(parts).run(this.#stop.signal);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  put(id: string, kind: NewsKind, facts: Readonly<Record<string, unknown>>, text = `news ${id}.`): void {
    this.kept.journal.outbox.put({ id, teller: 'phone:mobile_app_anna', kind, text, facts, madeAtMs: this.clock.now() });
    this.kept.journal.outbox.markDelivered(id, this.clock.now());
  }

  /** A batch of one file, whose bytes lie in the trash. */
  putTrashed(id: string) {
    const { journal, sourceId } = this.kept;
    const batchId = journal.batches.begin(sourceId, 'fresh', 1_000);
    const file = this.kept.insert({ state: 'blocked', isReady: false, reason: inTrash, batchId });
    this.put(id, 'batch safe', { source: 'Phone', batch: batchId, blocked: 1, trashed: 1 }, `1 needs you: ${inTrash}.`);
    return { file, batchId };
  }

  press(action: unknown, more: Readonly<Record<string, unknown>> = {}): void {
    this.home.fire('mobile_app_notification_action', { data: { action, ...more } });
  }

  orders() {
    return this.kept.journal.orders.waiting().map(({ kind, subject }) => ({ kind, subject }));
  }

  take(): void {
    takeOrders({ journal: this.kept.journal, nowMs: this.clock.now() });
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await moment();
  }

  /** What phones were answered. */
  get replies() {
    return this.home.actions
      .filter(({ domain }) => domain === 'notify')
      .map(({ action, data = {} }) => ({ action, ...(data as { title: string; message: string; data: Record<string, unknown> }) }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    this.kept[Symbol.dispose]();
  }
}

describe('a button under a message', () => {
  for (const { verb, kind } of [
    { verb: 'restore', kind: 'keep' },
    { verb: 'let-go', kind: 'let go' },
  ] as const)
    it(`${verb} gives the order for the bytes of that message, and says what became of it in its place`, async () => {
      await using door = new Door();
      const { batchId } = door.putTrashed('n1');
      door.press(`homeroll:n1:${verb}`);
      await door.until(() => door.orders().length > 0);
      assert.deepEqual(door.orders(), [{ kind, subject: `batch ${batchId}` }]);
      door.take();
      await door.until(() => door.replies.length > 0);
      const [reply] = door.replies;
      assert.equal(reply?.action, 'mobile_app_anna');
      assert.match(reply?.message ?? '', kind === 'keep' ? /^1 picture is kept/ : /^1 picture is let go/);
      assert.match(String(reply?.data.tag), /^homeroll-batch-/);
      assert.equal(reply?.data.actions, undefined);
    });

  it('pressed twice does nothing twice', async () => {
    await using door = new Door();
    door.putTrashed('n1');
    door.press('homeroll:n1:restore');
    door.press('homeroll:n1:let-go');
    door.press('homeroll:n1:restore');
    await door.until(() => door.orders().length > 0);
    await moment();
    assert.equal(door.orders().length, 1);
    door.take();
    await door.until(() => door.replies.length > 0);
    door.press('homeroll:n1:let-go');
    await door.until(() => door.replies.length > 1);
    assert.match(
      door.replies[1]?.message ?? '',
      /^That is settled already: 1 needs you: the same bytes lie in Immich's trash, and were never proven\.$/,
    );
    assert.equal(door.orders().length, 0);
  });

  it('retry tries what is blocked in that source again, or all where an account stands still', async () => {
    await using door = new Door();
    const { batchId } = door.putTrashed('n1');
    door.put('n2', 'batch safe', { source: 'Phone', batch: batchId, blocked: 1 });
    door.put('n3', 'key refused', { account: 'anna' });
    door.kept.journal.facts.set('key refused: anna', 'Immich does not take the key.');
    door.press('homeroll:n2:retry');
    door.press('homeroll:n3:retry');
    await door.until(() => door.orders().length === 2);
    assert.deepEqual(door.orders(), [
      { kind: 'retry', subject: 'Phone' },
      { kind: 'retry', subject: undefined },
    ]);
  });

  it('about many that are gone from Immich is about all that their source asks', async () => {
    await using door = new Door();
    door.put('n1', 'many removed', { source: 'Phone', missing: 40 });
    door.press('homeroll:n1:restore');
    await door.until(() => door.replies.length > 0);
    assert.match(door.replies[0]?.message ?? '', /^That is settled already/);
  });

  it('why says why, in plain words, and leaves the other buttons', async () => {
    await using door = new Door();
    door.putTrashed('n1');
    door.press('homeroll:n1:why');
    await door.until(() => door.replies.length > 0);
    const [reply] = door.replies;
    assert.equal(reply?.message, '"1.jpg": The same bytes lie in Immich\'s trash, and were never proven.');
    assert.deepEqual(reply?.data.actions, [
      { action: 'homeroll:n1:restore', title: 'Restore' },
      { action: 'homeroll:n1:let-go', title: 'Let go' },
    ]);
    assert.equal(door.orders().length, 0);
  });

  for (const { name, put } of [
    { name: 'what was solved meanwhile', put: (door: Door) => door.put('n1', 'source away', { source: 'Phone' }) },
    {
      name: 'what is a month old',
      put: (door: Door) => {
        door.putTrashed('n1');
        door.clock.leap(31 * day);
      },
    },
  ])
    it(`is answered kindly about ${name}`, async () => {
      await using door = new Door();
      put(door);
      door.press('homeroll:n1:why');
      await door.until(() => door.replies.length > 0);
      assert.match(door.replies[0]?.message ?? '', /^That is settled already: /);
    });

  it('of a message that no journal knows any more is answered on the phone that says who it is, or on all', async () => {
    await using door = new Door();
    door.press('homeroll:lost:restore', { tag: 'homeroll-batch-1', action_data: { phone: 'mobile_app_ben' } });
    await door.until(() => door.replies.length > 0);
    door.press('homeroll:lost:restore', { action_data: 'nonsense' });
    await door.until(() => door.replies.length > 2);
    assert.deepEqual(
      door.replies.map(({ action }) => action),
      ['mobile_app_ben', 'mobile_app_anna', 'mobile_app_ben'],
    );
    assert.equal(door.replies[0]?.data.tag, 'homeroll-batch-1');
  });

  it('of others is none of our business', async () => {
    await using door = new Door();
    for (const action of ['KEEP', 'homeroll', 'homeroll:n1:erase', undefined, { homeroll: 1 }]) door.press(action);
    door.putTrashed('n1');
    door.press('homeroll:n1:why');
    await door.until(() => door.replies.length > 0);
    assert.deepEqual([door.replies.length, door.lines], [1, []]);
  });

  it('is answered by the next life, when this one ended before it could', async () => {
    await using door = new Door();
    door.putTrashed('n1');
    door.press('homeroll:n1:restore');
    await door.until(() => door.orders().length > 0);
    await door.close();
    door.take();
    door.open();
    await door.until(() => door.replies.length > 0);
    assert.match(door.replies[0]?.message ?? '', /^1 picture is kept/);
    await door.close();
    door.open();
    await moment();
    assert.equal(door.replies.length, 1);
  });

  it('is answered when Home Assistant is back', async () => {
    await using door = new Door();
    door.putTrashed('n1');
    door.press('homeroll:n1:restore');
    await door.until(() => door.orders().length > 0);
    door.home.goAway();
    door.take();
    await moment();
    assert.equal(door.replies.length, 0);
    door.home.comeUp();
    await door.until(() => door.replies.length > 0);
  });

  it('does what it says though its phone cannot be answered, with one line', async () => {
    await using door = new Door();
    const { file } = door.putTrashed('n1');
    door.home.onAction = () => {
      throw new HomeAssistantError('unknown', 'There is no such action.');
    };
    door.press('homeroll:n1:let-go');
    await door.until(() => door.orders().length > 0);
    door.take();
    await door.until(() => door.lines.length > 0);
    assert.equal(door.kept.journal.files.byId(file)?.state, 'letGo');
    assert.deepEqual(door.lines, ['A phone could not be answered: There is no such action.']);
  });
});
