/** What the journey asks of a home: what is so there, when that changes, and what stands in its calendars. */
import { type CalendarHome, HomeAssistantError } from '../hass/index.ts';

export type HomePort = CalendarHome;

/** Of a household without Home Assistant: nothing is ever known. */
export const noHome: HomePort = {
  isUp: false,
  onUp: () => () => undefined,
  entity: () => undefined,
  follow: () => () => undefined,
  act: nobodyThere,
  askFirst: nobodyThere,
};

async function nobodyThere(): Promise<never> {
  throw new HomeAssistantError('away', 'There is no Home Assistant.');
}
