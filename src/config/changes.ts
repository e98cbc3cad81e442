/** What the owner changed between two readings of the file, in short phrases for one line of the log. Pure. */
import { Secret } from '../kernel/index.ts';
import type { AccountConfig, Config, SourceConfig } from './config.ts';

export interface Changes {
  /** Nothing: the work can go on as it is. */
  readonly phrases: readonly string[];
  /** Another `state:` folder, which counts only at the next start. */
  readonly isStateFolderNew: boolean;
}

/** Of what is wanted, not of how it is written: comments and the lines that rules stand in do not count. */
export function changesBetween(before: Config, after: Config): Changes {
  const others = (Object.keys(otherSettings) as (keyof typeof otherSettings)[]).filter((key) => textOf(before[key]) !== textOf(after[key]));
  return {
    phrases: [
      ...named('source', before.sources, after.sources, sourceChanged),
      ...named('account', before.immich.accounts, after.immich.accounts, keyChanged),
      ...(before.immich.url.href === after.immich.url.href ? [] : ["Immich's address changed"]),
      ...(before.immich.caFile === after.immich.caFile ? [] : ['certificates changed']),
      ...others.map((key) => otherSettings[key]),
    ],
    isStateFolderNew: before.stateDir !== after.stateDir,
  };
}

const otherSettings = {
  timeZone: 'time zone changed',
  language: 'language changed',
  logLevel: 'log changed',
  events: 'events changed',
  tell: 'tell changed',
  mqtt: 'mqtt changed',
  homeAssistant: 'home assistant changed',
} as const satisfies Partial<Record<keyof Config, string>>;

function sourceChanged(name: string): string {
  return `source "${name}" changed`;
}

function keyChanged(name: string): string {
  return `key of account "${name}" changed`;
}

function named<T extends SourceConfig | AccountConfig>(
  what: string,
  before: readonly T[],
  after: readonly T[],
  changed: (name: string) => string,
): readonly string[] {
  const had = new Map(before.map((one) => [one.name, textOf(one)]));
  const has = new Set(after.map(({ name }) => name));
  return [
    ...after.filter(({ name }) => !had.has(name)).map(({ name }) => `${what} "${name}" added`),
    ...before.filter(({ name }) => !has.has(name)).map(({ name }) => `${what} "${name}" removed`),
    ...after.filter((one) => had.has(one.name) && had.get(one.name) !== textOf(one)).map(({ name }) => changed(name)),
  ];
}

/** Never shown: it holds secrets. JSON leaves out functions, so a pattern counts by its text. */
function textOf(value: unknown): string {
  return JSON.stringify(unveiled(value));
}

function unveiled(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal();
  if (Array.isArray(value)) return value.map(unveiled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (key === 'where' ? [] : [[key, unveiled(inner)]])));
}
