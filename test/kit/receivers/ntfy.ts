/** ntfy's rules, by https://docs.ntfy.sh/publish/ and the answers of its server. */
import { isPicture, jsonOf, must, type Received, type Rules, textOf } from './stand-in.ts';

export const ntfyTopic = 'homeroll-of-our-house';
export const ntfyToken = 'tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2';

const documented = ['topic', 'message', 'title', 'tags', 'priority', 'actions', 'click', 'attach', 'markdown', 'icon', 'filename', 'delay'];
const mostBytes = 4_096;

export const ntfyRules: Rules = async (received) => {
  const { method, path, headers } = received;
  if (method === 'GET' && path === '/v1/health') return { reply: { status: 200, body: { healthy: true } } };
  must(headers.authorization === `Bearer ${ntfyToken}`, 'the token is a Bearer');
  const { topic, title, message, priority, tags, picture } = path === '/' ? published(received) : attached(received);
  must(/^[-_A-Za-z0-9]{1,64}$/.test(topic), 'a topic has letters, digits, - and _');
  must(['POST', 'PUT'].includes(method), 'POST or PUT');
  must(Buffer.byteLength(message) <= mostBytes, 'a longer message becomes a file');
  must([1, 2, 3, 4, 5].includes(priority), 'priorities go from 1 to 5');
  must(
    tags.every((tag) => ['white_check_mark', 'warning', 'rotating_light'].includes(tag)),
    'tags are names of emoji',
  );
  return { shown: { title, text: message, isQuiet: priority <= 2, picture }, reply: { status: 200, body: { id: 'x', event: 'message' } } };
};

function published(received: Received) {
  must(received.body.length <= 2 * mostBytes, 'the JSON is not larger than twice the longest message');
  const { topic, title, message, priority, tags } = jsonOf(received, documented);
  must(typeof priority === 'number' && Array.isArray(tags), 'priority is a number, tags are a list');
  return {
    topic: textOf(topic, 'topic'),
    title: textOf(title, 'title'),
    message: textOf(message, 'message'),
    priority,
    tags: tags as string[],
    picture: undefined,
  };
}

/** A file is the body; all the rest may stand in the address. */
function attached({ path, query, body }: Received) {
  for (const name of query.keys()) must(documented.includes(name), `"${name}" is not documented`);
  must(isPicture(body), 'the file is the body');
  must(/\.(jpg|png)$/.test(query.get('filename') ?? ''), 'a file has a name that says what it is');
  return {
    topic: path.slice(1),
    title: query.get('title') ?? '',
    message: query.get('message') ?? '',
    priority: Number(query.get('priority')),
    tags: (query.get('tags') ?? '').split(','),
    picture: body,
  };
}
