/** Makes for each receiver what sends its messages. */
import type { EmailTeller, ReceiverTeller } from '../../config/index.ts';
import { assertNever, type Clock } from '../../kernel/index.ts';
import type { Ask } from '../http-ask.ts';
import { appriseForm } from './apprise.ts';
import { discordForm } from './discord.ts';
import { overMail } from './email.ts';
import type { Form } from './form.ts';
import { gotifyForm } from './gotify.ts';
import { ntfyForm } from './ntfy.ts';
import { overHttp, type Send } from './over-http.ts';
import type { MailPort } from './smtp.ts';
import { telegramForm } from './telegram.ts';

export interface SendParts {
  readonly ask: Ask;
  readonly mail: MailPort;
  readonly clock: Pick<Clock, 'now'>;
}

export function sendOf(teller: ReceiverTeller, { ask, mail, clock }: SendParts): Send {
  return teller.kind === 'email' ? overMail(teller, mail) : overHttp(formOf(teller), ask, clock);
}

/** Of all that are spoken to over HTTP. */
export function formOf(teller: Exclude<ReceiverTeller, EmailTeller>): Form {
  switch (teller.kind) {
    case 'ntfy':
      return ntfyForm(teller);
    case 'gotify':
      return gotifyForm(teller);
    case 'discord':
      return discordForm(teller);
    case 'telegram':
      return telegramForm(teller);
    case 'apprise':
      return appriseForm(teller);
    default:
      return assertNever(teller);
  }
}
