/** Discord's rules for a webhook, by https://docs.discord.com/developers/resources/webhook#execute-webhook. */
import { formOf } from './form-of.ts';
import { isPicture, jsonOf, must, onlyKeys, type Rules, textOf } from './stand-in.ts';

export const discordPath = '/api/webhooks/1234567890123456789/hidden-Sx7bJfKq0Zr_W3tYv9aGd5mLc2nPe8uH4iOo1jXk6BQwTs';

const documented = ['content', 'username', 'avatar_url', 'tts', 'embeds', 'allowed_mentions', 'attachments', 'flags', 'thread_name'];
const settable = (1 << 2) | (1 << 12);

export const discordRules: Rules = async (received) => {
  const { method, path, query, headers } = received;
  if (method === 'GET' && path === discordPath) return { reply: { status: 200, body: { id: '1', type: 1, name: 'Homeroll' } } };
  must(method === 'POST' && path === discordPath, 'POST to the webhook');
  must(query.get('wait') === 'true', 'only with wait=true it says whether the message is there');
  const form = /^multipart\/form-data/.test(headers['content-type'] ?? '') ? await formOf(received) : undefined;
  const payload = form ? (JSON.parse(form.fields.payload_json ?? '') as Readonly<Record<string, unknown>>) : jsonOf(received, documented);
  const { content, flags = 0, allowed_mentions: mentions, attachments } = onlyKeys(payload, documented);
  const said = textOf(content, 'content');
  must(said.length <= 2_000, 'content has at most 2000 characters');
  must(typeof flags === 'number' && (flags & ~settable) === 0, 'only these flags can be set');
  must(JSON.stringify(mentions) === '{"parse":[]}', 'nobody is called');
  if (form) {
    onlyKeys(form.fields, ['payload_json']);
    must(form.file?.field === 'files[0]' && isPicture(form.file.bytes), 'a file is called files[n]');
    must(JSON.stringify(attachments) === JSON.stringify([{ id: 0, filename: form.file.name }]), 'attachments name the files');
  }
  const [, title = '', text = ''] = /^\*\*((?:\\.|[^\\*])+)\*\*\n([\s\S]*)$/.exec(said) ?? [];
  must(!/(^|[^\\])(\\\\)*[*_~`|<>@]/.test(text), 'nothing in the text is Markdown');
  const shown = { title: unescaped(title), text: unescaped(text), isQuiet: (flags & (1 << 12)) !== 0, picture: form?.file?.bytes };
  return { shown, reply: { status: 200, body: { id: '1', type: 0, content } } };
};

/** As its clients show it. */
function unescaped(text: string): string {
  return text.replace(/\\([^0-9A-Za-z\s])/g, '$1');
}
