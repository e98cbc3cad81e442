import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HomeByHand } from '../../test/kit/home-by-hand.ts';
import { readCalendar } from './calendar.ts';
import { HomeAssistantError } from './home-assistant.ts';

const never = new AbortController().signal;
const june = { calendar: 'calendar.family', fromMs: Date.parse('2026-06-01T00:00:00Z'), untilMs: Date.parse('2026-07-01T00:00:00Z') };
const subscription = 'calendar/event/subscribe';

function homeThatSays(events: unknown): HomeByHand {
  const home = new HomeByHand();
  home.answers.set(subscription, () => ({ events }));
  return home;
}

describe('a calendar of Home Assistant', () => {
  it('is read with the names of its entries', async () => {
    const questions: unknown[] = [];
    const home = new HomeByHand();
    home.answers.set(subscription, (message) => {
      questions.push(message);
      return {
        events: [
          { start: '2026-06-14', end: '2026-06-21', summary: 'Holiday', uid: 'h', all_day: true },
          { start: '2026-06-10T18:00:00+02:00', end: '2026-06-10T19:00:00+02:00', summary: 'Weekly', uid: 'w', recurrence_id: '20260610' },
        ],
      };
    });
    assert.deepEqual(await readCalendar(home, june, never), {
      entries: [
        {
          uid: 'w',
          occurrence: '20260610',
          isOfSeries: true,
          title: 'Weekly',
          span: { kind: 'times', fromMs: Date.parse('2026-06-10T16:00:00Z'), untilMs: Date.parse('2026-06-10T17:00:00Z') },
        },
        { uid: 'h', isOfSeries: false, title: 'Holiday', span: { kind: 'days', from: '2026-06-14', to: '2026-06-20' } },
      ],
      isCut: false,
    });
    assert.deepEqual(questions, [
      { type: subscription, entity_id: 'calendar.family', start: '2026-06-01T00:00:00.000Z', end: '2026-07-01T00:00:00.000Z' },
    ]);
  });

  it('is read without names where it tells none', async () => {
    const home = new HomeByHand();
    home.onAction = () => ({ 'calendar.family': { events: [{ start: '2026-06-14', end: '2026-06-15', summary: ' Birthday\n' }] } });
    const { entries } = await readCalendar(home, june, never);
    assert.deepEqual(entries, [{ isOfSeries: false, title: 'Birthday', span: { kind: 'days', from: '2026-06-14', to: '2026-06-14' } }]);
    assert.deepEqual(home.actions, [
      {
        domain: 'calendar',
        action: 'get_events',
        entities: ['calendar.family'],
        data: { start_date_time: '2026-06-01T00:00:00.000Z', end_date_time: '2026-07-01T00:00:00.000Z' },
        isAnswerWanted: true,
      },
    ]);
  });

  it('tells 500 entries at most, the first ones', async () => {
    const at = (second: number): string => new Date(june.fromMs + second * 1000).toISOString();
    const many = Array.from({ length: 600 }, (_, index) => ({ start: at(600 - index), end: at(700), uid: `${index}`, summary: 'x' }));
    const { entries, isCut } = await readCalendar(homeThatSays(many), june, never);
    assert.deepEqual([entries.length, entries[0]?.uid, isCut], [500, '599', true]);
  });

  it('is heard though some of it cannot be read', async () => {
    const entries = [
      null,
      { start: 'soon', end: 'later', summary: 'x' },
      { start: '2026-06-15', end: '2026-06-14', summary: 'ends before it begins' },
      { start: '2026-06-14', end: '2026-06-15', uid: 'u'.repeat(501), summary: 'a name without end' },
      { start: '2026-06-14', end: '2026-06-15', uid: null, summary: null },
    ];
    assert.deepEqual((await readCalendar(homeThatSays(entries), june, never)).entries, [
      { isOfSeries: false, title: '', span: { kind: 'days', from: '2026-06-14', to: '2026-06-14' } },
    ]);
  });

  it('that says nothing is no empty one', async () => {
    for (const events of [null, 'x', undefined]) {
      await assert.rejects(readCalendar(homeThatSays(events), june, never), (error) => {
        assert.ok(error instanceof HomeAssistantError);
        return error.code === 'refused' && error.message.includes('calendar.family');
      });
    }
  });

  it('that cannot be reached is not asked twice', async () => {
    const home = homeThatSays([]);
    home.goAway();
    await assert.rejects(readCalendar(home, june, never), (error) => error instanceof HomeAssistantError && error.code === 'away');
    assert.deepEqual(home.actions, []);
  });
});
