/** An outbox with news in it, a Home Assistant by hand, and deliveries between them: for tests of what phones and speakers are told. */
import type { Teller } from '../../src/config/index.ts';
import type { NewsKind } from '../../src/domain/index.ts';
import { type Clock, type CrashPoints, type Log, seededIds, seededRandom, silentLog, systemClock } from '../../src/kernel/index.ts';
import { putNews } from '../../src/pipeline/index.ts';
import { Deliveries, type NamedTeller, nameTellers, type ReceiverPorts } from '../../src/tell/index.ts';
import { HomeByHand } from './home-by-hand.ts';
import { TestJournal } from './test-journal.ts';

export const announcing = { supported_features: 1_048_576 };

/** What Home Assistant was asked to do. */
export type Sent = Readonly<Record<string, unknown>> & { readonly data?: Readonly<Record<string, unknown>> };

/** Lets them be at work until all that is due was brought. */
export async function bringDue(deliveries: Deliveries, timeoutMs = 5_000): Promise<void> {
  const stop = new AbortController();
  const running = deliveries.run(stop.signal);
  try {
    await Promise.race([running, deliveries.whenTold(timeoutMs, stop.signal)]);
  } finally {
    stop.abort();
  }
  await running;
}

export class Telling implements Disposable {
  readonly kept = new TestJournal();
  readonly home = new HomeByHand();
  readonly lines: string[] = [];
  readonly tellers: readonly NamedTeller[];
  nowMs: number;
  crashPoints: CrashPoints = { reach: () => undefined };
  receivers: ReceiverPorts | undefined;
  readonly #random = seededRandom(1);
  readonly #ids = seededIds(this.#random);

  constructor(tell: readonly Teller[], nowMs: number) {
    this.nowMs = nowMs;
    this.tellers = nameTellers(tell, [
      { name: 'Phone', account: 'anna' },
      { name: 'Scanner', account: 'family' },
    ]);
    this.home.say('zone.home', '1');
    this.home.say('media_player.kitchen', 'idle', announcing);
    this.home.answers.set('tts/engine/list', () => ({ providers: [{ engine_id: 'tts.piper', supported_languages: ['en-GB'] }] }));
  }

  get journal() {
    return this.kept.journal;
  }

  /** A moment after the one before, since news of the same moment have no order. */
  put(kind: NewsKind, facts: Readonly<Record<string, unknown>> = {}, text = `news of ${kind}`): void {
    this.nowMs += 1;
    this.journal.transaction(() =>
      putNews(this.journal, { ids: this.#ids, tellers: this.tellers, onNews: () => undefined }, { kind, text, facts, nowMs: this.nowMs }),
    );
  }

  putBatch(source: string, photos: number, more: Readonly<Record<string, unknown>> = {}): void {
    const none = { photos: 0, videos: 0 };
    const facts = { source, batch: photos, safe: { photos, videos: 0 }, stored: none, waiting: 0, blocked: 0, ...more };
    this.put('batch safe', facts, `${photos} photos from ${source} are safe.`);
  }

  /** A new life each time, as after a crash. */
  deliveries(pictureId?: string): Deliveries {
    const say = (text: string): void => void this.lines.push(text);
    const log: Log = { ...silentLog, info: say, warn: say };
    // The calendar is the test's.
    const clock: Clock = { ...systemClock, now: () => this.nowMs };
    return new Deliveries({
      journal: this.journal,
      tellers: this.tellers,
      post: () => Promise.reject(new Error('no webhook is configured')),
      clock,
      random: this.#random,
      ids: this.#ids,
      log,
      crashPoints: this.crashPoints,
      receivers: this.receivers,
      atHome: { home: this.home, timeZone: 'Europe/Berlin', language: 'en', homeroll: 'homeroll', pictureId },
    });
  }

  async bring(pictureId?: string): Promise<void> {
    await bringDue(this.deliveries(pictureId));
  }

  /** Data of all actions of that name, in their order. */
  sent(action: string): readonly Sent[] {
    return this.home.actions.filter((call) => call.action === action).map(({ data = {} }) => data as Sent);
  }

  messages(action: string): readonly unknown[] {
    return this.sent(action).map(({ message }) => message);
  }

  isAnythingWaiting(): boolean {
    return this.journal.outbox.nextDueAtMs() !== undefined;
  }

  [Symbol.dispose](): void {
    this.kept[Symbol.dispose]();
  }
}
