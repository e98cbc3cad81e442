/** Brings the news to the household: out of the outbox, by every way the owner named, at least once. */
export type { AtHome } from './at-home.ts';
export type { TellDevice } from './bringers.ts';
export { Deliveries, type DeliveryParts } from './deliveries.ts';
export { type Ask, httpAsk } from './http-ask.ts';
export { type HungOnPhone, hangOnPhone, hungOnPhones, takeFromPhone } from './hung-on-phones.ts';
export { httpPost, type Post, type Posted, type Receiver } from './post.ts';
export type { ReceiverPorts } from './receiver.ts';
export type { Picture } from './receivers/form.ts';
export { type MailPort, smtpMail } from './receivers/smtp.ts';
export { type Tried, tryOut } from './receivers/try-out.ts';
export { deviceTeller, type NamedTeller, nameTellers } from './tellers.ts';
export { findVoice, type Voice } from './voice.ts';
