/** The practice Immich: a stand-in server that behaves as the real one for everything Homeroll sends. */
export { type Version, versions } from './dialect.ts';
export { diskStore } from './disk-store.ts';
export { ConnectionLost, type PracticeRequest, type PracticeResponse } from './exchange.ts';
export { type Fault, type FaultPlan, faultPlanSchema } from './faults.ts';
export { memoryStore } from './memory-store.ts';
export { PracticeImmich, type PracticeImmichOptions } from './practice-immich.ts';
export { type RunningPracticeImmich, type StartOptions, startPracticeImmich } from './start.ts';
export type { Damage, Original, Place, Receiving, Store } from './store.ts';
export type { PracticeUser } from './users.ts';
