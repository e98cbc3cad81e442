/** Gotify: a message of an application, as JSON (https://gotify.net/docs/pushmsg). It takes no pictures. */
import type { GotifyTeller } from '../../config/index.ts';
import type { Urgency } from '../../domain/index.ts';
import { type Form, getBelow, jsonCall } from './form.ts';

// On Android: to 3 without a sound, to 7 with one, above it insists.
const priorities: Readonly<Record<Urgency, number>> = { calm: 2, look: 5, alarm: 8 };

export function gotifyForm({ host, server, token }: GotifyTeller): Form {
  return {
    host,
    secrets: [server.reveal(), token.reveal()],
    call({ title, text, urgency }) {
      const url = new URL(server.reveal());
      url.pathname = `${url.pathname.replace(/\/$/, '')}/message`;
      // Otherwise an app may read a star in a name as Markdown.
      const extras = { 'client::display': { contentType: 'text/plain' } };
      const content = { title, message: text, priority: priorities[urgency], extras };
      return jsonCall(url.href, content, { 'X-Gotify-Key': token.reveal() });
    },
    probe: { call: getBelow(server.reveal(), 'health'), shows: 'It answers. Whether it takes the token shows with the first message.' },
    cure(status) {
      if (status === 401 || status === 403) return 'correct "token" under "tell": that of an application in Gotify (Apps), not of a client';
      return status === 404 ? 'correct the address of "gotify" under "tell"' : undefined;
    },
  };
}
