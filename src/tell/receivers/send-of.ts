/** Makes for each receiver what sends its messages. */
import type { ReceiverTeller } from '../../config/index.ts';
import { assertNever, type Clock } from '../../kernel/index.ts';
import type { Ask } from '../http-ask.ts';
import { discordForm } from './discord.ts';
import type { Form } from './form.ts';
import { gotifyForm } from './gotify.ts';
import { ntfyForm } from './ntfy.ts';
import { overHttp, type Send } from './over-http.ts';
import { telegramForm } from './telegram.ts';

export interface SendParts {
  readonly ask: Ask;
  readonly clock: Pick<Clock, 'now'>;
}

export function sendOf(teller: ReceiverTeller, { ask, clock }: SendParts): Send {
  return overHttp(formOf(teller), ask, clock);
}

function formOf(teller: ReceiverTeller): Form {
  switch (teller.kind) {
    case 'ntfy':
      return ntfyForm(teller);
    case 'gotify':
      return gotifyForm(teller);
    case 'discord':
      return discordForm(teller);
    case 'telegram':
      return telegramForm(teller);
    default:
      return assertNever(teller);
  }
}
