/** Brings the news to the household: out of the outbox, by every way the owner named, at least once. */
export { Deliveries, type DeliveryParts } from './deliveries.ts';
export { httpPost, type Post, type Posted, type Receiver } from './post.ts';
export { deviceTeller, type NamedTeller, nameTellers } from './tellers.ts';
export type { TellDevice } from './way.ts';
