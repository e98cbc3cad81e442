/** The rules of Apprise's API, by its README and swagger.yaml (https://github.com/caronc/apprise-api). */
import { formOf } from './form-of.ts';
import { isPicture, jsonOf, must, onlyKeys, type Rules, textOf } from './stand-in.ts';

export const appriseKey = 'hidden-family-key';
export const appriseServices = 'mailto://anna:hidden-word@mail.example, tgram://123:hidden-bot/7';

const documented = ['urls', 'title', 'body', 'type', 'format', 'tag', 'attachment'];

/** @param services undefined: it keeps them under its key */
export const appriseRules =
  (services: string | undefined): Rules =>
  async (received) => {
    const { method, path, headers, query } = received;
    if (method === 'GET' && path === '/status') return { reply: { status: 200, body: { status: { details: ['OK'] } } } };
    if (method === 'GET' && path === `/json/urls/${appriseKey}`) {
      must(query.get('privacy') === '1', 'passwords are not asked for');
      return { reply: { status: 200, body: { tags: [], urls: [{ url: 'mailto://a...n:****@mail.example', tags: [] }] } } };
    }
    must(method === 'POST' && path === (services === undefined ? `/notify/${appriseKey}` : '/notify'), 'POST /notify or /notify/KEY');
    must([...query.keys()].length === 0, 'nothing stands behind the address');
    const form = /^multipart\/form-data/.test(headers['content-type'] ?? '') ? await formOf(received) : undefined;
    const { urls, title, body, type, format } = form ? onlyKeys(form.fields, documented) : jsonOf(received, documented);
    must(urls === services, 'services are named exactly where it keeps none');
    must(['info', 'success', 'warning', 'failure'].includes(String(type)), 'a type that it knows');
    must(['text', 'markdown', 'html'].includes(String(format)), 'a format that it knows');
    if (form) must(form.file?.field === 'attach' && isPicture(form.file.bytes), 'a file is called attach');
    must(String(title).length <= 250 && String(body).length <= 32_768, 'no longer than its API takes');
    const shown = { title: textOf(title, 'title'), text: textOf(body, 'body'), isQuiet: type === 'info', picture: form?.file?.bytes };
    return { shown, reply: { status: 200, body: { error: null, details: [] } } };
  };
