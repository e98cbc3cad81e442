import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import type { AlbumId, AssetId, UserId } from '../domain/index.ts';

const june = { calendar: 'calendar.family', month: '2026-06' };
const july = { calendar: 'calendar.family', month: '2026-07' };
const all = ['calendar.family', 'calendar.school'];
const hourMs = 3_600_000;
const today = { nowMs: 0, longestWaitMs: 24 * hourMs };

describe('the months of a calendar', () => {
  it('are due when they are wanted first, and again when the answer is old', () => {
    using test = new TestJournal();
    const { calendarMonths } = test.journal;
    const want = (nowMs: number): boolean => calendarMonths.want(june, { nowMs, staleMs: nowMs - hourMs });
    assert.deepEqual([want(0), want(1)], [true, false]);
    assert.deepEqual(calendarMonths.next(all, today), { ...june, dueAtMs: 0 });
    calendarMonths.noteAsked(june, { nowMs: 10, dueAtMs: 10 * hourMs });
    assert.equal(want(20), false);
    assert.deepEqual(calendarMonths.next(all, today)?.dueAtMs, 10 * hourMs);
    assert.deepEqual([want(2 * hourMs), want(2 * hourMs)], [true, false]);
    assert.deepEqual(calendarMonths.next(all, today)?.dueAtMs, 2 * hourMs);
  });

  it('are due as well when they were asked by a clock that was ahead', () => {
    using test = new TestJournal();
    const { calendarMonths } = test.journal;
    const question = { nowMs: 1_000, longestWaitMs: 24 * hourMs };
    for (const month of [june, july]) calendarMonths.want(month, { nowMs: 0, staleMs: 0 });
    calendarMonths.noteAsked(june, { nowMs: 900 * hourMs, dueAtMs: 901 * hourMs });
    calendarMonths.noteAsked(july, { nowMs: 900, dueAtMs: hourMs });
    assert.deepEqual(calendarMonths.next(all, question), { ...june, dueAtMs: 1_000 });
    calendarMonths.noteAsked(june, { nowMs: 20 * hourMs, dueAtMs: 21 * hourMs });
    assert.deepEqual(calendarMonths.next(all, question)?.month, july.month);
    assert.equal(calendarMonths.want(june, { nowMs: 2_000, staleMs: 1_000 }), true);
  });

  it('are asked the newest first, and only those of calendars that are named', () => {
    using test = new TestJournal();
    const { calendarMonths } = test.journal;
    for (const month of [june, july]) calendarMonths.want(month, { nowMs: 5, staleMs: 0 });
    assert.equal(calendarMonths.next(all, today)?.month, '2026-07');
    assert.equal(calendarMonths.next(['calendar.school'], { nowMs: 0, longestWaitMs: hourMs }), undefined);
  });

  it('of a calendar that did not answer wait, whatever comes', () => {
    using test = new TestJournal();
    const { calendarMonths } = test.journal;
    for (const month of [june, july]) calendarMonths.want(month, { nowMs: 5, staleMs: 0 });
    calendarMonths.postpone('calendar.family', 900);
    assert.equal(calendarMonths.want(june, { nowMs: 6, staleMs: 0 }), false);
    assert.equal(calendarMonths.next(all, today)?.dueAtMs, 900);
  });

  it('are owed to their pictures until they are answered for, or nobody names the calendar', () => {
    using test = new TestJournal();
    const { calendarMonths } = test.journal;
    const [early, late, other] = [test.insert(), test.insert(), test.insert()];
    calendarMonths.want(june, { nowMs: 5, staleMs: 0 });
    calendarMonths.want(july, { nowMs: 5, staleMs: 0 });
    calendarMonths.notePicture('calendar.family', early, Date.UTC(2026, 5, 1));
    calendarMonths.notePicture('calendar.family', late, Date.UTC(2026, 5, 30, 23, 59, 59));
    // It was edited: the date counts that it has now.
    for (const day of [3, 40]) calendarMonths.notePicture('calendar.family', other, Date.UTC(2026, 5, day));
    const owed = (): readonly boolean[] => [early, late, other].map((file) => calendarMonths.isOwed(file));
    assert.deepEqual(owed(), [true, true, true]);
    calendarMonths.noteAsked(june, { nowMs: 6, dueAtMs: 7 });
    assert.deepEqual(owed(), [false, false, true]);
    calendarMonths.forgetOthers(['calendar.school']);
    assert.deepEqual(owed(), [false, false, false]);
  });

  it('have their pictures, a page at a time', () => {
    using test = new TestJournal();
    const { calendarMonths } = test.journal;
    const ids = Array.from({ length: 501 }, () => test.insert());
    test.journal.transaction(() => {
      for (const [index, id] of ids.entries()) calendarMonths.notePicture('calendar.family', id, index);
    });
    const from = (afterId: number) => calendarMonths.taken('calendar.family', { fromMs: 0, untilMs: 1_000, afterId });
    assert.deepEqual([from(0).length, from(from(0).at(-1) ?? 0)], [500, ids.slice(500)]);
    assert.deepEqual(calendarMonths.taken('calendar.family', { fromMs: 7, untilMs: 8, afterId: 0 }), ids.slice(7, 9));
    assert.deepEqual(calendarMonths.taken('calendar.school', { fromMs: 7, untilMs: 8, afterId: 0 }), []);
  });
});

describe('an album that follows an entry', () => {
  it('is to be renamed once for each change, as long as its name is ours', () => {
    using test = new TestJournal();
    const { albums, calendarEntries, sources } = test.journal;
    const account = sources.ensureAccount('anna', 'anna' as UserId, 1).id;
    const span = { kind: 'days', from: '2026-06-14', to: '2026-06-14' } as const;
    const entry = { key: 'calendar.family\nb\n', title: 'Birthday', span };
    const id = calendarEntries.add({ calendar: 'calendar.family', uid: 'b', occurrence: '' }, entry);
    const revision = (): number => calendarEntries.byKey(entry.key)?.revision ?? Number.NaN;
    const album = { key: entry.key, albumId: 'a' as AlbumId, nowMs: 1, title: 'Birthday, 14 June 2026', entryRevision: revision() };
    albums.remember(account, album);
    albums.remember(account, { key: 'Birthday, 14 June 2026', albumId: 'b' as AlbumId, nowMs: 1 });
    const due = (): readonly string[] => albums.toRename(account).map(({ name }) => name);
    assert.deepEqual(due(), []);
    calendarEntries.change(id, { title: 'Ben is 40', span });
    assert.deepEqual(due(), ['Birthday, 14 June 2026']);
    const found = albums.find(account, entry.key);
    assert.ok(found);
    albums.addMember(found.id, 'asset' as AssetId, 1);
    albums.noteTitle(found.id, 'Ben is 40, 14 June 2026', revision());
    assert.deepEqual(due(), []);
    assert.deepEqual(albums.namesOf(account, 'asset' as AssetId), ['Ben is 40, 14 June 2026']);
    albums.leaveName(found.id);
    calendarEntries.change(id, { title: 'Ben is 41', span });
    assert.deepEqual(due(), []);
  });
});
