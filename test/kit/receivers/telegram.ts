/** Telegram's rules for a bot, by https://core.telegram.org/bots/api (making requests, sendMessage, sendPhoto). */
import { formOf } from './form-of.ts';
import { isPicture, jsonOf, must, onlyKeys, type Received, type Rules, textOf } from './stand-in.ts';

export const telegramToken = '110201543:hidden-AAHdqTcvCH1vGWJxfSeofSAs0K5';
export const telegramChat = '-1001234567890';

const forBoth = ['chat_id', 'disable_notification', 'protect_content', 'parse_mode', 'reply_markup'];

export const telegramRules: Rules = async (received) => {
  const [, bot, method] = /^\/bot([^/]+)\/(\w+)$/.exec(received.path) ?? [];
  must(received.method === 'POST' && bot === telegramToken, 'POST /bot<token>/METHOD');
  must([...received.query.keys()].length === 0, 'nothing stands behind the address');
  if (method === 'getChat') {
    must(String(jsonOf(received, ['chat_id']).chat_id) === telegramChat, 'the chat');
    return { reply: { status: 200, body: { ok: true, result: { id: Number(telegramChat), type: 'supergroup' } } } };
  }
  must(method === 'sendMessage' || method === 'sendPhoto', 'a method that there is');
  const { chat, text, entities, isQuiet, picture } = method === 'sendPhoto' ? await photo(received) : message(received);
  must(chat === telegramChat, 'the chat');
  const [{ type, offset, length } = { type: '', offset: 1, length: 0 }] = entities;
  must(type === 'bold' && offset === 0 && text[length] === '\n', 'the title is bold');
  const shown = { title: text.slice(0, length), text: text.slice(length + 1), isQuiet, picture };
  return { shown, reply: { status: 200, body: { ok: true, result: { message_id: 1 } } } };
};

interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
}

function message(received: Received) {
  const fields = jsonOf(received, [...forBoth, 'text', 'entities', 'link_preview_options']);
  must(fields.parse_mode === undefined, 'no markup that a name could break');
  const text = textOf(fields.text, 'text');
  must(text.length <= 4_096, '1 to 4096 characters');
  return {
    chat: String(fields.chat_id),
    text,
    entities: fields.entities as readonly Entity[],
    isQuiet: fields.disable_notification === true,
    picture: undefined,
  };
}

async function photo(received: Received) {
  const { fields, file } = await formOf(received);
  onlyKeys(fields, [...forBoth, 'caption', 'caption_entities']);
  const text = textOf(fields.caption, 'caption');
  must(text.length <= 1_024, 'a caption has at most 1024 characters');
  must(file?.field === 'photo' && isPicture(file.bytes), 'the photo is a file');
  const entities = JSON.parse(fields.caption_entities ?? '[]') as readonly Entity[];
  return { chat: String(fields.chat_id), text, entities, isQuiet: fields.disable_notification === 'true', picture: file.bytes };
}
