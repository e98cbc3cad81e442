/** What the owner wants, parsed and complete: the types that every room may read. */
import type {
  AlbumTemplate,
  CalendarWish,
  ClockCorrection,
  LastingCircumstance,
  NamedSpan,
  ProofWish,
  QuietHours,
  Rule,
  Template,
} from '../domain/index.ts';
import type { Secret } from '../kernel/index.ts';
import type { Teller } from './teller.ts';

export interface Config {
  readonly immich: ImmichConfig;
  /** IANA name. Dates without a zone are read in it, schedules run by it. */
  readonly timeZone: string;
  readonly language: 'en';
  /** Absolute; left out: the app chooses. */
  readonly stateDir?: string;
  readonly logLevel: 'info' | 'debug';
  readonly sources: readonly SourceConfig[];
  readonly events: readonly NamedSpan[];
  readonly tell: readonly Teller[];
  /** What was stored of files that were still being written goes to Immich's trash, once the whole ones are safe. */
  readonly areHalfFilesReplaced?: true;
  /** Left out: nothing is looked at again by itself. */
  readonly verify?: VerifyConfig;
  /** Left out: there is no device in Home Assistant. */
  readonly mqtt?: MqttConfig;
  /** Left out: Home Assistant is not asked, unless Homeroll is one of its Apps. */
  readonly homeAssistant?: HomeAssistantConfig;
}

export interface MqttConfig {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`, without name and password. */
  readonly url: URL;
  readonly user?: string;
  readonly password?: Secret;
  /** Absolute path of a file with PEM certificates to trust. */
  readonly caFile?: string;
  /** Below which all topics of this Homeroll lie; also what its device is known by. */
  readonly topic: string;
  /** Where Home Assistant looks for devices. */
  readonly discovery: string;
  /** Topic of Home Assistant's birth message. Left out: `status` below `discovery`. */
  readonly birth?: string;
  /** Topic of its will. Left out: that of its birth message. */
  readonly will?: string;
  /** The last picture that is safe is shown. */
  readonly isPictureShown: boolean;
  /** It is asked once a day whether there is a newer Homeroll. */
  readonly isUpdateAsked: boolean;
}

export interface HomeAssistantConfig {
  /** As in the browser, without a slash at its end. */
  readonly url: URL;
  readonly token: Secret;
}

export interface VerifyConfig {
  /** Everything is proven anew within this time. */
  readonly everyMs: number;
  readonly quietHours: QuietHours;
}

export interface ImmichConfig {
  /** Without `/api` and without a slash at its end. */
  readonly url: URL;
  /** Absolute path of a file with PEM certificates to trust. */
  readonly caFile?: string;
  readonly accounts: readonly AccountConfig[];
}

export interface AccountConfig {
  readonly name: string;
  readonly key: Secret;
}

export interface SourceConfig {
  readonly name: string;
  /** Absolute; it need not exist. */
  readonly folder: string;
  /** Name of one of the accounts. */
  readonly account: string;
  readonly when: When;
  /** Its files move on only meanwhile. */
  readonly onlyWhile?: LastingCircumstance;
  /** In the order in which they are asked. */
  readonly rules: readonly Rule[];
  /** Left out: all that is left alone by its name stays so. */
  readonly ignore?: IgnoreWish;
  /** Left out: a folder with a `.nomedia` in it is left alone. */
  readonly nomedia?: 'ignore';
  readonly settleMs: number;
  /** What its cameras' clocks got wrong; the first that fits decides. Left out: nothing. */
  readonly clock?: readonly ClockCorrection[];
  readonly proof: ProofWish;
  readonly albums: readonly AlbumTemplate[];
  /** Whose entries name albums, too; left out: none. */
  readonly calendars?: readonly CalendarWish[];
  readonly tags: readonly Template[];
  /** Left out: the program's own choice, hourly for local folders, every five minutes for network shares. */
  readonly sweepEveryMs?: number;
  readonly identity: 'auto' | 'local' | 'network';
}

export interface IgnoreWish {
  /** Names of `leftAloneNames` that are backed up all the same. */
  readonly not: readonly string[];
}

export type When =
  | { readonly kind: 'new media' }
  | { readonly kind: 'manual' }
  | { readonly kind: 'schedule'; readonly cron: string; readonly timeZone: string }
  /** Each time that it comes to be so. */
  | { readonly kind: 'circumstance'; readonly circumstance: LastingCircumstance };
