/** Looks up what `!secret`, `!env` and `key_file` point at. */
import { basename, dirname, join, resolve } from 'node:path';
import { guess } from '../domain/index.ts';
import { Secret } from '../kernel/index.ts';
import { Reference, readSecretLines } from './document.ts';
import type { Fault } from './explain.ts';
import type { Path, Problem } from './problem.ts';
import { isUnanswered, type Surroundings } from './surroundings.ts';
import { keyProblem } from './values.ts';

/** The neighbour of homeroll.yaml in which `!secret` looks: `name: text`, one a line. */
const secretsName = 'secrets.yaml';

export interface Followed {
  /** The tree with a Secret in place of every reference. */
  readonly tree: unknown;
  readonly faults: readonly Fault[];
  /** In secrets.yaml itself. */
  readonly problems: readonly Problem[];
}

/** @param configFile absolute path of the owner's file */
export async function followReferences(tree: unknown, configFile: string, surroundings: Surroundings): Promise<Followed> {
  const faults: Fault[] = [];
  const wanted = referencesIn(tree, []);
  const secrets = wanted.some(({ to }) => to === 'secret') ? await readSecrets(configFile, surroundings) : undefined;

  const textOf = ({ to, name }: Reference): string | { readonly missing: string } => {
    if (to === 'env') {
      const text = surroundings.environment[name];
      return text ? text : { missing: `The environment variable ${name} is not set, and "!env ${name}" asks for it.` };
    }
    if (!secrets?.texts)
      return { missing: `"!secret ${name}" is looked up in ${secretsName} beside this file, which ${secrets?.trouble}.` };
    const text = secrets.texts.get(name);
    return text ?? { missing: `"${name}" is not in ${secretsName}.${guess(name, [...secrets.texts.keys()])}` };
  };
  const follow = (value: unknown, path: Path): unknown => {
    if (value instanceof Reference) {
      const text = textOf(value);
      if (typeof text === 'string') return new Secret(text);
      faults.push({ path, sentence: text.missing });
      return new Secret('missing');
    }
    if (Array.isArray(value)) return value.map((inner, index) => follow(inner, [...path, index]));
    if (!isBlock(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, follow(inner, [...path, key])]));
  };
  return { tree: follow(tree, []), faults, problems: secrets?.problems ?? [] };
}

/** The text of a `key_file`, or what is wrong with it. */
export async function readKeyFile(
  keyFile: string,
  configFile: string,
  { readText }: Surroundings,
): Promise<Secret | { readonly trouble: string }> {
  const path = resolve(dirname(configFile), keyFile);
  try {
    const text = (await readText(path)).trim();
    if (text === '') return { trouble: `The key file ${path} is empty.` };
    const problem = keyProblem(text);
    return problem === undefined ? new Secret(text) : { trouble: `The key file ${path} ${problem}` };
  } catch (error) {
    return { trouble: `The key file ${path} ${why(error)}.` };
  }
}

/** What is wrong with the file of `ca_file`: one without certificates would be passed over in silence. */
export async function caFileTrouble(caFile: string, configFile: string, { readText }: Surroundings): Promise<string | undefined> {
  const path = resolve(dirname(configFile), caFile);
  try {
    const isPem = (await readText(path)).includes('-----BEGIN CERTIFICATE-----');
    return isPem ? undefined : `${path} holds no certificate: it must be a PEM file with "-----BEGIN CERTIFICATE-----" in it.`;
  } catch (error) {
    return `${path} ${why(error)}.`;
  }
}

/** Why a file could not be read, as the end of a sentence about it. */
export function why(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user';
  if (code === 'EISDIR') return 'is a directory';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'is not UTF-8: save it anew in that encoding';
  if (isUnanswered(error)) return `cannot be read: ${error.fact?.replace(/\.$/, '') ?? 'what it lies on does not answer'}`;
  return `cannot be read (${error instanceof Error ? error.message : error})`;
}

interface Secrets {
  readonly texts?: ReadonlyMap<string, string>;
  readonly trouble?: string;
  readonly problems: readonly Problem[];
}

async function readSecrets(configFile: string, { readText }: Surroundings): Promise<Secrets> {
  let text: string;
  try {
    text = await readText(join(dirname(configFile), secretsName));
  } catch (error) {
    return { trouble: why(error), problems: [] };
  }
  const { tree, problems } = readSecretLines(text, basename(secretsName));
  if (problems.length > 0) return { trouble: 'is not YAML', problems };
  if (!isBlock(tree)) return { trouble: 'has no lines of the form name: text', problems: [] };
  const texts = Object.entries(tree).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return { texts: new Map(texts), problems: [] };
}

function referencesIn(value: unknown, found: Reference[]): Reference[] {
  if (value instanceof Reference) found.push(value);
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) referencesIn(inner, found);
  return found;
}

function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Reference);
}
