/** Stands in for the owner's mail server: a real SMTP server that keeps what it takes, read as a mailbox would. */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export const mailUser = 'homeroll@house.example';
export const mailPassword = 'hidden pass"word';

export interface ReceivedMail {
  readonly sender: string;
  readonly recipients: readonly string[];
  /** Names in small letters; a header that comes twice is there twice. */
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
  readonly pictures: readonly Buffer[];
}

/** A refusal as a mail server says it. */
export function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

export class MailServer implements AsyncDisposable {
  readonly mails: ReceivedMail[] = [];
  /** Passwords that came. */
  readonly passwords: string[] = [];
  /** What to refuse at a step, for as long as it stands here. */
  refusal: { readonly at: 'login' | 'recipient' | 'mail'; readonly error: Error } | undefined;
  /** Takes the mail, and is gone before it says so, or never says so. */
  ending: 'hangs up' | 'says nothing' | undefined;
  readonly #server: SMTPServer;

  constructor(options: SMTPServerOptions = {}) {
    const refused = (at: string): Error | null => (this.refusal?.at === at ? this.refusal.error : null);
    this.#server = new SMTPServer({
      hideSTARTTLS: true,
      authOptional: true,
      ...options,
      onAuth: ({ username, password }, _, done) => {
        this.passwords.push(password ?? '');
        const isRight = username === mailUser && password === mailPassword;
        done(refused('login') ?? (isRight ? null : reply(535, '5.7.8 Error: authentication failed')), { user: username });
      },
      onRcptTo: (_, __, done) => done(refused('recipient')),
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const error = refused('mail');
          if (error) {
            done(error);
            return;
          }
          const sender = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          const recipients = envelope.rcptTo.map(({ address }) => address);
          this.mails.push({ sender, recipients, ...read(Buffer.concat(chunks).toString('latin1')) });
          if (this.ending === 'hangs up') this.#hangUp();
          else if (this.ending === undefined) done();
        });
      },
    });
    // A client that does not trust the certificate, or hangs up: what becomes of that is the client's to tell.
    this.#server.on('error', () => undefined);
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  #hangUp(): void {
    for (const connection of this.#server.connections) connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#hangUp();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

function read(raw: string): Pick<ReceivedMail, 'headers' | 'text' | 'pictures'> {
  const { headers, body } = split(raw);
  const boundary = /boundary="?([^";]+)/.exec(headerIn(headers, 'content-type'))?.[1];
  const parts =
    boundary === undefined
      ? [{ headers, body }]
      : body
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((part) => split(part.slice(2)));
  const ofType = (type: string) => parts.filter((part) => headerIn(part.headers, 'content-type').startsWith(type)).map(decoded);
  return { headers, text: ofType('text/plain')[0]?.toString('utf8') ?? '', pictures: ofType('image/') };
}

function split(raw: string): { readonly headers: ReceivedMail['headers']; readonly body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), inWords(line.slice(colon + 1).trim())] as const;
  });
  return { headers, body: raw.slice(end + 4) };
}

export function headerIn(headers: ReceivedMail['headers'], name: string): string {
  return headers.find(([one]) => one === name)?.[1] ?? '';
}

/** Words that are not ASCII (RFC 2047). */
function inWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/(?:=\?utf-8\?([qb])\?([^?]*)\?=)+/gi, (all) =>
      Buffer.concat(
        [...all.matchAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi)].map(([, form = '', text = '']) =>
          form.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : unquoted(text.replaceAll('_', ' ')),
        ),
      ).toString('utf8'),
    );
}

function decoded({ headers, body }: { readonly headers: ReceivedMail['headers']; readonly body: string }): Buffer {
  const form = headerIn(headers, 'content-transfer-encoding').toLowerCase();
  if (form === 'base64') return Buffer.from(body, 'base64');
  return form === 'quoted-printable' ? unquoted(body.replace(/=\r\n/g, '')) : Buffer.from(body, 'latin1');
}

function unquoted(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
