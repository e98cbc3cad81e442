/** What Home Assistant tells in a week: people come and go, it is away or knows nothing, and the family writes into its calendar. */
import type { Span } from '../../../src/domain/index.ts';
import type { Random } from '../../../src/kernel/index.ts';
import { aWhile, pick, pickByName } from '../chance.ts';
import { beginMs, dayMs, family } from '../config.ts';
import { type Entry, keyOfEntry, type SimulatedHome } from '../home.ts';
import type { World } from '../world.ts';
import type { Act } from './happening.ts';

const hourMs = 3_600_000;

/** Nothing happens in a household that has none. */
const inHome =
  (act: (home: SimulatedHome, around: { readonly world: World; readonly random: Random; readonly number: number }) => void): Act =>
  (world, random, number) => {
    if (world.home) act(world.home, { world, random, number });
  };

const tells = (count: number, what: string): Act =>
  inHome((home, { world }) => {
    world.note(what);
    world.troubledAtMs = world.clock.elapsed();
    home.people(count);
  });

export const everybodyLeaves = tells(0, 'everybody leaves the house');
export const somebodyComes = tells(1, 'somebody comes home');
export const friendsCome = tells(3, 'three are at home');

/** Home Assistant starts, or a phone is off: for a while nobody knows. */
export const nobodyKnows = inHome((home, { world, random }) => {
  const what = pick(random, ['unknown', 'unavailable']);
  world.trouble(`who is at home is ${what}`, aWhile(random, hourMs), {
    begin: () => home.knowNobody(what),
    end: () => home.knowNobody(undefined),
  });
});

export const homeAssistantIsAway = inHome((home, { world, random }) => {
  if (!home.assistant.isUp) return;
  world.trouble('Home Assistant is away', aWhile(random, 6 * hourMs), { begin: () => home.goAway(), end: () => home.comeUp() });
});

export const calendarIsUnavailable = inHome((home, { world, random }) =>
  world.trouble('the calendar is unavailable', aWhile(random, 12 * hourMs), {
    begin: () => home.assistant.say(family, 'unavailable'),
    end: () => home.assistant.say(family, 'off'),
  }),
);

export const entryIsWritten = inHome((home, { world, random, number }) => {
  write(world, home, { uid: `entry ${number}`, title: aTitle(random), span: aSpan(random) });
});

export const entryIsRenamed = inHome((home, { world, random }) => {
  const entry = anEntry(home, random);
  if (entry) write(world, home, { ...entry, title: aTitle(random) });
});

export const entryIsMoved = inHome((home, { world, random }) => {
  const entry = anEntry(home, random);
  if (entry) write(world, home, { ...entry, span: aSpan(random) });
});

/** Some regret it. */
export const entryIsRemoved = inHome((home, { world, random }) => {
  const entry = anEntry(home, random);
  const [isRegretted, afterMs] = [random.next() < 0.5, aWhile(random, 24 * hourMs)];
  if (!entry) return;
  world.note(`"${entry.title}" is removed from the calendar`);
  home.remove(entry);
  if (isRegretted) world.later(afterMs, () => write(world, home, entry));
});

function write(world: World, home: SimulatedHome, entry: Entry): void {
  world.note(`"${entry.title}" stands in the calendar: ${inWords(entry.span)}`);
  home.write(entry);
  world.records.noteEntry(keyOfEntry(entry), entry.span);
}

const anEntry = (home: SimulatedHome, random: Random): Entry | undefined => pickByName(random, home.entries, ({ uid }) => uid);

/** Some are called as albums of others are. */
function aTitle(random: Random): string {
  return pick(random, ['Birthday', 'Trip to the sea', 'Party', 'Winter holiday', '2025/January', 'Zoë’s "show" 🎂']);
}

/** Around this week: a day, some days, or some hours. */
function aSpan(random: Random): Span {
  const fromMs = beginMs + (random.next() * 8 - 1) * dayMs;
  if (random.next() < 0.5) return { kind: 'times', fromMs: minute(fromMs), untilMs: minute(fromMs + hourMs + random.next() * 30 * hourMs) };
  const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
  return { kind: 'days', from: day(fromMs), to: day(fromMs + Math.floor(random.next() ** 2 * 4) * dayMs) };
}

const minute = (ms: number): number => Math.round(ms / 60_000) * 60_000;

function inWords(span: Span): string {
  return span.kind === 'days'
    ? `${span.from} to ${span.to}`
    : [span.fromMs, span.untilMs].map((ms) => new Date(ms).toISOString()).join(' to ');
}
