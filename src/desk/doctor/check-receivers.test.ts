/** The doctor asks receivers whether they are there, and nobody's phone rings. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MailServer, mailPassword, mailUser } from '../../../test/kit/receivers/mail-server.ts';
import { scenes } from '../../../test/kit/receivers/scenes.ts';
import { StandIn } from '../../../test/kit/receivers/stand-in.ts';
import type { Teller } from '../../config/index.ts';
import { Secret, systemClock } from '../../kernel/index.ts';
import { httpAsk, smtpMail } from '../../tell/index.ts';
import { checkReceivers } from './check-receivers.ts';

const receivers = { ask: httpAsk({ clock: systemClock, userAgent: 'test' }), mail: smtpMail({ answerMs: 5_000 }) };

async function says(...tell: readonly Teller[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { verdict, about, sentence, cure = '' } of checkReceivers({ config: { tell }, receivers }, AbortSignal.timeout(20_000)))
    lines.push(`${verdict} ${about}: ${sentence} ${cure}`.trim());
  return lines;
}

for (const scene of scenes) {
  describe(`the doctor about ${scene.kind}`, () => {
    it('finds it well without sending anything', async () => {
      await using standIn = await new StandIn(scene.rules).open();
      const [line = '', ...none] = await says({ kind: 'log' }, scene.teller(standIn.url));
      assert.match(line, new RegExp(`^ok ${scene.kind} at 127\\.0\\.0\\.1:\\d+: \\S.*\\.$`));
      assert.deepEqual([none, standIn.broken, standIn.shown, standIn.received.length], [[], [], [], 1]);
    });

    it('says that it is away', async () => {
      const standIn = await new StandIn(scene.rules).open();
      const teller = scene.teller(standIn.url);
      await standIn[Symbol.asyncDispose]();
      assert.match((await says(teller)).join(), /^problem .* cannot be reached \(ECONNREFUSED\)\.$/);
    });

    it('says why it refuses, and what to do, and nothing secret that it repeats', async () => {
      await using standIn = await new StandIn(scene.rules).open();
      for (const secret of scene.secrets) {
        standIn.replyTo = () => ({ status: 404, body: { error: `no ${secret}`, message: `no ${secret}`, description: `no ${secret}` } });
        const said = (await says(scene.teller(standIn.url))).join();
        assert.match(said, /^problem .*refuses the question \(status 404\)\. (Correct|Make) .*\.$/);
        assert.ok(!said.includes(secret), said);
      }
    });
  });
}

describe('the doctor about a mail server', () => {
  const emailAt = ({ port }: MailServer, password = mailPassword): Teller => ({
    kind: 'email',
    to: new Secret('anna@house.example'),
    from: new Secret(mailUser),
    host: `mail.example:${port}`,
    smtp: { name: '127.0.0.1', port, isTls: false, login: { user: new Secret(mailUser), password: new Secret(password) } },
    about: ['pictures'],
    isPictureSent: false,
  });

  it('logs in, and sends nothing', async () => {
    await using server = await new MailServer().open();
    assert.match((await says(emailAt(server))).join(), /^ok email at mail\.example:\d+: .* answers, and takes the password\.$/);
    assert.deepEqual([server.passwords, server.mails], [[mailPassword], []]);
  });

  it('says that the password is wrong', async () => {
    await using server = await new MailServer().open();
    const said = (await says(emailAt(server, 'hidden wrong'))).join();
    assert.match(
      said,
      /^problem .* refuses the log-in \("Error: authentication failed"\)\. Correct "user" and "password" under "tell"; many/,
    );
    assert.ok(!said.includes('hidden'));
  });

  it('says that it is away', async () => {
    const server = await new MailServer().open();
    const teller = emailAt(server);
    await server[Symbol.asyncDispose]();
    assert.match((await says(teller)).join(), /^problem .* cannot be reached \(ECONNREFUSED\)\.$/);
  });
});
