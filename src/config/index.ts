/** The owner's file: what may stand in it, what it means, and what is wrong with it. */

export { type Changes, changesBetween } from './changes.ts';
export { isImmichStorage, isIn } from './check-sources.ts';
export type {
  AccountConfig,
  Config,
  HomeAssistantConfig,
  ImmichConfig,
  MqttConfig,
  SourceConfig,
  VerifyConfig,
  When,
} from './config.ts';
export { configPlaces, findConfig } from './find.ts';
export { rulesFingerprint } from './fingerprint.ts';
export { ConfigFollower, type Reading } from './follow.ts';
export { configJsonSchema } from './json-schema.ts';
export { type Loaded, loadConfig } from './load.ts';
export { type Problem, problemText } from './problem.ts';
export { isUnanswered, onDisk, type Surroundings, stampsOf } from './surroundings.ts';
export type {
  AppriseTeller,
  DiscordTeller,
  EmailTeller,
  GotifyTeller,
  Interest,
  NtfyTeller,
  PhoneTeller,
  ReceiverTeller,
  SmtpServer,
  SpeakerTeller,
  TelegramTeller,
  Teller,
  Topic,
  WebhookTeller,
} from './teller.ts';
