/** What is no fault under `tell:`, but worth a look: secrets that stand there, and receivers that would be told in a form not theirs. */
import type { Fault } from './explain.ts';
import type { OwnersFile } from './schema.ts';

/** @param tree the owner's file as it is written, with its references not looked up */
export function secretsInTell(tree: unknown): readonly Fault[] {
  return entriesIn(tree).flatMap((entry, index) => {
    const said = (key: string, what: string, name: string): Fault => ({
      path: ['tell', index, key],
      sentence: `The ${what} stands in this file for all to read: better put it in secrets.yaml and write ${key}: !secret ${name}`,
    });
    return [
      ...secretSettings.filter(([key]) => typeof entry[key] === 'string').map(([key, what, name]) => said(key, what, name)),
      ...addresses.filter((key) => holdsPassword(entry[key])).map((key) => said(key, `password in "${key}"`, `${key}_address`)),
    ];
  });
}

/** Where a password may stand within. */
const addresses = ['ntfy', 'gotify', 'apprise', 'smtp', 'webhook', 'server'] as const;

const secretSettings = [
  ['token', 'token of a receiver', 'receiver_token'],
  ['password', 'password of a mail server', 'smtp_password'],
  ['urls', 'list of services of Apprise', 'apprise_urls'],
  ['discord', 'address of a webhook in Discord', 'discord_address'],
] as const;

/** A webhook gets JSON. Shown to a person as it is, that is not what its owner means. */
export function webhooksToReceivers({ tell }: OwnersFile): readonly Fault[] {
  return tell.flatMap((teller, index) => {
    if (teller === 'log' || !teller.webhook) return [];
    const { hostname } = teller.webhook.url;
    const kind = receivers.find(([host]) => host.test(hostname))?.[1];
    const sentence = `A webhook sends JSON, which ${hostname} does not show as a message: write ${kind} in place of "webhook".`;
    return kind === undefined ? [] : [{ path: ['tell', index, 'webhook'], sentence }];
  });
}

const receivers = [
  [/^ntfy\./, '"ntfy"'],
  [/(^|\.)discord(app)?\.com$/, '"discord"'],
] as const;

function holdsPassword(written: unknown): boolean {
  const address = typeof written === 'string' ? URL.parse(written.trim()) : null;
  return address !== null && address.password !== '';
}

function entriesIn(tree: unknown): readonly Readonly<Record<string, unknown>>[] {
  const tell = typeof tree === 'object' && tree !== null && 'tell' in tree ? tree.tell : undefined;
  const entries: readonly unknown[] = Array.isArray(tell) ? tell : [];
  return entries.map((entry) => (typeof entry === 'object' && entry !== null ? (entry as Readonly<Record<string, unknown>>) : {}));
}
