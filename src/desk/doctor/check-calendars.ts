/** Does Home Assistant have the calendars whose entries name albums? */
import type { Config } from '../../config/index.ts';
import { guess, listed } from '../../domain/index.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

export interface CalendarsLookedAt {
  readonly config: Pick<Config, 'sources'>;
  /** All that Home Assistant has, by id. */
  readonly entities: ReadonlyMap<string, { readonly state: string }>;
}

export function checkCalendars({ config, entities }: CalendarsLookedAt): readonly Finding[] {
  const sourcesOf = new Map<string, Set<string>>();
  for (const { name, calendars = [] } of config.sources) {
    for (const { calendar } of calendars) sourcesOf.set(calendar, (sourcesOf.get(calendar) ?? new Set()).add(name));
  }
  const known = [...entities.keys()].filter((id) => id.startsWith('calendar.'));
  return [...sourcesOf].map(([calendar, sources]) => {
    const about = listed([...sources]);
    const state = entities.get(calendar)?.state;
    if (state === undefined) {
      const meant = guess(calendar, known) || (known.length === 0 ? '' : ` It has ${listed(known)}.`);
      const cure = known.length === 0 ? 'Add a calendar there (Settings, Devices & services).' : 'Correct "calendar" under "albums".';
      return problem(about, `Home Assistant knows no ${calendar}.${meant}`, cure);
    }
    if (state === 'unavailable') {
      const sentence = `${calendar} is unavailable in Home Assistant: pictures join the albums of its entries when it is back.`;
      return warning(about, sentence, `Look at ${calendar} there, and at the integration that it comes from.`);
    }
    return ok(about, `Entries of ${calendar} name albums, and Home Assistant has it.`);
  });
}
