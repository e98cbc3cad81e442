/** What a registered phone is told, and what its buttons do. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FaultPlan } from '../../src/practice/index.ts';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { Phone } from './phone.ts';
import { waitFor } from './wait-for.ts';

const titlesOf = ({ data }: Phone['messages'][number]): readonly string[] => (data?.actions ?? []).map(({ title }) => title);

describe('a phone', () => {
  let home: RealHomeAssistant;
  before(async () => {
    home = await RealHomeAssistant.start();
  });
  after(() => home[Symbol.asyncDispose]());

  const settingsFor = (phone: Phone): Readonly<Record<string, unknown>> => ({ tell: ['log', { phone: `notify.${phone.action}` }] });

  const noticesOf = async ({ topic }: Homeroll): Promise<readonly unknown[]> => {
    const all = (await home.ask({ type: 'persistent_notification/get' })) as readonly { readonly notification_id: string }[];
    return all.filter(({ notification_id: id }) => id.startsWith(`${topic}_`));
  };

  it('is told what is safe, with the picture that Home Assistant shows', async () => {
    const phone = await Phone.of(home, 'Anna');
    // Of any other the practice Immich draws none, and which is safe last is a matter of chance.
    const sources = [{ name: 'Phone', extensions: ['.jpg', '.jpeg', '.png'] }];
    await using homeroll = await Homeroll.at(home, { topic: 'told', sources, settings: settingsFor(phone), mqtt: { picture: true } });
    await homeroll.house.server.close();
    await homeroll.putSamples();
    homeroll.run();
    await homeroll.entity('picture');
    await homeroll.house.server.comeBack();
    const message = await phone.gets(/are safe/);
    assert.equal(message.title, 'Phone');
    assert.equal(message.data?.group, 'homeroll');
    assert.ok(message.data?.tag);
    assert.deepEqual(titlesOf(message), []);
    const { image = '' } = message.data ?? {};
    assert.equal(image, `/api/image_proxy/${await homeroll.entity('picture')}`);
    const response = await waitFor('the picture', async () => {
      const answer = await fetch(home.started.url + image, { headers: { authorization: `Bearer ${home.started.token}` } });
      return answer.ok && answer;
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    assert.match(bytes.subarray(0, 2).toString('hex'), /^(?:ffd8|8950)$/);
    assert.ok(bytes.length <= 200_000, `${bytes.length} bytes`);
  });

  it('has a button that tries again, which does so also after a restart of Homeroll', async () => {
    const phone = await Phone.of(home, 'Ben');
    const faults: FaultPlan['faults'] = [{ endpoint: 'POST /assets', from: 1, fault: { kind: 'status', status: 400 } }];
    await using homeroll = await Homeroll.at(home, { topic: 'retried', faults, settings: settingsFor(phone) });
    await homeroll.house.write('a.jpg');
    homeroll.run();
    const message = await phone.gets(/needs you/);
    assert.deepEqual(titlesOf(message), ['Why?', 'Retry']);
    await homeroll.stop();
    await homeroll.house.server.comeBack();
    homeroll.run();
    await homeroll.hears();
    await phone.answer(message, 'Retry');
    await homeroll.isAt('a.jpg', 'safe');
    // Homeroll that ends before it hears that a message has arrived sends it again: it takes the place of the first.
    const asked = phone.messages.filter(({ message: text }) => /needs you/.test(text));
    assert.equal(new Set(asked.map(({ data }) => data?.tag)).size, 1);
  });

  it('has buttons for what lies in the trash of Immich: restore it, or let it go; meanwhile it hangs in Home Assistant', async () => {
    const phone = await Phone.of(home, 'Carla');
    for (const { button, state } of [
      { button: 'Restore', state: 'safe' },
      { button: 'Let go', state: 'letGo' },
    ]) {
      await using homeroll = await Homeroll.at(home, { topic: `trash_${state.toLowerCase()}`, settings: settingsFor(phone) });
      const content = await homeroll.house.write('a.jpg', `found in the trash: ${state}`);
      await homeroll.house.immich.trash(await homeroll.house.immich.upload('a.jpg', content));
      const { length: before } = phone.messages;
      homeroll.run();
      const message = await waitFor('a message of the trash', () =>
        phone.messages.slice(before).find((one) => titlesOf(one).includes(button)),
      );
      assert.deepEqual(titlesOf(message), ['Why?', 'Restore', 'Let go']);
      await waitFor('it hangs among the notifications', async () => (await noticesOf(homeroll)).length === 1);
      await homeroll.restart();
      await homeroll.hears();
      await phone.answer(message, button);
      await homeroll.isAt('a.jpg', state);
      assert.equal((await homeroll.house.immich.trashed()).length, state === 'safe' ? 0 : 1);
      await waitFor('it hangs there no more', async () => (await noticesOf(homeroll)).length === 0);
    }
  });

  it('is told everything once, though Immich and Homeroll go away in the middle', async () => {
    const phone = await Phone.of(home, 'Dora');
    await using homeroll = await Homeroll.at(home, { topic: 'once', settings: settingsFor(phone) });
    const { house } = homeroll;
    for (let number = 1; number <= 20; number += 1) await house.write(`${number}.jpg`);
    homeroll.run();
    await waitFor('some are stored', async () => (await house.immich.assets()).length > 3);
    await house.server.close();
    await homeroll.kill();
    homeroll.run();
    await house.server.comeBack();
    await phone.gets(/All 20 photos from Phone are safe/);
    await homeroll.restart();
    await homeroll.hears();
    await home.stop();
    await home.startAgain();
    await homeroll.hears();
    assert.equal(phone.messages.filter(({ message }) => /are safe/.test(message)).length, 1);
    assert.equal((await house.immich.assets()).length, 20);
  });
});
