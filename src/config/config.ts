/** What the owner wants, parsed and complete: the types that every room may read. */
import type { AlbumTemplate, NamedSpan, ProofWish, QuietHours, Rule, Template } from '../domain/index.ts';
import type { Secret } from '../kernel/index.ts';

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
  /** Left out: nothing is looked at again by itself. */
  readonly verify?: VerifyConfig;
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
  /** In the order in which they are asked. */
  readonly rules: readonly Rule[];
  readonly settleMs: number;
  readonly proof: ProofWish;
  readonly albums: readonly AlbumTemplate[];
  readonly tags: readonly Template[];
  /** Left out: the program's own choice, hourly for local folders, every five minutes for network shares. */
  readonly sweepEveryMs?: number;
  readonly identity: 'auto' | 'local' | 'network';
}

export type When =
  | { readonly kind: 'new media' }
  | { readonly kind: 'manual' }
  | { readonly kind: 'schedule'; readonly cron: string; readonly timeZone: string };

/** A webhook's address often holds its password: in logs only `host` is told. */
export type Teller = { readonly kind: 'log' } | { readonly kind: 'webhook'; readonly url: Secret; readonly host: string };
