/** Gotify's rules, by https://gotify.net/api-docs (createMessage) and https://gotify.net/docs/msgextras. */
import { jsonOf, must, onlyKeys, type Rules, textOf } from './stand-in.ts';

export const gotifyToken = 'AWjLxvYE1_fb-2i';

export const gotifyRules: Rules = async (received) => {
  const { method, path, headers, query } = received;
  if (method === 'GET' && path === '/health') return { reply: { status: 200, body: { health: 'green', database: 'green' } } };
  must(method === 'POST' && path === '/message', 'POST /message');
  must(headers['x-gotify-key'] === gotifyToken, 'the token is in X-Gotify-Key');
  must([...query.keys()].length === 0, 'nothing stands in the address');
  const { message, title, priority, extras } = jsonOf(received, ['message', 'title', 'priority', 'extras']);
  must(typeof priority === 'number' && Number.isInteger(priority) && priority >= 0 && priority <= 10, 'priority is a whole number to 10');
  const spaces = onlyKeys((extras ?? {}) as Readonly<Record<string, { contentType?: unknown }>>, [
    'client::display',
    'client::notification',
  ]);
  must(['text/plain', 'text/markdown'].includes(String(spaces['client::display']?.contentType)), 'a content type that clients know');
  const shown = { title: textOf(title, 'title'), text: textOf(message, 'message'), isQuiet: priority < 4 };
  return { shown, reply: { status: 200, body: { id: 1, appid: 1, message, title, priority, date: '2026-07-05T10:00:00Z' } } };
};
