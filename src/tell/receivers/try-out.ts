/** Asks a receiver whether it could be told, without telling it anything, as far as its maker offers that. */
import type { ReceiverTeller } from '../../config/index.ts';
import type { Ask } from '../http-ask.ts';
import { mailTrouble } from './email.ts';
import { formOf } from './send-of.ts';
import type { MailPort } from './smtp.ts';
import { refusalIn } from './sort-answer.ts';

export interface Tried {
  readonly isWell: boolean;
  /** A whole sentence, with nothing secret in it. */
  readonly sentence: string;
  /** What to do, as a sentence. */
  readonly cure?: string;
}

const mostBytes = 16_384;

/** Rejects only when aborted. */
export async function tryOut(
  teller: ReceiverTeller,
  ports: { readonly ask: Ask; readonly mail: MailPort },
  signal: AbortSignal,
): Promise<Tried> {
  if (teller.kind === 'email') {
    const trouble = mailTrouble(await ports.mail.tryOut(teller.smtp, signal), teller, 'the log-in');
    const shows = `${teller.host} answers${teller.smtp.login ? ', and takes the password' : ''}.`;
    return trouble ? notWell(trouble) : { isWell: true, sentence: shows };
  }
  const form = formOf(teller);
  const refusal = refusalIn(await ports.ask({ ...form.probe.call, mostBytes }, signal), form, 'the question');
  return refusal ? notWell(refusal) : { isWell: true, sentence: form.probe.shows };
}

function notWell({ sentence, cure }: { readonly sentence: string; readonly cure?: string }): Tried {
  return {
    isWell: false,
    sentence: `${sentence}.`,
    ...(cure !== undefined && { cure: `${cure.charAt(0).toUpperCase()}${cure.slice(1)}.` }),
  };
}
