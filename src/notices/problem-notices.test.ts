/** Problems hang in Home Assistant for as long as they last. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HomeByHand } from '../../test/kit/home-by-hand.ts';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { type ActionCall, HomeAssistantError } from '../hass/index.ts';
import { type Clock, type Log, silentLog, systemClock } from '../kernel/index.ts';
import { noticeId } from './hung.ts';
import { ProblemNotices } from './problem-notices.ts';

/** A Home Assistant that keeps what was hung, until it starts anew. */
class Wall implements AsyncDisposable {
  readonly kept = new TestJournal();
  readonly home = new HomeByHand();
  readonly hung = new Map<string, string>();
  readonly lines: string[] = [];
  readonly calls: string[] = [];
  #elapsedMs = 0;
  #wake: () => void = () => undefined;
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor() {
    this.home.onAction = (call) => this.#do(call);
    this.home.answers.set('persistent_notification/get', () => [...this.hung.keys()].map((id) => ({ notification_id: id })));
  }

  open(): void {
    const log: Log = { ...silentLog, warn: (line) => void this.lines.push(line) };
    const clock: Clock = {
      ...systemClock,
      elapsed: () => this.#elapsedMs,
      sleep: (_, signal) =>
        new Promise((resolve, reject) => {
          this.#wake = resolve;
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        }),
    };
    this.#stop = new AbortController();
    const parts = {
      journal: this.kept.journal,
      home: this.home,
      clock,
      log,
      homeroll: 'homeroll',
      sources: [{ name: 'Phone', account: 'anna' }],
    };
    this.#running = new ProblemNotices(parts).run(this.#stop.signal);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** The next look, after a while. */
  async look(afterMs = 5_000): Promise<void> {
    this.#elapsedMs += afterMs;
    this.#wake();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  say(reason: string | undefined): void {
    this.kept.journal.sources.update(this.kept.sourceId, { state: reason === undefined ? 'present' : 'away', reason });
  }

  restart(): void {
    this.home.goAway();
    this.hung.clear();
    this.home.comeUp();
  }

  #do({ domain, action, data = {} }: ActionCall): void {
    assert.equal(domain, 'persistent_notification');
    const id = String(data.notification_id);
    this.calls.push(action);
    if (action === 'create') this.hung.set(id, String(data.message));
    else this.hung.delete(id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    this.kept[Symbol.dispose]();
  }
}

async function withProblem(): Promise<Wall> {
  const wall = new Wall();
  wall.say('/phone is not there.');
  wall.open();
  await wall.look();
  assert.deepEqual([...wall.hung.values()], ['/phone is not there.']);
  return wall;
}

describe('a problem', () => {
  it('hangs once, and is taken down when it is solved', async () => {
    await using wall = await withProblem();
    for (let round = 0; round < 20; round += 1) await wall.look();
    assert.deepEqual(wall.calls, ['create']);
    wall.say(undefined);
    await wall.look();
    assert.deepEqual([wall.calls, wall.hung.size], [['create', 'dismiss'], 0]);
  });

  it('that an earlier life hung, and was solved before this one, is taken down', async () => {
    await using wall = await withProblem();
    await wall.close();
    wall.say(undefined);
    wall.open();
    await wall.look();
    assert.equal(wall.hung.size, 0);
  });

  for (const isStillThere of [true, false]) {
    it(`that was being hung when Homeroll stopped ${isStillThere ? 'hangs once' : 'is taken down, solved meanwhile'}`, async () => {
      await using wall = new Wall();
      const hang = wall.home.onAction;
      wall.home.onAction = (call) => {
        hang(call);
        throw new HomeAssistantError('away', 'Homeroll stopped before the answer came.');
      };
      wall.say('/phone is not there.');
      wall.open();
      await wall.look();
      await wall.close();
      assert.equal(wall.hung.size, 1);
      wall.home.onAction = hang;
      if (!isStillThere) wall.say(undefined);
      wall.open();
      await wall.look();
      await wall.look(60_000);
      assert.equal(wall.hung.size, isStillThere ? 1 : 0);
    });
  }

  it('that was to be hung when Home Assistant went away hangs later: nobody took it down', async () => {
    await using wall = new Wall();
    const hang = wall.home.onAction;
    wall.home.onAction = () => {
      throw new HomeAssistantError('away', 'It went away.');
    };
    wall.say('/phone is not there.');
    wall.open();
    await wall.look();
    await wall.look(60_000);
    wall.home.onAction = hang;
    await wall.look();
    assert.equal(wall.hung.size, 1);
  });

  it('is not hung a second time by the next life', async () => {
    await using wall = await withProblem();
    await wall.close();
    wall.open();
    await wall.look();
    assert.deepEqual(wall.calls, ['create']);
  });

  it('hangs again after Home Assistant started anew, which remembers none', async () => {
    await using wall = await withProblem();
    wall.restart();
    await wall.look();
    assert.deepEqual([wall.calls, wall.hung.size], [['create', 'create'], 1]);
  });

  it('stays down when somebody took it down, also over a restart, until there is something new to say', async () => {
    await using wall = await withProblem();
    wall.hung.clear();
    await wall.look(60_000);
    wall.restart();
    await wall.look();
    assert.deepEqual([wall.calls, wall.hung.size], [['create'], 0]);
    wall.say('/phone cannot be read.');
    await wall.look();
    assert.deepEqual([...wall.hung.values()], ['/phone cannot be read.']);
  });

  it('that somebody took down is forgotten when it is solved, and is new when it comes again', async () => {
    await using wall = await withProblem();
    wall.hung.clear();
    await wall.look(60_000);
    wall.say(undefined);
    await wall.look();
    wall.say('/phone is not there.');
    await wall.look();
    assert.deepEqual([wall.calls, wall.hung.size], [['create', 'create'], 1]);
  });

  it('changes in its place when its words do', async () => {
    await using wall = await withProblem();
    wall.say('/phone cannot be read.');
    await wall.look();
    assert.deepEqual([...wall.hung.values()], ['/phone cannot be read.']);
  });

  it('waits while Home Assistant is away', async () => {
    await using wall = new Wall();
    wall.home.goAway();
    wall.say('/phone is not there.');
    wall.open();
    await wall.look();
    wall.home.comeUp();
    await wall.look();
    assert.equal(wall.hung.size, 1);
  });

  it('that Home Assistant refuses to hang is one line, and tried again later', async () => {
    await using wall = new Wall();
    const hang = wall.home.onAction;
    wall.home.onAction = () => {
      throw new HomeAssistantError('unauthorised', 'The token may not do that.');
    };
    wall.say('/phone is not there.');
    wall.open();
    await wall.look();
    await wall.look();
    await wall.look(600_000);
    assert.deepEqual(wall.lines, ['Problems cannot be hung in Home Assistant: The token may not do that.']);
    wall.home.onAction = hang;
    await wall.look(600_000);
    assert.equal(wall.hung.size, 1);
  });

  it('is shown as it is written, whatever names hold', async () => {
    await using wall = new Wall();
    wall.say('/phone/*a_b*<i> is not there: `homeroll keep a_b`.');
    wall.open();
    await wall.look();
    assert.deepEqual([...wall.hung.values()], ['/phone/\\*a\\_b\\*\\<i\\> is not there: `homeroll keep a_b`.']);
  });
});

describe('the id of a notice', () => {
  it('is plain, short, and its own', () => {
    const ids = ['away: Phone', 'away: phone', 'away: Ähre', 'x'.repeat(500)].map((key) => noticeId('homeroll', key));
    assert.equal(new Set(ids).size, 4);
    for (const id of ids) assert.match(id, /^homeroll_[a-z0-9_]{1,60}$/);
  });
});
