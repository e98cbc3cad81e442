/** The journey at work: one room per step, an engine that drives them, and the household that holds it all. */
export type { AccountTrouble } from './accounts.ts';
export { Household, type HouseholdParts } from './household.ts';
export { type NewsDesk, putNews } from './news.ts';
export type { Swept } from './notice/index.ts';
export { findByPath, isPaused, pathOf, takeOrders } from './orders.ts';
export type { AccountInUse, LaneName, SourceInUse } from './step.ts';
