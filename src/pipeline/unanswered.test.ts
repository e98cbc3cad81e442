/** Immich takes something and never answers: that one is waited for, asked about, and sent again; nobody else waits with it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filed } from '../../test/faults/immich/home.ts';
import { type HouseholdWish, TestHousehold } from '../../test/kit/household.ts';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { answersAwaited } from './answers-awaited.ts';

const minuteMs = 60_000;
const names = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg', 'f.jpg', 'g.jpg', 'h.jpg'];

/** On one clock, the wire's too: a leap is a silence of that length. */
async function withPictures(wish: HouseholdWish, files: readonly string[] = names): Promise<TestHousehold> {
  const clock = new LeapClock();
  const home = await TestHousehold.open({ ...wish, clock, wireClock: clock });
  for (const name of files) await home.write(name);
  return home;
}

async function atWork(home: TestHousehold): ReturnType<TestHousehold['run']> {
  const running = await home.run();
  home.journal.orders.give('sweep', undefined, home.clock.now());
  return running;
}

const uploads = (home: TestHousehold): number => home.asked.filter((question) => question === 'POST /api/assets').length;
const inState = (home: TestHousehold, state: string): number => Object.values(home.states()).filter((one) => one === state).length;
const awaited = (home: TestHousehold): number => answersAwaited(home.journal, home.clock.now()).length;
const hangs = (endpoint: string, nth: number, isDone = false) => ({ endpoint, nth, fault: { kind: 'hang', isDone } as const });

