/** Makes the Config that rooms read out of what the owner wrote: defaults filled in, paths absolute, rules in order. Pure. */
import { basename, dirname, resolve } from 'node:path';
import type { AlbumTemplate, CalendarWish, ClockCorrection, Condition, Rule } from '../domain/index.ts';
import { instantOf, type Secret } from '../kernel/index.ts';
import { lastingOf, mqttOf } from './complete-home.ts';
import { tellerOf } from './complete-tell.ts';
import type { Config, HomeAssistantConfig, SourceConfig, When } from './config.ts';
import type { OwnersDocument } from './document.ts';
import type { Path } from './problem.ts';
import type { OwnersFile } from './schema.ts';

export interface Completion {
  readonly written: OwnersFile;
  /** Absolute path of the owner's file. */
  readonly configFile: string;
  /** What was read from each account's `key_file`. */
  readonly keysFromFiles: ReadonlyMap<string, Secret>;
  readonly lineOf: OwnersDocument['lineOf'];
  /** Where the owner names none. */
  readonly systemZone: string;
  /** The way to Home Assistant that its Supervisor gave. */
  readonly supervised: HomeAssistantConfig | undefined;
}

type WrittenSource = OwnersFile['sources'][number];

export function complete({ written, configFile, keysFromFiles, lineOf, systemZone, supervised }: Completion): Config {
  const absolute = (path: string): string => resolve(dirname(configFile), path);
  const timeZone = written['time zone'] ?? systemZone;
  const { immich } = written;
  const accounts = Object.entries(immich.accounts).flatMap(([name, { key = keysFromFiles.get(name) }]) => (key ? [{ name, key }] : []));
  const context = { timeZone, absolute, where: (path: Path) => `${basename(configFile)}:${lineOf(path)}` };
  return {
    immich: {
      url: withoutApi(immich.url.url),
      accounts,
      ...(immich.ca_file === undefined ? {} : { caFile: absolute(immich.ca_file) }),
    },
    timeZone,
    language: written.language,
    logLevel: written.log,
    sources: written.sources.map((source, index) => ({
      ...completeSource(source, { ...context, path: ['sources', index] }),
      account: source.account ?? accounts[0]?.name ?? '',
      ...albumsOf(source.albums ?? written.albums),
      tags: source.tags ?? written.tags,
      ...ignoreOf(source.ignore ?? written.ignore),
      ...((source.nomedia ?? written.nomedia) === 'ignore' && { nomedia: 'ignore' as const }),
    })),
    events: written.events.map(({ name, from, to = from }) => ({ name, from, to })),
    tell: written.tell.map(tellerOf),
    ...(written['replace half files'] && { areHalfFilesReplaced: true }),
    ...(written['verify every'] !== 'never' && {
      verify: { everyMs: written['verify every'], quietHours: written['quiet hours'] },
    }),
    ...(written.mqtt && { mqtt: mqttOf(written.mqtt, absolute) }),
    ...homeAssistantOf(written['home assistant'], supervised),
    ...(written.state === undefined ? {} : { stateDir: absolute(written.state) }),
  };
}

interface SourceContext {
  readonly timeZone: string;
  readonly path: Path;
  absolute(path: string): string;
  where(path: Path): string;
}

function completeSource(
  source: WrittenSource,
  context: SourceContext,
): Omit<SourceConfig, 'account' | 'albums' | 'calendars' | 'tags' | 'ignore' | 'nomedia'> {
  const sweepEveryMs = source['sweep every'];
  return {
    name: source.name,
    folder: context.absolute(source.folder),
    when: whenOf(source.when, context.timeZone),
    ...(source['only while'] && { onlyWhile: lastingOf(source['only while']) }),
    rules: rulesOf(source, context),
    settleMs: source.settle,
    ...(source.clock && { clock: clockOf(source.clock, context) }),
    proof: typeof source.proof === 'string' ? { kind: source.proof } : { kind: 'sample', share: source.proof.sample },
    identity: source.identity,
    ...(sweepEveryMs === undefined ? {} : { sweepEveryMs }),
  };
}

