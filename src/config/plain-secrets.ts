/** Secrets that stand in the owner's file for all to read: no fault, but worth a word each. */
import type { Fault } from './explain.ts';
import type { Path } from './problem.ts';

/** @param tree as written: what is looked up elsewhere is no text in it */
export function plainSecrets(tree: unknown): readonly Fault[] {
  const accounts = Object.keys(fieldOf(fieldOf(tree, 'immich'), 'accounts') ?? {}).map((name) => ({
    path: ['immich', 'accounts', name, 'key'],
    what: `key of "${name}"`,
    cure: `key: !secret ${name}_immich_key`,
  }));
  const keys = [
    ...accounts,
    { path: ['home assistant', 'token'], what: 'token of Home Assistant', cure: 'token: !secret home_assistant_token' },
    { path: ['mqtt', 'password'], what: 'password of the broker', cure: 'password: !secret mqtt_password' },
  ].filter(({ path }) => typeof at(tree, path) === 'string');
  const addresses = [
    { path: ['immich', 'url'], what: 'password in the address of Immich', cure: 'url: !secret immich_url' },
    { path: ['home assistant', 'url'], what: 'password in the address of Home Assistant', cure: 'url: !secret home_assistant_url' },
    {
      path: ['mqtt', 'url'],
      what: 'password in the address of the broker',
      cure: 'password: !secret mqtt_password, with the user as user: and neither of them in url:',
    },
  ].filter(({ path }) => holdsPassword(at(tree, path)));
  return [...keys, ...addresses].map(({ path, what, cure }) => ({
    path,
    sentence: `The ${what} stands in this file for all to read: better put it in secrets.yaml and write ${cure}`,
  }));
}

function holdsPassword(written: unknown): boolean {
  const address = typeof written === 'string' ? URL.parse(written.trim()) : null;
  return address !== null && address.password !== '';
}

function at(tree: unknown, path: Path): unknown {
  return path.reduce((value, key) => fieldOf(value, String(key)), tree);
}

/** `key` of a block, whatever else stands there. */
export function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
