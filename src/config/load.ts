/** Reads the owner's file: a complete Config, or every fault at once, each with its line and its cure. */
import { basename, resolve } from 'node:path';
import { Secret, systemTimeZone } from '../kernel/index.ts';
import { checkHome, supervisedHome } from './check-home.ts';
import { checkSources } from './check-sources.ts';
import { secretsInTell, webhooksToReceivers } from './check-tell.ts';
import { complete } from './complete.ts';
import type { Config } from './config.ts';
import { readDocument } from './document.ts';
import { type Fault, parseTree } from './explain.ts';
import { fieldOf, plainSecrets } from './plain-secrets.ts';
import { inOrder, type Path, type Problem } from './problem.ts';
import { caFileTrouble, followReferences, readKeyFile, why } from './references.ts';
import type { Surroundings } from './surroundings.ts';

export type Loaded =
  /** `notes`: no faults, but worth a look. */
  | { readonly kind: 'ok'; readonly config: Config; readonly notes: readonly Problem[] }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** @param path of homeroll.yaml; relative paths within it start beside it */
export async function loadConfig(path: string, surroundings: Surroundings): Promise<Loaded> {
  const configFile = resolve(path);
  const file = basename(configFile);
  const refuse = (...problems: readonly Problem[]): Loaded => ({ kind: 'refused', problems: inOrder(problems) });

  let text: string;
  try {
    text = await surroundings.readText(configFile);
  } catch (error) {
    return refuse({ file, line: 1, sentence: `${configFile} ${why(error)}.` });
  }
  const { tree, problems, lineOf } = readDocument(text, file);
  if (problems.length > 0) return refuse(...problems);
  if (tree === null || tree === undefined)
    return refuse({ file, line: 1, sentence: 'The file is empty: begin with "immich" and "sources".' });

  const followed = await followReferences(tree, configFile, surroundings);
  const parsed = parseTree(followed.tree);
  const keys = await readKeys(followed.tree, (keyFile) => readKeyFile(keyFile, configFile, surroundings));
  const caFile = fieldOf(fieldOf(tree, 'immich'), 'ca_file');
  const caTrouble = typeof caFile === 'string' && caFile !== '' ? await caFileTrouble(caFile, configFile, surroundings) : undefined;
  const certificates = caTrouble === undefined ? [] : [{ path: ['immich', 'ca_file'], sentence: caTrouble }];
  const checks = await checkSources({ tree: followed.tree, configFile, lineOf }, surroundings);
  const supervised = supervisedHome(surroundings);
  const home = parsed.written ? checkHome(parsed.written, supervised) : [];
  const told = (fault: Fault): Problem => ({ file, line: lineOf(fault.path), sentence: fault.sentence });

  // What stands in for a missing secret is nobody's mistake.
  const own = parsed.faults.filter(({ path }) => !followed.faults.some((missing) => isWithin(path, missing.path)));
  // A path that is none was looked for in vain as well.
  const found = [...keys.faults, ...certificates].filter(({ path }) => !own.some((wrong) => isWithin(wrong.path, path)));
  const all = [...followed.faults, ...own, ...found, ...checks, ...home].map(told);
  if (all.length + followed.problems.length > 0 || !parsed.written) return refuse(...all, ...followed.problems);
  return {
    kind: 'ok',
    config: complete({ written: parsed.written, configFile, keysFromFiles: keys.read, lineOf, systemZone: systemTimeZone(), supervised }),
    notes: [...plainSecrets(tree), ...secretsInTell(tree), ...webhooksToReceivers(parsed.written)].map(told),
  };
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.every((step, index) => path[index] === step);
}

async function readKeys(
  tree: unknown,
  read: (keyFile: string) => Promise<Secret | { readonly trouble: string }>,
): Promise<{ readonly read: ReadonlyMap<string, Secret>; readonly faults: readonly Fault[] }> {
  const found = new Map<string, Secret>();
  const faults: Fault[] = [];
  for (const [name, { key_file: keyFile }] of accountsIn(tree)) {
    if (typeof keyFile !== 'string' || keyFile === '') continue;
    const key = await read(keyFile);
    if (key instanceof Secret) found.set(name, key);
    else faults.push({ path: ['immich', 'accounts', name, 'key_file'], sentence: key.trouble });
  }
  return { read: found, faults };
}

/** Whatever can be made out of the accounts, also in a file with faults. */
function accountsIn(tree: unknown): readonly (readonly [string, { readonly key?: unknown; readonly key_file?: unknown }])[] {
  const accounts = fieldOf(fieldOf(tree, 'immich'), 'accounts');
  return typeof accounts !== 'object' || accounts === null
    ? []
    : Object.entries(accounts).map(([name, account]) => [name, { key: fieldOf(account, 'key'), key_file: fieldOf(account, 'key_file') }]);
}
