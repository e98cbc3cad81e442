/** Mails go through a real SMTP server, once each, with nothing secret in the log and no password without TLS. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { headerIn, MailServer, mailPassword, mailUser, reply } from '../../../test/kit/receivers/mail-server.ts';
import { Telling } from '../../../test/kit/telling.ts';
import { selfSigned } from '../../../test/real/kit/self-signed.ts';
import type { EmailTeller, SmtpServer } from '../../config/index.ts';
import { Secret, systemClock } from '../../kernel/index.ts';
import { httpAsk, type Picture, smtpMail } from '../index.ts';

const noon = Date.parse('2026-07-05T10:00:00Z');
const hour = 3_600_000;
const to = 'anna@house.example';
const picture: Picture = { type: 'image/jpeg', bytes: Buffer.from('ffd8ffe0001122', 'hex') };
const login = { user: new Secret(mailUser), password: new Secret(mailPassword) };

interface Wish {
  readonly server?: MailServer;
  readonly smtp?: Partial<SmtpServer>;
  readonly isPictureSent?: boolean;
  readonly answerMs?: number;
}

async function open({ server = new MailServer(), smtp = {}, isPictureSent = false, answerMs = 5_000 }: Wish = {}) {
  await server.open();
  const teller: EmailTeller = {
    kind: 'email',
    to: new Secret(to),
    from: new Secret(mailUser),
    host: `mail.example:${server.port}`,
    smtp: { name: '127.0.0.1', port: server.port, isTls: false, login, ...smtp },
    about: ['pictures', 'problems'],
    isPictureSent,
  };
  const telling = new Telling([teller], noon);
  telling.receivers = {
    ask: httpAsk({ clock: systemClock, userAgent: 'homeroll/test' }),
    mail: smtpMail({ answerMs }),
    pictureOf: async () => picture,
  };
  return {
    server,
    telling,
    [Symbol.asyncDispose]: async () => {
      telling[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

function assertHidden({ kept, lines }: Telling): void {
  const files = readdirSync(kept.stateFolder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const said = [...lines.map((line) => Buffer.from(line)), ...files.map(({ name }) => readFileSync(join(kept.stateFolder, name)))];
  const secrets = [mailPassword, Buffer.from(mailPassword).toString('base64'), mailUser, to];
  for (const secret of secrets) assert.ok(!said.some((bytes) => bytes.includes(secret)), lines.join());
}

describe('a mail', () => {
  it('says the news in plain words, and is no more than one', async () => {
    await using house = await open();
    house.telling.put('lost before safe', { source: 'Phone' }, 'Größe.jpg left the disk before it was safe. Look for it.');
    await house.telling.bring();
    await house.telling.bring();
    const [mail, ...none] = house.server.mails;
    assert.ok(mail && none.length === 0);
    assert.deepEqual([mail.sender, mail.recipients], [mailUser, [to]]);
    assert.equal(mail.text.trim(), 'Größe.jpg left the disk before it was safe. Look for it.');
    const header = (name: string) => headerIn(mail.headers, name);
    assert.deepEqual(
      [header('subject'), header('from'), header('to'), header('auto-submitted'), header('importance').toLowerCase()],
      ['Größe.jpg left the disk before it was safe.', `Homeroll <${mailUser}>`, to, 'auto-generated', 'high'],
    );
    assert.match(header('message-id'), /^<[-0-9a-f]+\.homeroll@house\.example>$/);
    assert.deepEqual(mail.pictures, []);
  });

  it('has no header that a name brought along', async () => {
    await using house = await open();
    house.telling.put('source away', { source: 'Phone' }, 'Bcc: eve@evil.example\r\nBcc: eve@evil.example\n\nis away');
    await house.telling.bring();
    const [mail] = house.server.mails;
    assert.deepEqual(mail?.recipients, [to]);
    assert.equal(headerIn(mail?.headers ?? [], 'bcc'), '');
    assert.equal(headerIn(mail?.headers ?? [], 'subject'), 'Bcc: eve@evil.example Bcc: eve@evil.example is away');
  });

  it('brings a picture where the owner asked for it, and none otherwise', async () => {
    for (const isPictureSent of [true, false]) {
      await using house = await open({ isPictureSent });
      house.telling.putBatch('Phone', 1);
      await house.telling.bring();
      assert.deepEqual(
        house.server.mails.map(({ text, pictures }) => [text.trim(), pictures.map((one) => one.equals(picture.bytes))]),
        [['1 photos from Phone are safe.', isPictureSent ? [true] : []]],
      );
    }
  });

  it('is the same mail when it is sent again because its answer was lost', async () => {
    await using house = await open();
    house.server.ending = 'hangs up';
    house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
    await house.telling.bring();
    house.server.ending = undefined;
    house.telling.nowMs += hour;
    await house.telling.bring();
    const ids = house.server.mails.map(({ headers }) => headerIn(headers, 'message-id'));
    assert.equal(ids.length, 2);
    assert.equal(new Set(ids).size, 1);
    assert.equal(house.telling.isAnythingWaiting(), false);
  });

  it('is let go of at once when Homeroll ends, and sent by the next run', async () => {
    await using house = await open();
    house.server.ending = 'says nothing';
    house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
    const stop = new AbortController();
    const running = house.telling.deliveries().run(stop.signal);
    while (house.server.mails.length === 0) await systemClock.sleep(5, AbortSignal.timeout(5_000));
    stop.abort();
    await running;
    assert.deepEqual([house.telling.isAnythingWaiting(), house.telling.lines], [true, []]);
  });

  it('waits for a server that never says what became of it, and is the same mail then', async () => {
    await using house = await open({ answerMs: 200 });
    house.server.ending = 'says nothing';
    house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
    await house.telling.bring();
    assert.match(house.telling.lines.join(), /mail\.example:\d+ does not answer/);
    house.server.ending = undefined;
    house.telling.nowMs += hour;
    await house.telling.bring();
    assert.equal(new Set(house.server.mails.map(({ headers }) => headerIn(headers, 'message-id'))).size, 1);
  });

  it('goes later when the server does not take it now', async () => {
    await using house = await open();
    house.server.refusal = { at: 'recipient', error: reply(451, '4.7.1 Greylisted, try again later') };
    house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
    for (let days = 0; days < 3; days++) {
      await house.telling.bring();
      house.telling.nowMs += 24 * hour;
    }
    assert.match(house.telling.lines.join(), /does not take the mail now \("Greylisted, try again later"\)\.$/);
    house.server.refusal = undefined;
    await house.telling.bring();
    assert.equal(house.server.mails.length, 1);
  });

  for (const { at, error, told } of [
    {
      at: 'recipient',
      error: reply(550, `5.1.1 <${to}>: Recipient address rejected: User unknown`),
      told: /refuses the mail \("<…>: Recipient address rejected: User unknown"\): correct "email" or "from" under "tell"/,
    },
    {
      at: 'login',
      error: reply(535, '5.7.8 Username and Password not accepted.'),
      told: /refuses the mail \("Username and Password not accepted"\): correct "user" and "password"/,
    },
    { at: 'login', error: reply(535, `no ${mailPassword} here`), told: /refuses the mail \(reply 535\): correct "user"/ },
    {
      at: 'recipient',
      error: reply(530, '5.7.0 Authentication required'),
      told: /\("Authentication required"\): write "user" and "password"/,
    },
    { at: 'mail', error: reply(554, `5.7.1 Spam from ${mailUser}`), told: /refuses the mail \("Spam from …"\)/ },
  ] as const) {
    it(`that is refused (${error.message.replaceAll(mailPassword, 'PASSWORD')}) is given up after a day, with the reason and no secret`, async () => {
      await using house = await open();
      house.server.refusal = { at, error };
      house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
      await house.telling.bring();
      assert.match(house.telling.lines.join(), told);
      house.telling.nowMs += 25 * hour;
      await house.telling.bring();
      assert.equal(house.telling.isAnythingWaiting(), false);
      assertHidden(house.telling);
    });
  }

  it('is not tried again at once with a password that was refused, whatever else there is to tell', async () => {
    await using house = await open();
    house.server.refusal = { at: 'login', error: reply(535, '5.7.8 no') };
    house.telling.put('lost before safe', { source: 'Phone' }, 'One.');
    house.telling.put('lost before safe', { source: 'Phone' }, 'Two.');
    await house.telling.bring();
    house.telling.nowMs += 890_000;
    await house.telling.bring();
    assert.equal(house.server.passwords.length, 1);
    house.server.refusal = undefined;
    house.telling.nowMs += 11_000;
    await house.telling.bring();
    assert.equal(house.server.mails.length, 2);
  });

  it('waits while no server is there', async () => {
    await using house = await open();
    await house.server[Symbol.asyncDispose]();
    house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
    await house.telling.bring();
    assert.match(house.telling.lines.join(), /mail\.example:\d+ cannot be reached \(ECONNREFUSED\)/);
    assert.equal(house.telling.isAnythingWaiting(), true);
    assertHidden(house.telling);
  });

  // Linux takes it for this machine, and Homeroll for another.
  const elsewhere = '0.0.0.0';

  it('takes no password to another machine without TLS', async () => {
    await using house = await open({ server: new MailServer({ disabledCommands: ['STARTTLS'] }), smtp: { name: elsewhere } });
    house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
    await house.telling.bring();
    assert.deepEqual([house.server.passwords, house.server.mails], [[], []]);
    assert.match(house.telling.lines.join(), /offers no TLS, and the password is not sent without/);
  });

  for (const { way, server, isTls } of [
    { way: 'within the conversation', server: () => new MailServer({ hideSTARTTLS: false, ...selfSigned('mail.example') }), isTls: false },
    { way: 'from the first byte on', server: () => new MailServer({ secure: true, ...selfSigned('mail.example') }), isTls: true },
  ]) {
    it(`takes no password to a server with a certificate that nobody knows, ${way}`, async () => {
      await using house = await open({ server: server(), smtp: { name: elsewhere, isTls } });
      house.telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
      await house.telling.bring();
      assert.deepEqual([house.server.passwords, house.server.mails], [[], []]);
      assert.match(house.telling.lines.join(), /has a certificate that cannot be trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    });
  }
});
