/** What only Apprise says: that some of its services failed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { appriseKey, appriseRules } from '../../../test/kit/receivers/apprise.ts';
import { StandIn } from '../../../test/kit/receivers/stand-in.ts';
import { Telling } from '../../../test/kit/telling.ts';
import { Secret, systemClock } from '../../kernel/index.ts';
import { httpAsk, smtpMail, tryOut } from '../index.ts';

describe('Apprise', () => {
  it('says by its word for success that it knows nobody under that key, which the doctor tells as a problem', async () => {
    await using standIn = await new StandIn(appriseRules(undefined)).open();
    standIn.replyTo = () => ({ status: 204 });
    const ports = { ask: httpAsk({ clock: systemClock, userAgent: 'test' }), mail: smtpMail() };
    const url = new Secret(`${standIn.url}/notify/${appriseKey}`);
    const teller = { kind: 'apprise', url, host: 'apprise.local:8000', about: ['problems'], isPictureSent: false } as const;
    assert.deepEqual(await tryOut(teller, ports, AbortSignal.timeout(5_000)), {
      isWell: false,
      sentence: 'apprise.local:8000 knows no services to tell.',
      cure: 'Correct the key in the address of "apprise" under "tell", or "urls" beside it.',
    });
  });

  it('is not asked again when some of its services failed, since the others would hear it twice', async () => {
    await using standIn = await new StandIn(appriseRules(undefined)).open();
    const url = new Secret(`${standIn.url}/notify/${appriseKey}`);
    using telling = new Telling([{ kind: 'apprise', url, host: 'apprise.local:8000', about: ['problems'], isPictureSent: false }], 0);
    telling.receivers = { ask: httpAsk({ clock: systemClock, userAgent: 'test' }), mail: smtpMail(), pictureOf: async () => undefined };
    standIn.replyTo = () => ({ status: 424, body: { error: 'One or more notification could not be sent', details: [] } });
    telling.put('lost before safe', { source: 'Phone' }, 'Lost.');
    await telling.bring();
    assert.equal(standIn.received.length, 1);
    assert.equal(telling.isAnythingWaiting(), false);
    assert.deepEqual(telling.lines, [
      "Not told any more, since some of the services at apprise.local:8000 failed, and the others would hear it twice (see Apprise's own log): Lost.",
    ]);
  });
});
