/** A calendar that Home Assistant keeps itself, for entries to be written into. */
import type { RealHomeAssistant } from './home-assistant.ts';
import { waitFor } from './wait-for.ts';

export interface Entry {
  readonly summary: string;
  /** `2024-07-14`; the end is not part of it. Or both with a time: `2024-07-14 10:00:00`. */
  readonly from: string;
  readonly to: string;
}

/** @returns `calendar.family` */
export async function addCalendar(home: RealHomeAssistant, name: string): Promise<string> {
  const flows = '/api/config/config_entries/flow';
  const { flow_id } = (await home.rest('POST', flows, { handler: 'local_calendar' })) as { readonly flow_id: string };
  await home.rest('POST', `${flows}/${flow_id}`, { calendar_name: name, import: 'create_empty' });
  const entity = `calendar.${name.toLowerCase()}`;
  await waitFor(`${entity}`, () => home.stateOf(entity));
  return entity;
}

export async function addEntry(home: RealHomeAssistant, calendar: string, { summary, from, to }: Entry): Promise<void> {
  const isAllDay = from.length === 10;
  const span = isAllDay ? { start_date: from, end_date: to } : { start_date_time: from, end_date_time: to };
  await home.act('calendar.create_event', { entities: [calendar], data: { summary, ...span } });
}
