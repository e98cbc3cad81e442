/** What the journey asks of a home: what is so there, and when that changes. */
import type { HomeAssistant } from '../hass/index.ts';

export type HomePort = Pick<HomeAssistant, 'isUp' | 'onUp' | 'entity' | 'follow'>;

/** Of a household without Home Assistant: nothing is ever known. */
export const noHome: HomePort = {
  isUp: false,
  onUp: () => () => undefined,
  entity: () => undefined,
  follow: () => () => undefined,
};
