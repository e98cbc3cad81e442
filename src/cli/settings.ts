/** Finds and reads the owner's file for a command, or says in full what is wrong with it. */
import { basename } from 'node:path';
import { type Config, configPlaces, findConfig, type Problem, problemText } from '../config/index.ts';
import { guess } from '../domain/index.ts';
import { OwnerError } from '../kernel/index.ts';
import type { App } from './app-port.ts';

export interface Settings {
  readonly configFile: string;
  readonly config: Config;
  /** Worth a look. */
  readonly notes: readonly Problem[];
}

/** @throws OwnerError when there is none */
export async function configFileOf({ surroundings }: App, named: string | undefined): Promise<string> {
  const found = named ?? (await findConfig(surroundings));
  if (found !== undefined) return found;
  const places = configPlaces(surroundings.environment);
  throw new OwnerError(
    'no config',
    `There is no homeroll.yaml yet: write one to ${places[0]}, or name one with --config FILE. To see how it looks and works: homeroll practice`,
  );
}

/** @throws OwnerError with a line for each thing that is wrong */
export async function readSettings(app: App, named: string | undefined): Promise<Settings> {
  const configFile = await configFileOf(app, named);
  const loaded = await app.load(configFile);
  if (loaded.kind === 'refused') throw new OwnerError('config refused', loaded.problems.map(problemText).join('\n'));
  return { configFile, config: loaded.config, notes: loaded.notes };
}

/** Names of the sources meant: those named, or all. @throws OwnerError for a name that no source has */
export function sourcesMeant(
  { config, configFile }: Pick<Settings, 'config' | 'configFile'>,
  named: readonly string[] | undefined,
): readonly string[] {
  const names = config.sources.map(({ name }) => name);
  if (!named || named.length === 0) return names;
  for (const name of named) {
    if (names.includes(name)) continue;
    const cure = guess(name, names) || ` There is ${names.map((one) => `"${one}"`).join(', ')}.`;
    throw new OwnerError('no such source', `No source is called "${name}" in ${basename(configFile)}.${cure}`);
  }
  return named;
}