describe('an upload that is never answered', () => {
  for (const { isDone, inAll, what } of [
    { isDone: false, inAll: names.length + 1, what: 'is sent again when Immich says that it does not have it' },
    { isDone: true, inAll: names.length, what: 'is not sent again when Immich has it' },
  ]) {
    it(`keeps none of its portion waiting, and ${what}`, async () => {
      await using home = await withPictures({ faults: [hangs('POST /assets', 1, isDone)] });
      const { stop } = await atWork(home);
      await home.until(() => inState(home, 'safe') === names.length - 1 && awaited(home) === 1);
      home.clock.leap(minuteMs);
      await home.until(() => inState(home, 'safe') === names.length);
      assert.deepEqual([uploads(home), awaited(home), home.warnings], [inAll, 0, []]);
      assert.equal((await home.assets()).length, names.length);
      await stop();
    });
  }

  it('took its sidecar along, if Immich has it', async () => {
    await using home = await withPictures({ faults: [hangs('POST /assets', 1, true)] }, ['a.jpg']);
    await home.write('a.jpg.xmp', '<x:xmpmeta/>');
    const { stop } = await atWork(home);
    await home.until(() => awaited(home) === 1);
    home.clock.leap(minuteMs);
    await home.until(() => home.state('a.jpg') === 'safe');
    assert.deepEqual([home.state('a.jpg.xmp'), uploads(home)], ['sent', 1]);
    await stop();
  });

  it('is waited for beside others, so that many cost one wait', async () => {
    const many = Array.from({ length: 24 }, (_, number) => `${number}.jpg`);
    await using home = await withPictures({ faults: [1, 3, 4, 9, 13, 20].map((nth) => hangs('POST /assets', nth)) }, many);
    const { stop } = await atWork(home);
    await home.until(() => inState(home, 'safe') === many.length - 6 && awaited(home) === 6);
    home.clock.leap(minuteMs);
    await home.until(() => inState(home, 'safe') === many.length);
    assert.deepEqual(home.warnings, []);
    await stop();
  });

  it('is waited for twice as long the second time', async () => {
    await using home = await withPictures({ faults: [hangs('POST /assets', 1), hangs('POST /assets', 2)] }, ['a.jpg']);
    const { stop } = await atWork(home);
    for (const waitedMs of [minuteMs, 2 * minuteMs]) {
      await home.until(() => awaited(home) === 1);
      const [one] = answersAwaited(home.journal, home.clock.now());
      assert.equal(one && one.untilMs - one.sinceMs >= waitedMs && one.untilMs - one.sinceMs < waitedMs + 1_000, true);
      const before = home.asked.length;
      home.clock.leap(waitedMs);
      await home.until(() => home.asked.slice(before).includes('POST /api/assets'));
    }
    await home.until(() => home.state('a.jpg') === 'safe');
    await stop();
  });

  it('is nothing that is waited for any more after its Homeroll was killed and another came', async () => {
    await using home = await withPictures({ faults: [hangs('POST /assets', 1)] }, ['a.jpg']);
    const { stop } = await atWork(home);
    await home.until(() => awaited(home) === 1);
    const noted = home.journal.facts.get('answers awaited') ?? '';
    await stop();
    home.journal.facts.set('answers awaited', noted);
    assert.equal(answersAwaited(home.journal, home.clock.now() + minuteMs).length, 0, 'nobody renews it');
    await home.once();
    assert.equal(home.journal.facts.get('answers awaited'), undefined);
  });

  it('ends a run that has no more patience, and the next one asks before it sends', async () => {
    await using home = await withPictures({ faults: [hangs('POST /assets', 1, true)] });
    await home.once({ patienceMs: 1_000 });
    assert.equal(inState(home, 'safe'), names.length - 1);
    const late = names.find((name) => home.state(name) !== 'safe') ?? '';
    assert.match(home.file(late)?.reason ?? '', /^it was sent, and Immich had not answered/);
    home.clock.leap(minuteMs);
    await home.once();
    assert.deepEqual([home.state(late), uploads(home)], ['safe', names.length]);
  });

  it('keeps nobody from looking again at what is done', async () => {
    await using home = await withPictures({ faults: [hangs('POST /assets', 1)] });
    const { stop } = await atWork(home);
    await home.until(() => inState(home, 'safe') === names.length - 1 && awaited(home) === 1);
    home.asked.length = 0;
    home.journal.orders.give('verify', JSON.stringify({ kind: 'all' }), home.clock.now());
    await home.until(() => home.asked.filter((question) => question.endsWith('/original')).length === names.length - 1);
    assert.equal(awaited(home), 1);
    await stop();
  });

  it('is sent again within the usual patience of a run that ends', async () => {
    await using home = await withPictures({ faults: [hangs('POST /assets', 3)] });
    const running = home.once({ patienceMs: minuteMs });
    await home.until(() => inState(home, 'safe') === names.length - 1 && awaited(home) === 1);
    home.clock.leap(minuteMs);
    await running;
    assert.equal(inState(home, 'safe'), names.length);
  });

  it('is Immich being away when nothing else is answered either', async () => {
    await using home = await withPictures({ faults: [hangs('POST /assets', 1)] });
    const { stop } = await atWork(home);
    await home.until(() => awaited(home) === 1);
    await home.comeBack([{ endpoint: '*', fault: { kind: 'hang' } }]);
    await home.write('later.jpg');
    home.journal.orders.give('sweep', undefined, home.clock.now());
    await home.until(() => home.asked.filter((question) => question.endsWith('/ping')).length > 1);
    for (let time = 0; time < 12 && home.warnings.length === 0; time += 1) {
      home.clock.leap(10_000);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await home.until(() => home.warnings.some((line) => /^Immich is away .*does not answer/.test(line)));
    assert.equal(home.warnings.length, 1);
    await home.comeBack();
    home.clock.leap(minuteMs);
    await home.until(() => inState(home, 'safe') === names.length + 1);
    await stop();
  });
});

describe('a question that is never answered', () => {
  it('about albums holds up no picture on its way to be safe', async () => {
    await using home = await withPictures({ sources: [filed], faults: [hangs('POST /albums', 1)] }, ['a.jpg']);
    const { stop } = await atWork(home);
    await home.until(() => home.asked.includes('POST /api/albums'));
    const more = Array.from({ length: 5 }, (_, number) => `more-${number}.jpg`);
    for (const name of more) await home.write(name);
    home.journal.orders.give('sweep', undefined, home.clock.now());
    await home.until(() => more.every((name) => home.state(name) === 'proven'));
    home.clock.leap(minuteMs);
    await home.until(() => inState(home, 'safe') === 6);
    assert.deepEqual(home.warnings, []);
    assert.equal((await home.albums()).length, 1);
    await stop();
  });

  it('for an original holds up no other proof', async () => {
    await using home = await withPictures({ faults: [hangs('GET /assets/:id/original', 1)] });
    const { stop } = await atWork(home);
    await home.until(() => inState(home, 'safe') === names.length - 1);
    home.clock.leap(minuteMs);
    await home.until(() => inState(home, 'safe') === names.length);
    assert.deepEqual(home.warnings, []);
    await stop();
  });

  it('about whose key it is calls no account away while others are answered', async () => {
    await using home = await withPictures({ faults: [hangs('POST /assets', 1), hangs('GET /users/me', 3)] });
    const { stop } = await atWork(home);
    await home.until(() => inState(home, 'safe') === names.length - 1 && awaited(home) === 1);
    // The silence of the upload makes somebody ask; that is not answered either.
    home.clock.leap(minuteMs);
    await home.until(() => home.timesAsked('GET /api/users/me') === 3);
    home.clock.leap(10_000);
    await home.until(() => inState(home, 'safe') === names.length);
    assert.deepEqual(home.warnings, []);
    await stop();
  });
});
