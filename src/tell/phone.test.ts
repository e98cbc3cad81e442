/** News reach phones by Home Assistant's app: few messages, in time, at least once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bringDue, Telling } from '../../test/kit/telling.ts';
import type { PhoneTeller } from '../config/index.ts';
import { HomeAssistantError } from '../hass/index.ts';
import { instantOf } from '../kernel/index.ts';
import { hungOnPhones } from './index.ts';

const anna: PhoneTeller = { kind: 'phone', action: 'mobile_app_anna', about: ['pictures', 'problems'] };
const ben: PhoneTeller = { kind: 'phone', action: 'mobile_app_ben', about: ['problems'], sources: ['Scanner'] };
const at = (time: string, day = 14): number => instantOf(`2026-06-${day}T${time}:00`, 'Europe/Berlin');
const hour = 3_600_000;
const refusal = (code: 'away' | 'unknown' | 'refused') => () => {
  throw new HomeAssistantError(code, `Home Assistant says ${code}.`);
};

describe('a phone', () => {
  it('gets a message with a title, a tag and a group, once', async () => {
    using telling = new Telling([anna], at('12:00'));
    telling.putBatch('Phone', 2);
    await telling.bring();
    await telling.bring();
    assert.equal(telling.home.actions.length, 1);
    assert.equal(telling.home.actions[0]?.domain, 'notify');
    const [sent] = telling.sent('mobile_app_anna');
    assert.deepEqual([sent?.title, sent?.message], ['Phone', '2 photos from Phone are safe.']);
    assert.match(String(sent?.data?.tag), /^homeroll-pictures-phone-/);
    assert.deepEqual({ ...sent?.data, tag: '' }, { tag: '', group: 'homeroll' });
  });

  it('hears only of what it wants, and the rest is not even kept for it', async () => {
    using telling = new Telling([anna, ben], at('12:00'));
    telling.putBatch('Scanner', 2);
    telling.put('source away', { source: 'Phone' });
    telling.put('key refused', { account: 'family' });
    await telling.bring();
    assert.deepEqual(telling.messages('mobile_app_ben'), ['news of key refused']);
    assert.equal(telling.messages('mobile_app_anna').length, 3);
    assert.equal(telling.journal.outbox.all().length, 4);
  });

  it('has buttons under a problem, which name the news and come back from any phone', async () => {
    using telling = new Telling([anna], at('12:00'));
    telling.putBatch('Phone', 0, { blocked: 1, trashed: 1 });
    await telling.bring();
    const [news] = telling.journal.outbox.all();
    const [sent] = telling.sent('mobile_app_anna');
    assert.deepEqual(sent?.data?.actions, [
      { action: `homeroll:${news?.id}:why`, title: 'Why?' },
      { action: `homeroll:${news?.id}:restore`, title: 'Restore' },
      { action: `homeroll:${news?.id}:let-go`, title: 'Let go' },
    ]);
    assert.deepEqual(sent?.data?.action_data, { phone: 'mobile_app_anna', news: news?.id });
  });

  it('remembers which problems stand on it, until something else takes their place', async () => {
    using telling = new Telling([anna], at('12:00'));
    telling.putBatch('Phone', 2);
    telling.put('source away', { source: 'Scanner' });
    await telling.bring();
    const [, problem] = telling.journal.outbox.all();
    const [, sent] = telling.sent('mobile_app_anna');
    assert.deepEqual(hungOnPhones(telling.journal), [{ action: 'mobile_app_anna', tag: sent?.data?.tag, newsId: problem?.id }]);
    telling.put('source back', { source: 'Scanner' });
    await telling.bring();
    assert.deepEqual(hungOnPhones(telling.journal), []);
  });

  it('shows the last picture, where there is one, and asks for its name now and then only', async () => {
    using telling = new Telling([anna], at('12:00'));
    let asked = 0;
    telling.home.answers.set('config/entity_registry/list', () => {
      asked += 1;
      return [
        { unique_id: 'other', entity_id: 'image.other' },
        { unique_id: 'homeroll_picture', entity_id: 'image.last_one' },
      ];
    });
    telling.putBatch('Phone', 2);
    telling.putBatch('Scanner', 3);
    telling.put('source away', { source: 'Scanner' });
    await telling.bring('homeroll_picture');
    const images = telling.sent('mobile_app_anna').map(({ data }) => data?.image);
    assert.deepEqual(images, ['/api/image_proxy/image.last_one', '/api/image_proxy/image.last_one', undefined]);
    assert.equal(asked, 1);
  });

  for (const { name, answer } of [
    { name: 'knows none', answer: () => [] },
    { name: 'talks nonsense', answer: () => 'nonsense' },
    { name: 'refuses', answer: refusal('refused') },
  ])
    it(`gets its message without a picture when Home Assistant ${name}`, async () => {
      using telling = new Telling([anna], at('12:00'));
      telling.home.answers.set('config/entity_registry/list', answer);
      telling.putBatch('Phone', 2);
      await telling.bring('homeroll_picture');
      assert.equal(telling.sent('mobile_app_anna')[0]?.data?.image, undefined);
      assert.equal(telling.isAnythingWaiting(), false);
    });

  it('waits for Home Assistant without a word, and is told in one message what came meanwhile', async () => {
    using telling = new Telling([anna], at('12:00'));
    telling.home.goAway();
    telling.putBatch('Phone', 2);
    const stop = new AbortController();
    const running = telling.deliveries().run(stop.signal);
    telling.nowMs += 60_000;
    telling.putBatch('Phone', 3);
    telling.home.comeUp();
    while (telling.isAnythingWaiting()) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await running;
    assert.deepEqual([telling.messages('mobile_app_anna'), telling.lines], [['5 photos from Phone are safe.'], []]);
  });

  it('that does not exist is one warning with the cure, and given up after a day', async () => {
    using telling = new Telling([anna], at('12:00'));
    telling.home.onAction = refusal('unknown');
    telling.putBatch('Phone', 2);
    telling.put('source away', { source: 'Scanner' });
    const deliveries = telling.deliveries();
    await bringDue(deliveries);
    telling.nowMs += hour;
    await bringDue(deliveries);
    assert.equal(telling.lines.length, 1);
    assert.match(telling.lines[0] ?? '', /no action notify\.mobile_app_anna\. Is its app on that phone signed in\?/);
    telling.nowMs += 24 * hour;
    await bringDue(deliveries);
    assert.equal(telling.isAnythingWaiting(), false);
  });

  it('is told again what Home Assistant was not there for in the middle, and that it gets through', async () => {
    using telling = new Telling([anna], at('12:00'));
    telling.home.onAction = refusal('away');
    telling.putBatch('Phone', 2);
    const deliveries = telling.deliveries();
    await bringDue(deliveries);
    telling.home.onAction = () => undefined;
    telling.nowMs += hour;
    await bringDue(deliveries);
    assert.equal(telling.messages('mobile_app_anna').length, 2);
    assert.deepEqual(telling.lines.at(-1), 'Messages get through again.');
  });

  it('that was told before a crash gets the same message in its own place', async () => {
    using telling = new Telling([anna], at('12:00'));
    telling.crashPoints = {
      reach: (name) => {
        if (name === 'after a phone was told') throw new Error('killed');
      },
    };
    telling.putBatch('Phone', 2);
    await assert.rejects(telling.bring(), /killed/);
    telling.crashPoints = { reach: () => undefined };
    await telling.bring();
    const [first, second, ...more] = telling.sent('mobile_app_anna');
    assert.deepEqual(first, second);
    assert.equal(more.length, 0);
  });

  it('hears of pictures that are two days old no more, but of problems', async () => {
    using telling = new Telling([anna], at('12:00'));
    telling.putBatch('Phone', 2);
    telling.put('source away', { source: 'Scanner' });
    telling.nowMs += 49 * hour;
    await telling.bring();
    assert.deepEqual(telling.messages('mobile_app_anna'), ['news of source away']);
    assert.deepEqual(telling.lines, ['Not told any more, since it is older than two days: 2 photos from Phone are safe.']);
    assert.equal(telling.isAnythingWaiting(), false);
  });
});

describe('a phone that is told in the evening', () => {
  const gathering: PhoneTeller = { ...anna, digestAt: '20:00' };

  it('gets all pictures of the day in one message then, and problems at once', async () => {
    using telling = new Telling([gathering], at('09:00'));
    telling.putBatch('Phone', 2);
    telling.put('source away', { source: 'Scanner' });
    await telling.bring();
    assert.deepEqual(telling.messages('mobile_app_anna'), ['news of source away']);
    for (const time of ['10:00', '13:30', '19:59']) {
      telling.nowMs = at(time);
      telling.putBatch('Scanner', 10);
      await telling.bring();
    }
    assert.equal(telling.messages('mobile_app_anna').length, 1);
    telling.nowMs = at('20:00');
    await telling.bring();
    assert.deepEqual(telling.messages('mobile_app_anna').slice(1), ['2 photos from Phone and 30 photos from Scanner are safe.']);
  });

  it('is told the next evening of what came after', async () => {
    using telling = new Telling([gathering], at('20:05'));
    telling.putBatch('Phone', 2);
    await telling.bring();
    telling.nowMs = at('19:00', 15);
    await telling.bring();
    assert.equal(telling.home.actions.length, 0);
    telling.nowMs = at('20:00', 15);
    await telling.bring();
    assert.equal(telling.home.actions.length, 1);
  });

  it('does not wait for years when the clock was set back', async () => {
    using telling = new Telling([gathering], at('09:00') + 365 * 24 * hour);
    telling.putBatch('Phone', 2);
    await telling.bring();
    telling.nowMs = at('10:00');
    await telling.bring();
    assert.equal(telling.home.actions.length, 1);
  });
});