function rulesOf(source: WrittenSource, { timeZone, path, where }: SourceContext): readonly Rule[] {
  const at = (condition: Condition, ...below: Path): Rule => ({ ...condition, where: where([...path, ...below]) });
  const { extensions, include } = source;
  return [
    at({ kind: 'only', kinds: source.only.map((kind) => (kind === 'photos' ? 'photo' : 'video')) }, 'only'),
    ...(extensions ? [at({ kind: 'extensions', extensions }, 'extensions')] : []),
    ...(include ? [at({ kind: 'include', globs: include }, 'include')] : []),
    ...source.skip.flatMap((skip, index) => conditionsOf(skip, timeZone).map((condition) => at(condition, 'skip', index))),
  ];
}

function clockOf(written: NonNullable<WrittenSource['clock']>, { path, where }: SourceContext): readonly ClockCorrection[] {
  const list = Array.isArray(written) ? written : [written];
  return list.map(({ camera, is, add, 'tell immich': isForImmich }, index) => ({
    ...(camera && { camera }),
    isLocal: is === 'local',
    addMs: add?.addMs ?? 0,
    isForImmich,
    said: [is, add?.said].filter((word) => word !== undefined).join(', '),
    where: where([...path, 'clock', ...(Array.isArray(written) ? [index] : [])]),
  }));
}

function conditionsOf(skip: WrittenSource['skip'][number], timeZone: string): readonly Condition[] {
  if ('text' in skip) return [{ kind: 'skip', glob: skip }];
  const midnight = (date: string): number => instantOf(`${date}T00:00:00`, timeZone);
  const {
    'smaller than': smallerThan,
    'larger than': largerThan,
    'taken before': takenBefore,
    'taken after': takenAfter,
    'file before': fileBefore,
    'file after': fileAfter,
    camera,
  } = skip;
  return [
    ...(smallerThan ? [{ kind: 'smaller than', ...smallerThan } as const] : []),
    ...(largerThan ? [{ kind: 'larger than', ...largerThan } as const] : []),
    ...(takenBefore ? [{ kind: 'taken before', date: takenBefore } as const] : []),
    ...(takenAfter ? [{ kind: 'taken after', date: takenAfter } as const] : []),
    ...(fileBefore ? [{ kind: 'file before', date: fileBefore, epochMs: midnight(fileBefore) } as const] : []),
    ...(fileAfter ? [{ kind: 'file after', date: fileAfter, epochMs: midnight(dayAfter(fileAfter)) } as const] : []),
    ...(camera ? [{ kind: 'camera', glob: camera } as const] : []),
  ];
}

function whenOf(when: WrittenSource['when'], timeZone: string): When {
  if (typeof when === 'string') return { kind: when };
  const { schedule: cron, 'time zone': own = timeZone } = when;
  return cron === undefined ? { kind: 'circumstance', circumstance: lastingOf(when) } : { kind: 'schedule', cron, timeZone: own };
}

/** What the owner wrote goes before what the Supervisor gave. */
function homeAssistantOf(
  written: OwnersFile['home assistant'],
  supervised: HomeAssistantConfig | undefined,
): Pick<Config, 'homeAssistant'> {
  if (written) return { homeAssistant: { url: withoutApi(written.url.url), token: written.token } };
  return supervised ? { homeAssistant: supervised } : {};
}

function albumsOf(written: OwnersFile['albums']): Pick<SourceConfig, 'albums' | 'calendars'> {
  const albums = written.flatMap(({ name, adopt = false }): AlbumTemplate[] => (name ? [{ template: name, isAdoptable: adopt }] : []));
  const calendars = written.flatMap(({ calendar, only }): CalendarWish[] =>
    calendar === undefined ? [] : [{ calendar, ...(only && { only }) }],
  );
  return { albums, ...(calendars.length > 0 && { calendars }) };
}

function ignoreOf(written: WrittenSource['ignore']): Pick<SourceConfig, 'ignore'> {
  return written && written.not.length > 0 ? { ignore: { not: written.not } } : {};
}

/** People paste the address of the API, or end the address with a slash. A password in it is not sent, and must not be shown. */
function withoutApi(url: URL): URL {
  const plain = new URL(url);
  plain.pathname = plain.pathname.replace(/\/+$/, '').replace(/\/api$/, '');
  plain.search = '';
  plain.username = '';
  plain.password = '';
  plain.hash = '';
  return plain;
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
