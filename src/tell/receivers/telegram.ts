/** Telegram: a bot that writes to a chat (https://core.telegram.org/bots/api#sendmessage). Its token stands in the address. */
import type { TelegramTeller } from '../../config/index.ts';
import { cutText } from '../../domain/index.ts';
import { type Form, jsonCall } from './form.ts';
import { formCall } from './form-data.ts';

const mostOfText = 4_096;
const mostOfCaption = 1_024;
const mostOfTitle = 200;

export function telegramForm({ host, server, chat, token }: TelegramTeller): Form {
  return {
    host,
    secrets: [token.reveal(), ...loginOf(server.reveal())],
    call({ title: whole, text: said, isQuiet }, picture) {
      const title = cutText(whole, mostOfTitle);
      const text = cutText(`${title}\n${said}`, picture ? mostOfCaption : mostOfText);
      // In place of its markup, in which a name could mean something.
      const bold = [{ type: 'bold', offset: 0, length: title.length }];
      if (!picture) {
        const content = { chat_id: chat.reveal(), text, entities: bold, disable_notification: isQuiet };
        return jsonCall(urlOf('sendMessage'), { ...content, link_preview_options: { is_disabled: true } });
      }
      const fields = {
        chat_id: chat.reveal(),
        caption: text,
        caption_entities: JSON.stringify(bold),
        disable_notification: String(isQuiet),
      };
      return formCall(urlOf('sendPhoto'), fields, 'photo', picture);
    },
    // It needs both the token and the chat, and nobody sees it.
    probe: { call: jsonCall(urlOf('getChat'), { chat_id: chat.reveal() }), shows: 'Telegram takes the token, and the bot knows the chat.' },
    cure(status) {
      if (status === 401 || status === 404) return 'correct "token" under "tell": @BotFather in Telegram tells it';
      if (status === 403) return 'write to the bot in Telegram, or let it into the group: it may not speak first';
      return status === 400 ? 'correct the chat ("telegram" under "tell"), and write to the bot once so that it may answer' : undefined;
    },
  };

  function urlOf(method: string): string {
    const url = new URL(server.reveal());
    url.pathname = `${url.pathname.replace(/\/$/, '')}/bot${token.reveal()}/${method}`;
    return url.href;
  }
}

function loginOf(address: string): readonly string[] {
  const { password } = new URL(address);
  return password === '' ? [] : [address];
}
