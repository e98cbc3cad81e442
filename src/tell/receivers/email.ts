/** A mail in plain words, by the owner's mail server. Sent again, it is the same mail to every mailbox that looks at its Message-ID. */
import type { EmailTeller } from '../../config/index.ts';
import { cutText, oneLine, type ReceiverMessage, sentencesOf } from '../../domain/index.ts';
import type { Fate } from '../bringer.ts';
import { type Picture, pictureName } from './form.ts';
import type { Sent } from './over-http.ts';
import { shownReason } from './reason.ts';
import type { Mail, Mailed, MailPort } from './smtp.ts';
import type { Refusal } from './sort-answer.ts';

const mostOfSubject = 150;
// A password that was refused is not tried again at once: after a few times providers lock the mailbox.
const restAfterLogInMs = 900_000;

export function overMail(teller: EmailTeller, { send }: MailPort) {
  return async (message: ReceiverMessage, picture: Picture | undefined, signal: AbortSignal): Promise<Sent> => {
    const mailed = await send(mailOf(message, picture, teller), teller.smtp, signal);
    return { fate: sortMailed(mailed, teller), isForAll: isForAll(mailed) };
  };
}

function mailOf({ id, text, urgency }: ReceiverMessage, picture: Picture | undefined, { to, from }: EmailTeller): Mail {
  const [first = text] = sentencesOf(text);
  const sender = from.reveal();
  return {
    from: { name: 'Homeroll', address: sender },
    to: to.reveal(),
    // On one line: a name with a line break would begin a header of its own.
    subject: cutText(oneLine(first, 2 * mostOfSubject), mostOfSubject),
    text: `${text}\n`,
    messageId: `<${id.replace(/[^A-Za-z0-9-]/g, '')}.homeroll@${sender.split('@')[1] ?? 'localhost'}>`,
    ...(urgency === 'alarm' && { priority: 'high' }),
    ...(picture && { picture: { name: pictureName(picture), ...picture } }),
  };
}

/** What comes after it fares no better. */
function isForAll(mailed: Mailed): boolean {
  return mailed.kind === 'failed' && (mailed.reply === undefined || mailed.code === 'EAUTH' || mailed.code === 'ETLS');
}

function sortMailed(mailed: Mailed, teller: EmailTeller): Fate {
  const trouble = mailTrouble(mailed, teller, 'the mail');
  if (!trouble) return { kind: 'taken' };
  const { isRefused, sentence, cure } = trouble;
  const restMs = mailed.kind === 'failed' && mailed.code === 'EAUTH' ? restAfterLogInMs : 0;
  return { kind: 'failed', isRefused, restMs, problem: cure === undefined ? sentence : `${sentence}: ${cure}` };
}

/** Undefined: all went well. @param what the server was asked to take */
export function mailTrouble(mailed: Mailed, teller: EmailTeller, what: string): Refusal | undefined {
  const { host } = teller;
  if (mailed.kind === 'taken') return undefined;
  const { code, reply, response } = mailed;
  const lasting = reply === undefined || reply >= 500 ? lastingTrouble(code) : undefined;
  if (lasting) return { isRefused: true, sentence: `${host} ${lasting.sentence}`, cure: lasting.cure };
  if (reply === undefined) {
    return { isRefused: false, sentence: `${host} ${code === 'ETIMEDOUT' ? 'does not answer' : `cannot be reached (${code})`}` };
  }
  const isRefused = reply >= 500 && reply !== 503;
  const reason = shownReason(withoutAddresses(response, teller), secretsOf(teller));
  const cure = isRefused ? cureOf(code, reply) : undefined;
  const said = reason === undefined ? `reply ${reply}` : `"${reason}"`;
  const sentence = `${host} ${isRefused ? `refuses ${what}` : `does not take ${what} now`} (${said})`;
  return { isRefused, sentence, ...(cure !== undefined && { cure }) };
}

const logIn = 'write "user" and "password" beside "smtp" under "tell"';

/** What went wrong before the server said anything of the mail, and does not mend itself. */
function lastingTrouble(code: string): { readonly sentence: string; readonly cure: string } | undefined {
  if (code === 'ENOAUTH') return { sentence: 'wants a log-in', cure: logIn };
  if (code === 'ETLS') {
    const sentence = 'offers no TLS, and the password is not sent without';
    return { sentence, cure: 'correct the port of "smtp" under "tell", or begin it with smtps://' };
  }
  if (!/CERT|UNABLE_TO|ERR_TLS/.test(code)) return undefined;
  const sentence = `has a certificate that cannot be trusted (${code}), and nothing was sent`;
  return { sentence, cure: 'name the server in "smtp" under "tell" as its certificate does' };
}

function cureOf(code: string, reply: number): string | undefined {
  if (code === 'EAUTH') return 'correct "user" and "password" under "tell"; many providers want a password made for this one app';
  if (reply === 530) return logIn;
  return code === 'EENVELOPE' ? 'correct "email" or "from" under "tell"' : undefined;
}

/** It is known whose mail it is, and an address is nobody's business in a log. */
function withoutAddresses(response: string, { to, from }: EmailTeller): string {
  return [to, from].reduce((said, address) => said.replaceAll(address.reveal(), '…'), response);
}

function secretsOf({ smtp: { login } }: EmailTeller): readonly string[] {
  if (!login) return [];
  const [user, password] = [login.user.reveal(), login.password.reveal()];
  // As they travel when a mail server lets somebody log in.
  return [password, `\0${user}\0${password}`, user];
}
