/** What the doctor has seen of Home Assistant, for those who check a part of it. */
import type { Config } from '../../config/index.ts';
import type { HomeEntity, HomeVisit } from '../../hass/index.ts';

export interface HomeLookedAt extends Pick<HomeVisit, 'ask'> {
  readonly config: Config;
  /** All that it has, by id, and by the names that the owner wrote. */
  readonly entities: Map<string, HomeEntity>;
  /** What is called otherwise than the owner wrote. */
  readonly nameNow: Map<string, string>;
}
