/** A problem goes from the phones when it is over, however it ended, and stays as long as it lasts. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HomeByHand } from '../../test/kit/home-by-hand.ts';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { TestJournal } from '../../test/kit/test-journal.ts';
import type { NewsKind } from '../domain/index.ts';
import { HomeAssistantError } from '../hass/index.ts';
import { silentLog } from '../kernel/index.ts';
import { hangOnPhone, hungOnPhones } from '../tell/index.ts';
import { PhoneClearing } from './phone-clearing.ts';

const [action, tag] = ['mobile_app_anna', 'homeroll-a-tag'];
const phone = { name: 'Phone', account: 'anna' };

class Scene implements AsyncDisposable {
  readonly kept = new TestJournal();
  readonly home = new HomeByHand();
  readonly clock = new LeapClock(200);
  readonly #ending = new AbortController();
  #running: Promise<void> = Promise.resolve();

  hang(kind: NewsKind, facts: Readonly<Record<string, unknown>>): void {
    const { journal } = this.kept;
    journal.outbox.put({ id: 'a', teller: `phone:${action}`, kind, text: 'It is so.', facts, madeAtMs: 1 });
    hangOnPhone(journal, { action, tag, newsId: 'a' });
  }

  run(sources = [phone]): void {
    const { kept, home, clock } = this;
    this.#running = new PhoneClearing({ journal: kept.journal, home, clock, log: silentLog, sources }).run(this.#ending.signal);
  }

  get hung(): number {
    return hungOnPhones(this.kept.journal).length;
  }

  async looks(times = 3): Promise<void> {
    for (let look = 0; look < times; look += 1) {
      this.clock.leap(20_001);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#running;
    this.kept[Symbol.dispose]();
  }
}

const key = 'key refused: anna';
const clearing = { domain: 'notify', action, data: { message: 'clear_notification', data: { tag } } };

describe('a problem on a phone', () => {
  it('stays as long as it lasts, and goes when the key is mended, though nothing is told of that', async () => {
    await using scene = new Scene();
    scene.kept.journal.facts.set(key, 'Account "anna" stands still.');
    scene.hang('key refused', { account: 'anna' });
    scene.run();
    await scene.looks();
    assert.deepEqual([scene.home.actions, scene.hung], [[], 1]);
    scene.kept.journal.facts.forget(key);
    await scene.looks();
    assert.deepEqual([scene.home.actions, scene.hung], [[clearing], 0]);
  });

  for (const { name, kind, facts } of [
    { name: 'its source has another name now', kind: 'source away', facts: { source: 'Old phone' } },
    { name: 'its account has another name now', kind: 'key refused', facts: { account: 'old' } },
    { name: 'its source is back', kind: 'source away', facts: { source: 'Phone' } },
    { name: 'its files are no longer blocked', kind: 'batch safe', facts: { source: 'Phone', batch: 7, blocked: 1 } },
    { name: 'what was missing in Home Assistant is there', kind: 'missing at home', facts: { entity: 'person.anna' } },
    { name: 'what was asked is answered', kind: 'many removed', facts: { source: 'Phone' } },
  ] satisfies readonly { name: string; kind: NewsKind; facts: Readonly<Record<string, unknown>> }[])
    it(`goes when ${name}`, async () => {
      await using scene = new Scene();
      scene.hang(kind, facts);
      scene.run();
      await scene.looks();
      assert.deepEqual([scene.home.actions, scene.hung], [[clearing], 0]);
    });

  it('that happened, and does not last, stays', async () => {
    await using scene = new Scene();
    scene.hang('lost before safe', { source: 'Phone' });
    scene.run();
    await scene.looks();
    assert.deepEqual([scene.home.actions, scene.hung], [[], 1]);
  });

  it('goes once Home Assistant is back, and is given up where it does not know the phone', async () => {
    await using scene = new Scene();
    scene.hang('source away', { source: 'Phone' });
    scene.home.goAway();
    scene.run();
    await scene.looks();
    assert.equal(scene.hung, 1);
    scene.home.onAction = () => {
      throw new HomeAssistantError('unknown', 'There is no such phone.');
    };
    scene.home.comeUp();
    await scene.looks();
    assert.deepEqual([scene.home.actions.length, scene.hung], [1, 0]);
  });
});
