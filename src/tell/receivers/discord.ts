/** Discord: a channel's webhook (https://docs.discord.com/developers/resources/webhook#execute-webhook). */
import type { DiscordTeller } from '../../config/index.ts';
import { cutText } from '../../domain/index.ts';
import { type Form, jsonCall, pictureName } from './form.ts';
import { formCall } from './form-data.ts';

const mostOfAll = 2_000;
const mostOfTitle = 200;
/** No previews of addresses, for which Discord would ask them. */
const noEmbeds = 1 << 2;
/** It arrives without a sound. */
const noNotification = 1 << 12;

export function discordForm({ host, url }: DiscordTeller): Form {
  return {
    host,
    secrets: [url.reveal()],
    call({ title, text, isQuiet }, picture) {
      const address = new URL(url.reveal());
      // Otherwise it answers before it knows whether it can show the message.
      address.searchParams.set('wait', 'true');
      const head = `**${plain(cutText(title, mostOfTitle))}**\n`;
      const body = cutText(text, mostOfAll - head.length, (piece) => plain(piece).length);
      const content = {
        content: `${head}${plain(body)}`,
        // A name such as @everyone in a file's name calls nobody.
        allowed_mentions: { parse: [] },
        flags: isQuiet ? noEmbeds | noNotification : noEmbeds,
      };
      if (!picture) return jsonCall(address.href, content);
      const attachments = [{ id: 0, filename: pictureName(picture) }];
      return formCall(address.href, { payload_json: JSON.stringify({ ...content, attachments }) }, 'files[0]', picture);
    },
    probe: { call: { method: 'GET', url: url.reveal(), headers: { Accept: 'application/json' } }, shows: 'Discord knows the webhook.' },
    cure(status) {
      if (status !== 401 && status !== 403 && status !== 404) return undefined;
      return 'make a new webhook in Discord (the channel\'s settings, Integrations) and put its address into "tell"';
    },
  };
}

/** Markdown as it was meant: as letters. Signs that only count at the beginning of a line are left alone elsewhere. */
function plain(text: string): string {
  return text.replace(/[\\*_~`|<>[\]@:]/g, '\\$&').replace(/^(\s*)([-+#])/gm, '$1\\$2');
}
