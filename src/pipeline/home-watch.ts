/** Watches whether all that the configuration needs by name is in Home Assistant: follows what is renamed there, and tells what is missing. */
import type { Config } from '../config/index.ts';
import { followNames, type NeededAtHome, tellFound, tellMissing, tellRenamed } from '../domain/index.ts';
import {
  type HomeAssistant,
  HomeAssistantError,
  type RegisteredEntity,
  type Renamed,
  registeredEntities,
  registryEvent,
  renamedBy,
} from '../hass/index.ts';
import type { Journal } from '../journal/index.ts';
import { type Clock, type Log, Waker } from '../kernel/index.ts';
import { adoptNames, knownNames, missingAtHome, neededAtHome, rememberMissing, rememberNames } from './home-names.ts';
import { type NewsDesk, putNews } from './news.ts';

export interface HomeWatchParts {
  readonly config: Pick<Config, 'sources' | 'tell'>;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly news: NewsDesk;
  /** By the names that it has itself. */
  readonly home: HomeAssistant;
}

// Integrations come round to their entities some time after Home Assistant has started, or was told to load one anew.
const patienceMs = 300_000;
// Who removes a whole integration causes an event for each of its entities.
const gatherMs = 2_000;
const lookEveryMs = 3_600_000;
const againMs = 60_000;

export class HomeWatch {
  readonly #parts: HomeWatchParts;
  readonly #needed: readonly NeededAtHome[];
  readonly #waker = new Waker();
  readonly #listeners = new Set<() => void>();
  /** Since when it is seen to be missing, by our elapsed time. */
  readonly #missingSinceMs = new Map<string, number>();
  /** Heard of before the first look knew by what Home Assistant knows them: the new id by the one that was written. */
  readonly #heard = new Map<string, string>();
  #isJustUp = false;
  #stopFollowing: (() => void) | undefined;
  #isRefusalTold = false;

