/** Apprise: its API, which tells services of its own (https://github.com/caronc/apprise-api). */
import type { AppriseTeller } from '../../config/index.ts';
import { cutText, type Urgency } from '../../domain/index.ts';
import { type Form, getBelow, jsonCall } from './form.ts';
import { formCall } from './form-data.ts';

const types: Readonly<Record<Urgency, string>> = { calm: 'info', look: 'warning', alarm: 'failure' };

// What its API takes.
const mostOfTitle = 250;
const mostOfBody = 32_768;

export function appriseForm({ host, url, services }: AppriseTeller): Form {
  const key = /\/notify\/([^/]+)$/.exec(new URL(url.reveal()).pathname)?.[1];
  const root = url.reveal().replace(/\/notify(\/[^/]+)?$/, '');
  const listed = services?.reveal() ?? '';
  return {
    host,
    secrets: [url.reveal(), listed, ...listed.split(/[\s,]+/), ...(key === undefined ? [] : [key])],
    call({ title, text, urgency }, picture) {
      const fields = {
        title: cutText(title, mostOfTitle),
        body: cutText(text, mostOfBody),
        type: types[urgency],
        format: 'text',
        ...(services && { urls: listed }),
      };
      return picture ? formCall(url.reveal(), fields, 'attach', picture) : jsonCall(url.reveal(), fields);
    },
    probe:
      key === undefined
        ? { call: getBelow(root, 'status'), shows: 'It answers, and is well. Whether its services do shows with the first message.' }
        : { call: getBelow(root, `json/urls/${key}`, { privacy: '1' }), shows: 'It answers, and has services to tell.' },
    // Its word for success means here that it told nobody.
    refuses: (status) =>
      status === 204
        ? {
            sentence: 'knows no services to tell',
            cure: 'correct the key in the address of "apprise" under "tell", or "urls" beside it',
          }
        : undefined,
    // Nobody knows which; asked again, it would tell all of them.
    letsGo: (status) =>
      status === 424 ? `some of the services at ${host} failed, and the others would hear it twice (see Apprise's own log)` : undefined,
    cure(status) {
      if (status === 401 || status === 403) return 'write its name and password into the address of "apprise" under "tell"';
      return status === 404 ? 'correct the address of "apprise" under "tell"' : undefined;
    },
  };
}
