/** Apprise: its API, which tells services of its own (https://github.com/caronc/apprise-api). */
import type { AppriseTeller } from '../../config/index.ts';
import type { Urgency } from '../../domain/index.ts';
import type { Fate } from '../bringer.ts';
import { type Form, getBelow, jsonCall } from './form.ts';
import { formCall } from './form-data.ts';

const types: Readonly<Record<Urgency, string>> = { calm: 'info', look: 'warning', alarm: 'failure' };

export function appriseForm({ host, url, services }: AppriseTeller): Form {
  const key = /\/notify\/([^/]+)$/.exec(new URL(url.reveal()).pathname)?.[1];
  const listed = services?.reveal() ?? '';
  return {
    host,
    secrets: [url.reveal(), listed, ...listed.split(/[\s,]+/), ...(key === undefined ? [] : [key])],
    call({ title, text, urgency }, picture) {
      const fields = { title, body: text, type: types[urgency], format: 'text', ...(services && { urls: listed }) };
      return picture ? formCall(url.reveal(), fields, 'attach', picture) : jsonCall(url.reveal(), fields);
    },
    probe: {
      call: getBelow(url.reveal().replace(/\/notify(\/[^/]+)?$/, ''), 'status'),
      shows: 'It answers, and is well. Whether its services do shows with the first message.',
    },
    verdict: (status) => verdicts(host)[status],
    cure(status) {
      if (status === 401 || status === 403) return 'write its name and password into the address of "apprise" under "tell"';
      return status === 404 ? 'correct the address of "apprise" under "tell"' : undefined;
    },
  };
}

function verdicts(host: string): Readonly<Record<number, Fate>> {
  return {
    // Its word for success means here that it told nobody.
    204: {
      kind: 'failed',
      isRefused: true,
      problem: `${host} knows no services to tell: correct the key in the address of "apprise" under "tell", or "urls" beside it`,
    },
    // Nobody knows which; asked again, it would tell all of them.
    424: { kind: 'let go', because: `some of the services at ${host} failed, and the others would hear it twice (see Apprise's own log)` },
  };
}
