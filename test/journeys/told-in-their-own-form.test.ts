/** A receiver is told by a whole Homeroll, in its own form, with the picture that it may have, whoever dies in between. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { pictureTaken } from '../kit/dated-picture.ts';
import { ntfyRules, ntfyToken, ntfyTopic } from '../kit/receivers/ntfy.ts';
import { StandIn } from '../kit/receivers/stand-in.ts';
import { House } from './house.ts';

const photo = pictureTaken('2024:07:14 12:00:00');

async function openHouse(ntfy: StandIn, wish: Readonly<Record<string, unknown>>): Promise<House> {
  const house = await House.open({ settings: { tell: ['log', { ntfy: `${ntfy.url}/${ntfyTopic}`, token: ntfyToken, ...wish }] } });
  await writeFile(house.path('a.jpg'), photo);
  return house;
}

describe('a receiver in the household', () => {
  it('is told once, with the picture that it may have', async () => {
    await using ntfy = await new StandIn(ntfyRules).open();
    await using house = await openHouse(ntfy, { picture: true });
    const { code, stderr } = await house.once();
    assert.equal(code, 0, stderr);
    await house.once();
    assert.deepEqual(ntfy.broken, []);
    assert.deepEqual(
      ntfy.shown.map(({ title, text, picture }) => [title, text, picture?.equals(photo)]),
      [['Phone', '1 photo from Phone is safe.', true]],
    );
  });

  it('gets no picture that nobody asked for', async () => {
    await using ntfy = await new StandIn(ntfyRules).open();
    await using house = await openHouse(ntfy, {});
    await house.once();
    assert.deepEqual(
      ntfy.received.map(({ body }) => body.includes(photo)),
      [false],
    );
  });

  it('is told again after a crash right after it was told, and its token and topic are said nowhere', async () => {
    await using ntfy = await new StandIn(ntfyRules).open();
    await using house = await openHouse(ntfy, {});
    const { signal } = await house.once({ env: { HOMEROLL_CRASH_AT: 'after a message was answered' } });
    assert.equal(signal, 'SIGKILL');
    ntfy.replyTo = () => ({ status: 403, body: { error: `not ${ntfyToken} for ${ntfyTopic}` } });
    const refused = await house.once();
    const doctor = await house.say('doctor');
    const said = [refused.stdout, refused.stderr, doctor.stdout, doctor.stderr].join('\n');
    assert.match(said, /refuses the message \(status 403\)/);
    assert.ok(!said.includes(ntfyToken) && !said.includes(ntfyTopic), said);
    assert.deepEqual(
      ntfy.shown.map(({ text }) => text),
      ['1 photo from Phone is safe.'],
    );
    assert.equal(ntfy.received.filter(({ method }) => method === 'POST').length, 2);
  });
});
