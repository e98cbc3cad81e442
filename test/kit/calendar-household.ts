/** A household whose sources ask one calendar of a Home Assistant in memory. */
import assert from 'node:assert/strict';
import { type AlbumTemplate, type CalendarWish, parseTemplate, titlePattern } from '../../src/domain/index.ts';
import type { Version } from '../../src/practice/index.ts';
import { CalendarByHand } from './calendar-by-hand.ts';
import { HomeByHand } from './home-by-hand.ts';
import { TestHousehold } from './household.ts';

export interface CalendarHouseholdWish {
  readonly calendars?: readonly CalendarWish[];
  readonly version?: Version;
  readonly albums?: readonly AlbumTemplate[];
  readonly sources?: number;
}

export const byYear: readonly AlbumTemplate[] = [{ template: parseTemplate('{year}'), isAdoptable: false }];
export const birthday = { summary: 'Birthday', start: '2024-06-14', end: '2024-06-15' };
/** By then every month of years ago is asked about again. */
export const weekMs = 8 * 24 * 3_600_000;

const family = [{ calendar: 'calendar.family', only: titlePattern('/birthday|holiday|trip|party/i') }];

export async function openCalendarHousehold(wish: CalendarHouseholdWish = {}) {
  const { calendars = family, version = '3.1.0', albums = [], sources = 1 } = wish;
  const assistant = new HomeByHand();
  const calendar = new CalendarByHand(assistant);
  calendar.write('b', birthday);
  const wishes = Array.from({ length: sources }, (_, index) => ({ name: index === 0 ? 'Phone' : `Phone ${index + 1}`, albums, calendars }));
  const home = await TestHousehold.open({ version, sources: wishes, home: assistant });
  return { home, assistant, calendar, [Symbol.asyncDispose]: () => home[Symbol.asyncDispose]() };
}

/** Names of the albums, each with its pictures. No two have the same name. */
export async function albumsOf(home: TestHousehold): Promise<Readonly<Record<string, readonly string[]>>> {
  const albums = await home.albums();
  const filled = await Promise.all(albums.map(async ({ id, albumName }) => [albumName, await home.members(id)] as const));
  assert.equal(new Set(filled.map(([name]) => name)).size, filled.length);
  return Object.fromEntries(filled);
}
