import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TestJournal } from '../../../test/kit/test-journal.ts';
import type { HeardEntry } from '../../hass/index.ts';
import type { EntryRecord } from '../../journal/index.ts';
import { noteAnswer } from './note-answer.ts';
import { windowAround } from './window.ts';

const calendar = 'calendar.family';

function entry(uid: string | undefined, title: string, from: string, more: Partial<HeardEntry> & { to?: string } = {}): HeardEntry {
  const { to = from, ...others } = more;
  return { ...(uid !== undefined && { uid }), isOfSeries: false, title, span: { kind: 'days', from, to }, ...others };
}

/** A journal that hears of a calendar. */
class Hearing implements Disposable {
  readonly test = new TestJournal();

  hear(month: string, entries: readonly HeardEntry[], isCut = false): this {
    const { journal } = this.test;
    journal.transaction(() => noteAnswer({ entries, isCut }, { journal, calendar, window: windowAround(month), nowMs: 1 }));
    return this;
  }

  /** What names albums, by begin: key, title, days. */
  get known(): readonly string[] {
    const { beginningIn } = this.test.journal.calendarEntries;
    const records = beginningIn(calendar, { fromMs: Date.UTC(2000, 0), untilMs: Date.UTC(2100, 0) });
    return records.map(inWords).toSorted();
  }

  /** The days at which something was new since the last look. */
  get news(): readonly string[] {
    const { calendarEntries } = this.test.journal;
    const told: string[] = [];
    for (let next = calendarEntries.nextNews(); next; next = calendarEntries.nextNews()) {
      told.push(new Date((next.fromMs + next.untilMs) / 2).toISOString().slice(0, 10));
      calendarEntries.forgetNews(next.id);
    }
    return told;
  }

  [Symbol.dispose](): void {
    this.test[Symbol.dispose]();
  }
}

function inWords({ key, title, span }: EntryRecord): string {
  const [, ...name] = key.split('\n');
  return `${name.join('/')}: ${title} ${span.kind === 'days' ? (span.from === span.to ? span.from : `${span.from} to ${span.to}`) : 'for hours'}`;
}

