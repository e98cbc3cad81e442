/** What no single line of an entry under `tell:` shows: one way for each, and only what goes with it. */
import type { z } from 'zod';
import type { Secret } from '../kernel/index.ts';
import { botTokenProblem } from './receiver-values.ts';

const waysToTell = ['ntfy', 'gotify', 'discord', 'telegram', 'email', 'apprise', 'phone', 'speaker', 'webhook'] as const;
type Way = (typeof waysToTell)[number];

const ofReceivers = ['sources', 'about', 'digest', 'picture'];
/** Which settings go with which way. */
const settingsOf: Readonly<Record<Way, readonly string[]>> = {
  webhook: [],
  phone: ['sources', 'about', 'digest'],
  speaker: ['sources', 'about', 'quiet', 'volume', 'voice', 'at most every'],
  ntfy: [...ofReceivers, 'token'],
  gotify: [...ofReceivers, 'token'],
  discord: ofReceivers,
  telegram: [...ofReceivers, 'token', 'server'],
  email: [...ofReceivers, 'smtp', 'user', 'password', 'from'],
  apprise: [...ofReceivers, 'urls'],
};
const calledOf: Readonly<Record<Way, string>> = {
  webhook: 'a webhook',
  phone: 'a phone',
  speaker: 'a speaker',
  ntfy: 'ntfy',
  gotify: 'Gotify',
  discord: 'Discord',
  telegram: 'Telegram',
  email: 'an email',
  apprise: 'Apprise',
};
/** What it cannot do without, as the owner would write it. */
const needsOf: Readonly<Partial<Record<Way, Readonly<Record<string, string>>>>> = {
  gotify: { token: '!secret gotify_token' },
  telegram: { token: '!secret telegram_token' },
  email: { smtp: 'smtps://smtp.example.org' },
};

/** An entry, as far as its settings depend on one another. */
type Written = Readonly<Record<string, unknown>> & {
  readonly token?: Secret | undefined;
  readonly smtp?: { readonly user: Secret | undefined; readonly password: Secret | undefined } | undefined;
  readonly apprise?: { readonly hasKey: boolean } | undefined;
};

export function checkTeller(written: Written, context: z.core.$RefinementCtx): void {
  const chosen = waysToTell.filter((way) => written[way] !== undefined);
  const [way] = chosen;
  if (way === undefined || chosen.length > 1) {
    context.addIssue(`A way to tell is one of ${waysToTell.map((one) => `{ ${one}: … }`).join(', ')}: each is an entry of its own.`);
    return;
  }
  for (const [key, example] of Object.entries(needsOf[way] ?? {})) {
    if (!(key in written)) context.addIssue(`"${way}" needs "${key}" beside it, as in: ${key}: ${example}`);
  }
  if (way === 'gotify' && written.picture) {
    context.addIssue({ code: 'custom', path: ['picture'], message: 'Gotify takes no pictures: leave "picture" out.' });
  }
  const problem = way === 'telegram' && written.token ? botTokenProblem(written.token) : undefined;
  if (problem !== undefined) context.addIssue({ code: 'custom', path: ['token'], message: problem });
  if ((written.password !== undefined || written.smtp?.password) && !(written.user ?? written.smtp?.user)) {
    context.addIssue('"password" needs "user" beside it, as in: user: anna@example.org');
  }
  if (written.apprise && written.apprise.hasKey === (written.urls !== undefined)) {
    context.addIssue(
      written.apprise.hasKey
        ? 'Apprise is told its services by the key in its address: leave "urls" out.'
        : '"apprise" names no key: write http://…/notify/KEY, or its services beside it, as in: urls: !secret apprise_urls',
    );
  }
  const strange = Object.keys(written).filter((key) => key !== way && !settingsOf[way].includes(key));
  for (const key of strange)
    context.addIssue({ code: 'custom', path: [key], message: `"${key}" is not for ${calledOf[way]}: leave it out.` });
}
