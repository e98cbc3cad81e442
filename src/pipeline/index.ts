/** The journey at work: one room per step, an engine that drives them, and the household that holds it all. */
export type { AccountTrouble } from './accounts.ts';
export { answersAwaited, type FileAwaited } from './answers-awaited.ts';
export { aboutBatch, aboutSource } from './decisions.ts';
export { whyKeyRefused } from './doors.ts';
export { findByPath, pathOf } from './find-file.ts';
export { restsNow, whyStepRests } from './hindrances.ts';
export { type HomePort, noHome } from './home-port.ts';
export { Household } from './household.ts';
export type { HouseholdParts } from './household-parts.ts';
export { type Hearer, type NewsDesk, putNews } from './news.ts';
export { lostMounts, type Swept } from './notice/index.ts';
export { isPaused, takeOrders } from './orders.ts';
export { asConfigured, orderedProof, proofOf } from './proof-order.ts';
export { homeAwaySinceMs, noteHomeRefusal, whatItWaitsFor, whyHomeRefuses } from './remembered.ts';
export { sidecarOf } from './sidecar-of.ts';
export type { AccountInUse, LaneName, SourceInUse, Step } from './step.ts';
export { stepsOf } from './steps.ts';
export { type RoundTold, type VerifyProgress, verifyProgress, type Wish } from './verify/index.ts';
