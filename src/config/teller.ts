/** Who is told, and by what: the entries of `tell:`, complete. */
import type { QuietHours, Topic } from '../domain/index.ts';
import type { Secret } from '../kernel/index.ts';

export type Teller = LogTeller | WebhookTeller | PhoneTeller | SpeakerTeller | ReceiverTeller;

export interface LogTeller {
  readonly kind: 'log';
}

/** A webhook's address often holds its password: in logs only `host` is told. */
export interface WebhookTeller {
  readonly kind: 'webhook';
  readonly url: Secret;
  readonly host: string;
}

/** What somebody wants to hear of. */
export interface Interest {
  /** Left out: all of them. */
  readonly sources?: readonly string[];
  readonly about: readonly Topic[];
}

export type { Topic };

export interface PhoneTeller extends Interest {
  readonly kind: 'phone';
  /** Name of the action without its domain: `mobile_app_anna`. */
  readonly action: string;
  /** Wall-clock time, `20:00`: what is told of pictures waits until then. Left out: told at once. */
  readonly digestAt?: string;
}

export interface SpeakerTeller extends Interest {
  readonly kind: 'speaker';
  /** `media_player.kitchen` */
  readonly entity: string;
  readonly quietHours: QuietHours;
  /** 0 to 100; left out: as loud as it is. */
  readonly volume?: number;
  /** A text-to-speech engine of Home Assistant; left out: the first that it has for the language. */
  readonly voice?: string;
  /** From one announcement to the next, at least. */
  readonly gapMs: number;
}

/** A receiver that is spoken to in its own form. */
export type ReceiverTeller = NtfyTeller | GotifyTeller | DiscordTeller | TelegramTeller | EmailTeller | AppriseTeller;

export interface ReceiverWish extends Interest {
  /** As for a phone. */
  readonly digestAt?: string;
  /** A small picture goes with news of pictures that became safe. */
  readonly isPictureSent: boolean;
}

interface Place {
  /** What may be shown of its address. */
  readonly host: string;
}

export interface NtfyTeller extends ReceiverWish, Place {
  readonly kind: 'ntfy';
  /** Without the topic; may hold a name and a password. */
  readonly server: Secret;
  /** Whoever knows it can read along. */
  readonly topic: Secret;
  readonly token?: Secret;
}

export interface GotifyTeller extends ReceiverWish, Place {
  readonly kind: 'gotify';
  readonly server: Secret;
  /** Of an application in Gotify. */
  readonly token: Secret;
}

export interface DiscordTeller extends ReceiverWish, Place {
  readonly kind: 'discord';
  /** Of a channel's webhook: whoever knows it can write there. */
  readonly url: Secret;
}

export interface TelegramTeller extends ReceiverWish, Place {
  readonly kind: 'telegram';
  /** A number, or `@name`. */
  readonly chat: Secret;
  /** Of the bot that writes. It travels in the address. */
  readonly token: Secret;
  readonly server: Secret;
}

export interface EmailTeller extends ReceiverWish, Place {
  readonly kind: 'email';
  readonly to: Secret;
  readonly from: Secret;
  readonly smtp: SmtpServer;
}

/** The mail server that a mail is handed to. */
export interface SmtpServer {
  readonly name: string;
  readonly port: number;
  /** TLS from the first byte on. Otherwise it is asked for within the conversation. */
  readonly isTls: boolean;
  readonly login?: { readonly user: Secret; readonly password: Secret };
}

export interface AppriseTeller extends ReceiverWish, Place {
  readonly kind: 'apprise';
  /** Where messages are posted; holds the key under which Apprise keeps its services. */
  readonly url: Secret;
  /** Its services, where it keeps none. */
  readonly services?: Secret;
}
