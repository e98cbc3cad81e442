/** What is remembered of the names in Home Assistant that the configuration needs, and of those that are missing there. */
import type { Config } from '../config/index.ts';
import type { KnownNames, NeededAtHome } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';
import { adoptEntity } from './remembered.ts';

type Facts = Pick<Journal, 'facts'>;

const namesFact = 'names in home assistant';
const missingFact = 'missing in home assistant';

/** In the order of the configuration. What every home has, such as `zone.home`, is not asked for, nor a voice of old, which is no entity. */
export function neededAtHome({ sources, tell }: Pick<Config, 'sources' | 'tell'>): readonly NeededAtHome[] {
  return [
    ...sources.flatMap(({ name: source, when, onlyWhile, calendars = [] }): readonly NeededAtHome[] => [
      ...(when.kind === 'circumstance' ? [{ id: when.circumstance.entity, use: 'when' as const, source }] : []),
      ...(onlyWhile ? [{ id: onlyWhile.entity, use: 'only while' as const, source }] : []),
      ...calendars.map(({ calendar }) => ({ id: calendar, use: 'calendar' as const, source })),
    ]),
    ...tell.flatMap((teller): readonly NeededAtHome[] => {
      if (teller.kind === 'phone') return [{ id: `notify.${teller.action}`, use: 'phone' }];
      if (teller.kind !== 'speaker') return [];
      const { entity, voice } = teller;
      return [{ id: entity, use: 'speaker' }, ...(voice?.startsWith('tts.') ? [{ id: voice, use: 'voice' as const }] : [])];
    }),
  ].filter(({ id }) => id !== 'zone.home');
}

export function knownNames(journal: Facts): KnownNames {
  return JSON.parse(journal.facts.get(namesFact) ?? '{}') as KnownNames;
}

export function rememberNames(journal: Facts, names: KnownNames): void {
  keep(journal, namesFact, names, Object.keys(names).length === 0);
}

/** The owner wrote the new name of what was followed until now: it is known by that from now on, with all that is remembered of it. */
export function adoptNames(
  journal: Pick<Journal, 'facts' | 'sources' | 'calendarEntries' | 'transaction'>,
  written: readonly string[],
): void {
  const known = knownNames(journal);
  const adopted = Object.entries(known).flatMap(([from, { now: to, ...identity }]) =>
    to !== undefined && written.includes(to) && !written.includes(from) ? [{ from, to, identity }] : [],
  );
  if (adopted.length === 0) return;
  journal.transaction(() => {
    for (const { from, to } of adopted) {
      adoptEntity(journal, { from, to });
      journal.calendarEntries.renameCalendar(from, to);
    }
    const kept = Object.entries(known).filter(([id]) => !adopted.some(({ from }) => from === id));
    rememberNames(journal, Object.fromEntries([...kept, ...adopted.map(({ to, identity }) => [to, identity] as const)]));
  });
}

export interface MissingAtHome {
  readonly id: string;
  readonly sentence: string;
}

export function missingAtHome(journal: Facts): readonly MissingAtHome[] {
  return JSON.parse(journal.facts.get(missingFact) ?? '[]') as readonly MissingAtHome[];
}

export function rememberMissing(journal: Facts, missing: readonly MissingAtHome[]): void {
  keep(journal, missingFact, missing, missing.length === 0);
}

/** Writes nothing when nothing is new. */
function keep(journal: Facts, fact: string, value: unknown, isNothing: boolean): void {
  const text = isNothing ? undefined : JSON.stringify(value);
  if (journal.facts.get(fact) === text) return;
  if (text === undefined) journal.facts.forget(fact);
  else journal.facts.set(fact, text);
}