  constructor(parts: HomeWatchParts) {
    this.#parts = parts;
    this.#needed = neededAtHome(parts.config);
    const { journal } = parts;
    adoptNames(journal, this.#entities);
    // What nobody needs any more is no problem.
    rememberMissing(
      journal,
      missingAtHome(journal).filter(({ id }) => this.#needed.some((need) => need.id === id)),
    );
  }

  nameNow(id: string): string {
    return knownNames(this.#parts.journal)[id]?.now ?? id;
  }

  onRenamed(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { home, clock } = this.#parts;
    if (this.#needed.length === 0) return;
    const wake = (): void => this.#waker.wake();
    const isAboutPhones = this.#needed.some(({ use }) => use === 'phone');
    const wakeForPhones = ({ data }: { readonly data: Readonly<Record<string, unknown>> }): unknown => data.domain === 'notify' && wake();
    const stops = [
      home.onUp((isUp) => {
        this.#missingSinceMs.clear();
        this.#isJustUp = isUp;
        if (isUp) wake();
      }),
      home.onEvent(registryEvent, ({ data }) => {
        const renamed = renamedBy(data);
        if (renamed) this.#hear(renamed);
        if (renamed || data.action !== 'update') wake();
      }),
      ...(isAboutPhones ? ['service_registered', 'service_removed'].map((type) => home.onEvent(type, wakeForPhones)) : []),
      () => this.#stopFollowing?.(),
    ];
    this.#follow();
    try {
      while (!signal.aborted) {
        this.#waker.arm();
        this.#isJustUp = false;
        const dueInMs = await this.#lookUnlessAway(signal);
        await this.#waker.wait(clock, clock.now() + dueInMs, signal);
        // What was known when Home Assistant came up is read at once: nobody shall rename it before.
        if (!signal.aborted && !this.#isJustUp) await clock.sleep(gatherMs, signal).catch(() => undefined);
      }
    } finally {
      for (const stop of stops) stop();
    }
  }

  get #entities(): readonly string[] {
    return [...new Set(this.#needed.flatMap(({ use, id }) => (use === 'phone' ? [] : [id])))];
  }

  #hear({ from, to }: Renamed): void {
    for (const [written, now] of this.#heard) if (now === from) this.#heard.set(written, to);
    if (this.#entities.includes(from)) this.#heard.set(from, to);
  }

  #follow(): void {
    const before = this.#stopFollowing;
    const ids = this.#entities.map((id) => this.nameNow(id));
    let wereThere = '';
    this.#stopFollowing = this.#parts.home.follow(ids, () => {
      // Their states are of no interest here, only whether they have any.
      const areThere = ids.filter((id) => this.#parts.home.entity(id)).join();
      if (areThere !== wereThere) this.#waker.wake();
      wereThere = areThere;
    });
    before?.();
  }

  /** @returns in how many milliseconds it is to be looked at again */
  async #lookUnlessAway(signal: AbortSignal): Promise<number> {
    const { home, log } = this.#parts;
    if (!home.isUp) return lookEveryMs;
    try {
      return await this.#look(signal);
    } catch (error) {
      if (signal.aborted) return lookEveryMs;
      if (!(error instanceof HomeAssistantError)) throw error;
      if (!error.isPassing && !this.#isRefusalTold) log.warn(`Nobody sees what is renamed or removed there. ${error.message}`);
      this.#isRefusalTold ||= !error.isPassing;
      return againMs;
    }
  }

  async #look(signal: AbortSignal): Promise<number> {
    const { home } = this.#parts;
    const registered = await registeredEntities(home, signal);
    this.#followRenamed(registered);
    const isAnyPhone = this.#needed.some(({ use }) => use === 'phone');
    const actions = isAnyPhone ? notifyActionsIn(await home.ask({ type: 'get_services' }, signal)) : [];
    const isMissing = ({ id, use }: NeededAtHome): boolean =>
      use === 'phone' ? !actions.includes(id) : home.entity(this.nameNow(id)) === undefined;
    // It may have gone while it was asked.
    if (!home.isUp) return againMs;
    return this.#noteMissing(this.#needed.filter(isMissing), [...registered.map(({ id }) => id), ...actions]);
  }

  #followRenamed(registered: readonly RegisteredEntity[]): void {
    const { journal, home, clock, news } = this.#parts;
    const known = knownNames(journal);
    const names = followNames(known, {
      written: this.#entities,
      registered,
      heard: this.#heard,
      isThere: (id) => home.entity(id) !== undefined,
    });
    const changed = this.#entities.filter((id) => names[id]?.now !== known[id]?.now);
    journal.transaction(() => {
      rememberNames(journal, names);
      for (const id of changed) {
        const to = names[id]?.now;
        if (to === undefined) continue;
        const text = tellRenamed({ from: id, to, needs: this.#needed.filter((need) => need.id === id) });
        putNews(journal, news, { kind: 'renamed at home', text, facts: { entity: id, now: to }, nowMs: clock.now() });
      }
    });
    if (changed.length === 0) return;
    this.#follow();
    for (const listener of [...this.#listeners]) listener();
  }

  /** @returns in how many milliseconds the patience with one of them is over */
  #noteMissing(missing: readonly NeededAtHome[], ids: readonly string[]): number {
    const { journal, clock, news } = this.#parts;
    const nowMs = clock.elapsed();
    const told = missingAtHome(journal);
    for (const id of this.#missingSinceMs.keys()) if (!missing.some((need) => need.id === id)) this.#missingSinceMs.delete(id);
    for (const { id } of missing) if (!this.#missingSinceMs.has(id)) this.#missingSinceMs.set(id, nowMs);
    const waitMs = (id: string): number => (this.#missingSinceMs.get(id) ?? nowMs) + patienceMs - nowMs;
    const isTold = (id: string): boolean => told.some((one) => one.id === id);
    const isSo = [...this.#missingSinceMs.keys()].filter((id) => isTold(id) || waitMs(id) <= 0);
    const now = isSo.map((id) => {
      const alike = ids.filter((one) => one.startsWith(id.slice(0, id.indexOf('.') + 1)));
      return { id, sentence: tellMissing({ needs: missing.filter((need) => need.id === id), alike }) };
    });
    const back = told.filter(({ id }) => !isSo.includes(id));
    const fresh = now.filter(({ id }) => !isTold(id));
    journal.transaction(() => {
      rememberMissing(journal, now);
      const at = { nowMs: clock.now() };
      for (const { id, sentence } of fresh)
        putNews(journal, news, { kind: 'missing at home', text: sentence, facts: { entity: id }, ...at });
      for (const { id } of back) putNews(journal, news, { kind: 'back at home', text: tellFound(id), facts: { entity: id }, ...at });
    });
    const waits = [...this.#missingSinceMs.keys()].filter((id) => !isSo.includes(id)).map(waitMs);
    return Math.min(lookEveryMs, ...waits);
  }
}

function notifyActionsIn(answer: unknown): readonly string[] {
  const notify = typeof answer === 'object' && answer !== null && 'notify' in answer ? answer.notify : undefined;
  return typeof notify === 'object' && notify !== null ? Object.keys(notify).map((action) => `notify.${action}`) : [];
}
