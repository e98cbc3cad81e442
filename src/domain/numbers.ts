/** The numbers that every door shows, and the one identity that holds between them. */
import { type CountedAs, countedAs, type State } from './state.ts';

/** How many photos and videos stand where. `wanted = waiting + blocked + stored + safe + letGo`, present on disk only. */
export interface Numbers {
  readonly total: number;
  readonly unjudged: number;
  readonly unwanted: number;
  readonly gone: number;
  readonly wanted: number;
  readonly waiting: number;
  readonly blocked: number;
  readonly stored: number;
  readonly safe: number;
  readonly letGo: number;
}

/** How many of one state there are: files, or their bytes. */
export interface StateCount {
  readonly state: State;
  readonly count: number;
}

/** Adds up counts by state; companions (sidecars) count with their picture, so not here. */
export function numbersOf(counts: Iterable<StateCount>): Numbers {
  const sums: Record<CountedAs, number> = {
    unjudged: 0,
    unwanted: 0,
    gone: 0,
    waiting: 0,
    blocked: 0,
    stored: 0,
    safe: 0,
    letGo: 0,
    companion: 0,
  };
  for (const { state, count } of counts) sums[countedAs(state)] += count;
  const { companion: _, unjudged, unwanted, gone, ...places } = sums;
  const wanted = places.waiting + places.blocked + places.stored + places.safe + places.letGo;
  return { total: unjudged + unwanted + gone + wanted, unjudged, unwanted, gone, wanted, ...places };
}
