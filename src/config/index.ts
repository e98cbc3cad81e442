/** The owner's file: what may stand in it, what it means, and what is wrong with it. */

export { isImmichStorage, isIn } from './check-sources.ts';
export type { AccountConfig, Config, ImmichConfig, SourceConfig, Teller, When } from './config.ts';
export { configPlaces, findConfig } from './find.ts';
export { rulesFingerprint } from './fingerprint.ts';
export { configJsonSchema } from './json-schema.ts';
export { type Loaded, loadConfig } from './load.ts';
export { type Problem, problemText } from './problem.ts';
export { onDisk, type Surroundings } from './surroundings.ts';
