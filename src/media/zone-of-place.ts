/** Says which time zone a place lies in, as Immich does for pictures that tell their place. */
import lookUp from '@photostructure/tz-lookup';
import { isTimeZone } from '../kernel/index.ts';
import type { Place } from './evidence.ts';

/** An IANA name, at sea as Immich has it (`Etc/GMT+3`); nothing without a place, or for a zone that this Node does not know. */
export function zoneOfPlace(place: Place | undefined): string | undefined {
  if (!place) return undefined;
  const zone = lookUp(place.latitude, place.longitude);
  return isTimeZone(zone) ? zone : undefined;
}
