/** Weeks of comings and goings, restarts on both sides and silences, on a clock that jumps: what must hold in all of them. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { HomeByHand } from '../../test/kit/home-by-hand.ts';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { VirtualClock } from '../../test/simulation/virtual-clock.ts';
import type { SourceConfig } from '../config/index.ts';
import { everyoneAway } from '../domain/index.ts';
import { silentLog } from '../kernel/index.ts';
import { Circumstances } from './circumstances.ts';
import { noteCircumstances } from './remembered.ts';
import type { SourceInUse } from './step.ts';

const minute = 60_000;
const forMs = 5 * minute;
const away = { ...everyoneAway, forMs };

type Deed =
  | { readonly kind: 'say'; readonly state: '0' | '1' | '2' | 'unknown' | 'unavailable' }
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'home assistant goes' | 'home assistant comes' | 'homeroll restarts' };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('say' as const), state: fc.constantFrom('0', '0', '0', '1', '2', 'unknown', 'unavailable') }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(0.1, 1, 3, 4.9, 6, 9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('home assistant goes', 'home assistant comes', 'homeroll restarts') }) },
);

/** One household whose only source is looked through when the last one leaves, and moves only meanwhile. */
class Weeks implements AsyncDisposable {
  readonly clock = new VirtualClock(Date.UTC(2025, 0, 6));
  readonly home = new HomeByHand();
  readonly #journal: TestJournal;
  readonly triggeredAtMs: number[] = [];
  /** Since when everybody was seen to be away, and nobody seen to be there. */
  #emptySinceMs: number | undefined;
  #wasSeenFull = true;
  #ending = new AbortController();
  #running: Promise<void> = Promise.resolve();
  circumstances: Circumstances;

  /** @param journal what weeks before left in it is forgotten */
  constructor(journal: TestJournal) {
    this.#journal = journal;
    noteCircumstances(journal.journal, []);
    this.circumstances = this.#bear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  async does(what: Deed): Promise<void> {
    if (what.kind === 'say') this.home.say('zone.home', what.state);
    if (what.kind === 'home assistant goes') this.home.goAway();
    if (what.kind === 'home assistant comes') this.home.comeUp();
    if (what.kind === 'homeroll restarts') await this.#restart();
    await this.clock.run(this.clock.elapsed() + (what.kind === 'pass' ? what.minutes * minute : 0));
    this.#look();
  }

  get #seen(): string | undefined {
    return this.home.isUp ? this.home.entity('zone.home')?.state : undefined;
  }

  #look(): void {
    const seen = this.#seen;
    if (seen === '1' || seen === '2') {
      this.#emptySinceMs = undefined;
      this.#wasSeenFull = true;
      assert.ok(!this.circumstances.mayMove(this.#source.id), 'nothing moves while somebody is seen at home');
    }
    if (seen === '0') this.#emptySinceMs ??= this.clock.elapsed();
  }

  get #source(): SourceInUse {
    const config = { name: 'Phone', when: { kind: 'circumstance', circumstance: away }, onlyWhile: away } as Partial<SourceConfig>;
    return { id: this.#journal.sourceId, config } as SourceInUse;
  }

  #bear(): Circumstances {
    this.#ending = new AbortController();
    const circumstances = new Circumstances({
      journal: this.#journal.journal,
      clock: this.clock,
      log: silentLog,
      home: this.home,
      sources: () => [this.#source],
      onTrigger: () => this.#noteTrigger(),
      onLimit: () => undefined,
    });
    this.#running = circumstances.run(this.#ending.signal);
    return circumstances;
  }

  async #restart(): Promise<void> {
    this.#ending.abort();
    await this.#running;
    this.circumstances = this.#bear();
  }

  #noteTrigger(): void {
    assert.equal(this.#seen, '0', 'it is seen to be so');
    assert.ok(this.#wasSeenFull, 'somebody was seen at home since the last time');
    assert.ok(this.#emptySinceMs !== undefined && this.clock.elapsed() - this.#emptySinceMs >= forMs, 'it has lasted');
    this.#wasSeenFull = false;
    this.triggeredAtMs.push(this.clock.elapsed());
  }
}

describe('in weeks of comings and goings', () => {
  const journal = new TestJournal();
  after(() => journal[Symbol.dispose]());

  it('nothing begins that has not lasted, nothing twice, and nothing moves while somebody is there', () =>
    fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 20, maxLength: 60 }), async (deeds) => {
        await using weeks = new Weeks(journal);
        for (const one of deeds) await weeks.does(one);
      }),
      { numRuns: 60 },
    ));

  it('and whatever was before, a family that stays and then leaves sets it going, once', () =>
    fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 40 }), async (deeds) => {
        await using weeks = new Weeks(journal);
        for (const one of deeds) await weeks.does(one);
        await weeks.does({ kind: 'home assistant comes' });
        await weeks.does({ kind: 'say', state: '2' });
        await weeks.does({ kind: 'pass', minutes: 6 });
        const before = weeks.triggeredAtMs.length;
        await weeks.does({ kind: 'say', state: '0' });
        for (const _ of [1, 2, 3]) await weeks.does({ kind: 'pass', minutes: 4 });
        assert.equal(weeks.triggeredAtMs.length, before + 1);
        assert.ok(weeks.circumstances.mayMove(1 as SourceInUse['id']));
      }),
      { numRuns: 30 },
    ));
});
