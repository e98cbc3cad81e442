/** What files say of themselves: their kind, their date, their place, and which of them belong together. */
export type { Bytes } from './bytes.ts';
export { dateSidecar } from './date-sidecar.ts';
export type { DateCandidate, MediaFacts, Place } from './evidence.ts';
export { ExiftoolReader } from './exiftool.ts';
export { exiftoolHitch, type Hitch, lacksUnpacking } from './exiftool-command.ts';
export { readMediaFacts } from './facts.ts';
export { extensionOf, type KindTable, kindOfName, knownKinds, nameForImmich } from './kinds.ts';
export { type ClockClue, clueInName, isToldAsInstant, setMovieClock } from './movie-clock.ts';
export { filmMarkOf } from './own-film.ts';
export { type Member, type Role, rolesOf, whyPair } from './pairs.ts';
export { type SecondAnswer, type SecondReader, type SecondReading, together } from './second-reader.ts';
export { sniff } from './sniff.ts';
export { pictureStem } from './stem.ts';
export { type Surroundings, takenAt, toldAt } from './taken-at.ts';
export { zoneOfPlace } from './zone-of-place.ts';
