/** Hands a mail to a mail server (SMTP). A password goes there over TLS or not at all, but for a server on this very machine. */
import type { SmtpServer } from '../../config/index.ts';
import { type CrashPoints, noCrashPoints } from '../../kernel/index.ts';
import type { Picture } from './form.ts';

export interface Mail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly priority?: 'high';
  readonly picture?: Picture & { readonly name: string };
}

export type Mailed =
  | { readonly kind: 'taken' }
  /** `reply` and `response`: what the server said; undefined and empty where it said nothing of it. */
  | { readonly kind: 'failed'; readonly code: string; readonly reply: number | undefined; readonly response: string };

/** Both reject only when aborted. */
export interface MailPort {
  send(mail: Mail, server: SmtpServer, signal: AbortSignal): Promise<Mailed>;
  /** Logs in and sends nothing. */
  tryOut(server: SmtpServer, signal: AbortSignal): Promise<Mailed>;
}

const patienceMs = 30_000;

/** @param answerMs how long each step of the conversation may take */
export function smtpMail({
  answerMs = patienceMs,
  crashPoints = noCrashPoints,
}: {
  answerMs?: number;
  crashPoints?: CrashPoints;
} = {}): MailPort {
  return {
    async send({ picture, ...mail }, server, signal) {
      const transport = await transportTo(server, answerMs);
      const attachments = picture ? [{ filename: picture.name, content: picture.bytes, contentType: picture.type }] : [];
      // Nobody's "I am on holiday" comes back.
      const headers = { 'Auto-Submitted': 'auto-generated' };
      return heard(signal, async () => {
        crashPoints.reach('before a message is posted');
        await transport.sendMail({ ...mail, headers, attachments, disableFileAccess: true, disableUrlAccess: true, signal });
        crashPoints.reach('after a message was answered');
      });
    },
    async tryOut(server, signal) {
      const transport = await transportTo(server, answerMs);
      return heard(signal, async () => void (await transport.verify()));
    },
  };
}

/** The client is loaded when there is a mail to send: most households have none. */
async function transportTo({ name, port, isTls, login }: SmtpServer, answerMs: number) {
  const { createTransport } = await import('nodemailer');
  const isHere = /^(localhost|127(\.\d+){3}|::1)$/.test(name);
  return createTransport({
    host: name,
    port,
    secure: isTls,
    ...(login && { auth: { user: login.user.reveal(), pass: login.password.reveal() } }),
    // Where no password travels, a mail server of the house may have a certificate that nobody knows.
    ...(login && !isHere ? { requireTLS: true } : isHere ? { ignoreTLS: true } : { opportunisticTLS: true }),
    connectionTimeout: answerMs,
    greetingTimeout: answerMs,
    socketTimeout: answerMs,
  });
}

async function heard(signal: AbortSignal, work: () => Promise<void>): Promise<Mailed> {
  try {
    await work();
    return { kind: 'taken' };
  } catch (error) {
    signal.throwIfAborted();
    const { code = 'no code', originalCode, responseCode, response } = error as Readonly<Record<string, string | number | undefined>>;
    return {
      kind: 'failed',
      code: String(code === 'ESOCKET' || code === 'ECONNECTION' ? (originalCode ?? code) : code),
      reply: typeof responseCode === 'number' ? responseCode : undefined,
      // Without the number, and without the one of RFC 3463.
      response: typeof response === 'string' ? response.replace(/^\d{3}[ -]/, '').replace(/^\d\.\d+\.\d+ /, '') : '',
    };
  }
}
