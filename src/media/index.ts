/** What files say of themselves: their kind, their date, their place, and which of them belong together. */
export type { Bytes } from './bytes.ts';
export type { DateCandidate, MediaFacts, Place } from './evidence.ts';
export { readMediaFacts } from './facts.ts';
export { extensionOf, type KindTable, kindOf, knownKinds } from './kinds.ts';
export { type Member, type Role, rolesOf } from './pairs.ts';
export { sniff } from './sniff.ts';
export { pictureStem } from './stem.ts';
export { type Surroundings, takenAt } from './taken-at.ts';