describe('what a calendar says', () => {
  it('is news once', () => {
    using hearing = new Hearing();
    hearing.hear('2026-06', [entry('b', 'Birthday', '2026-06-14')]);
    assert.deepEqual(hearing.news, ['2026-06-14']);
    hearing.hear('2026-06', [entry('b', 'Birthday', '2026-06-14')]).hear('2026-07', [entry('b', 'Birthday', '2026-06-14')]);
    assert.deepEqual(hearing.news, []);
    assert.deepEqual(hearing.known, ['b/: Birthday 2026-06-14']);
  });

  for (const { name, now, known, news } of [
    {
      name: 'renamed',
      now: [entry('b', 'Ben is 40', '2026-06-14')],
      known: ['b/: Ben is 40 2026-06-14'],
      news: ['2026-06-14'],
    },
    {
      name: 'moved',
      now: [entry('b', 'Birthday', '2026-06-20')],
      known: ['b/: Birthday 2026-06-20'],
      news: ['2026-06-14', '2026-06-20'],
    },
    {
      name: 'moved into the next month',
      now: [entry('b', 'Birthday', '2026-07-04')],
      known: ['b/: Birthday 2026-07-04'],
      news: ['2026-06-14', '2026-07-04'],
    },
    {
      name: 'made longer',
      now: [entry('b', 'Birthday', '2026-06-14', { to: '2026-06-15' })],
      known: ['b/: Birthday 2026-06-14 to 2026-06-15'],
      news: ['2026-06-14', '2026-06-15'],
    },
    { name: 'removed', now: [], known: [], news: ['2026-06-14'] },
    {
      name: 'joined by another',
      now: [entry('b', 'Birthday', '2026-06-14'), entry('c', 'Birthday', '2026-06-14')],
      known: ['b/: Birthday 2026-06-14', 'c/: Birthday 2026-06-14'],
      news: ['2026-06-14'],
    },
  ]) {
    it(`is the same entry, ${name}`, () => {
      using hearing = new Hearing();
      hearing.hear('2026-06', [entry('b', 'Birthday', '2026-06-14')]);
      assert.equal(hearing.news.length, 1);
      hearing.hear('2026-06', now);
      assert.deepEqual(hearing.known, known);
      assert.deepEqual(hearing.news, news);
    });
  }

  it('is the same entry when it is back', () => {
    using hearing = new Hearing();
    const birthday = entry('b', 'Birthday', '2026-06-14');
    hearing.hear('2026-06', [birthday]).hear('2026-06', []).hear('2026-06', [birthday]);
    assert.deepEqual(hearing.known, ['b/: Birthday 2026-06-14']);
    assert.deepEqual(hearing.news, ['2026-06-14']);
  });

  it('is another entry where it was moved by months: the pictures of then are its no more', () => {
    for (const months of [
      ['2026-06', '2026-09'],
      ['2026-09', '2026-06'],
    ]) {
      using hearing = new Hearing();
      hearing.hear('2026-06', [entry('t', 'Trip', '2026-06-14')]);
      for (const month of months) hearing.hear(month, month === '2026-09' ? [entry('t', 'Trip', '2026-09-14')] : []);
      assert.deepEqual(hearing.known, ['t/ 2026-09-14: Trip 2026-09-14']);
      hearing.hear('2026-09', [entry('t', 'Long trip', '2026-09-14')]);
      assert.deepEqual(hearing.known, ['t/ 2026-09-14: Long trip 2026-09-14']);
    }
  });

  it('says nothing of days that were not asked about', () => {
    using hearing = new Hearing();
    hearing.hear('2026-06', [entry('b', 'Birthday', '2026-06-14')]).hear('2026-09', []);
    // At the edge the calendar's days and ours may be other ones.
    hearing.hear('2026-07', [entry('e', 'Edge', '2026-06-16')]).hear('2026-07', []);
    assert.deepEqual(hearing.known, ['b/: Birthday 2026-06-14', 'e/: Edge 2026-06-16']);
  });

  it('says of no entry that it is gone where there were too many', () => {
    using hearing = new Hearing();
    hearing.hear('2026-06', [entry('b', 'Birthday', '2026-06-14')]).hear('2026-06', [], true);
    assert.deepEqual(hearing.known, ['b/: Birthday 2026-06-14']);
  });

  it('of a series is an entry for each time', () => {
    using hearing = new Hearing();
    const weekly = (occurrence: string, day: string): HeardEntry => entry('w', 'Weekly', day, { occurrence, isOfSeries: true });
    hearing.hear('2026-06', [weekly('0610', '2026-06-10'), weekly('0617', '2026-06-17')]);
    hearing.hear('2026-06', [weekly('0610', '2026-06-11'), weekly('0617', '2026-06-17')]);
    assert.deepEqual(hearing.known, ['w/0610: Weekly 2026-06-11', 'w/0617: Weekly 2026-06-17']);
  });

  for (const isOfSeries of [true, false]) {
    it(`of a series whose times have no names (${isOfSeries ? '' : 'not even '}told to be one) is an entry for each time`, () => {
      using hearing = new Hearing();
      const on = (...days: string[]): readonly HeardEntry[] => days.map((day) => entry('w', 'Weekly', day, { isOfSeries }));
      const all = ['2026-06-10', '2026-06-17', '2026-07-20'];
      // As they come, by the month that is asked for first.
      hearing.hear('2026-07', on('2026-06-17', '2026-07-20')).hear('2026-06', on('2026-06-10', '2026-06-17'));
      hearing.hear('2026-07', on('2026-06-17', '2026-07-20')).hear('2026-06', on('2026-06-10', '2026-06-17'));
      assert.deepEqual(hearing.known.map((known) => known.slice(-10)).toSorted(), all);
      assert.equal(hearing.news.length, 3);
    });
  }

  it('without names is known by title and begin, and by its name as soon as the calendar tells it', () => {
    using hearing = new Hearing();
    hearing.hear('2026-06', [entry(undefined, 'Birthday', '2026-06-14')]).hear('2026-06', [entry(undefined, 'Birthday', '2026-06-14')]);
    hearing.hear('2026-06', [entry('b', 'Birthday', '2026-06-14')]);
    assert.equal(hearing.news.length, 1);
    const key = '/2026-06-14 Birthday';
    assert.deepEqual(hearing.known, [`${key}: Birthday 2026-06-14`]);
    hearing.hear('2026-06', [entry('b', 'Birthday', '2026-06-15')]);
    assert.deepEqual(hearing.known, [`${key}: Birthday 2026-06-15`]);
    // And it tells none again: what it was called at first comes back to it.
    hearing.hear('2026-06', [entry(undefined, 'Birthday', '2026-06-15')]).hear('2026-06', [entry(undefined, 'Birthday', '2026-06-14')]);
    assert.equal(hearing.known.length, 1);
  });

  it('comes to the same, in whatever order months are asked', () => {
    const day = fc.integer({ min: 0, max: 120 }).map((offset) => new Date(Date.UTC(2026, 4, 1 + offset)).toISOString().slice(0, 10));
    const entries = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', undefined), day), { maxLength: 8, selector: (one) => one.join(' ') });
    const months = fc.array(fc.constantFrom('2026-05', '2026-06', '2026-07', '2026-08'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(entries, months, (written, asked) => {
        using hearing = new Hearing();
        const all = written.map(([uid, from]) => entry(uid, 'X', from)).toSorted((one, other) => (dayOf(one) < dayOf(other) ? -1 : 1));
        const heard = new Set<string>();
        for (const month of asked) {
          const { fromMs, untilMs } = windowAround(month);
          const inIt = all.filter((one) => Date.parse(dayOf(one)) >= fromMs && Date.parse(dayOf(one)) < untilMs);
          hearing.hear(month, inIt);
          for (const one of inIt) heard.add(`${one.uid ?? ''} ${dayOf(one)}`);
        }
        // Every entry that was told is known, each once, at its own day.
        assert.deepEqual(hearing.known.map((known) => known.slice(-10)).toSorted(), [...heard].map((one) => one.slice(-10)).toSorted());
        hearing.news;
        for (const month of asked) {
          const { fromMs, untilMs } = windowAround(month);
          hearing.hear(
            month,
            all.filter((one) => Date.parse(dayOf(one)) >= fromMs && Date.parse(dayOf(one)) < untilMs),
          );
        }
        assert.deepEqual(hearing.news, []);
      }),
      { numRuns: 40 },
    );
  });
});

function dayOf({ span }: HeardEntry): string {
  return span.kind === 'days' ? span.from : '';
}
