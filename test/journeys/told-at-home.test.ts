/** Phones are told by Home Assistant, at least once and in the same place, and their buttons do what they say, whoever dies in between. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeHomeAssistant } from '../kit/fake-home-assistant.ts';
import { House } from './house.ts';
import { until } from './program.ts';

interface Message {
  readonly title: string;
  readonly message: string;
  readonly data: { readonly tag: string; readonly actions?: readonly { readonly action: string; readonly title: string }[] };
}

const openHouse = (fake: FakeHomeAssistant): Promise<House> =>
  House.open({
    settings: { 'home assistant': { url: fake.url.href, token: 'good' }, tell: [{ phone: 'notify.mobile_app_anna' }] },
  });

const messages = (fake: FakeHomeAssistant): readonly Message[] =>
  fake.heard.filter(({ type, domain }) => type === 'call_service' && domain === 'notify').map((heard) => heard.service_data as Message);

/** The notices that hang. */
function hangingIn(fake: FakeHomeAssistant): ReadonlySet<string> {
  const hung = new Set<string>();
  fake.answers.set('persistent_notification/get', () => [...hung].map((id) => ({ notification_id: id })));
  fake.answers.set('call_service', ({ domain, service, service_data }) => {
    const { notification_id: id } = service_data as { readonly notification_id: string };
    if (domain !== 'persistent_notification') return null;
    if (service === 'create') hung.add(id);
    else hung.delete(id);
    return null;
  });
  return hung;
}

describe('a phone in the household', () => {
  it('is told once of a batch, by the next run that ends if Home Assistant was away', async () => {
    await using fake = await FakeHomeAssistant.open();
    await using house = await openHouse(fake);
    await house.write('a.jpg');
    await fake.stop();
    const { code, stderr } = await house.once();
    assert.equal(code, 0, stderr);
    await fake.start();
    await house.once();
    await house.once();
    assert.deepEqual(
      messages(fake).map(({ title, message }) => [title, message]),
      [['Phone', '1 photo from Phone is safe.']],
    );
  });

  it('is told the same in the same place after a crash right after it was told', async () => {
    await using fake = await FakeHomeAssistant.open();
    await using house = await openHouse(fake);
    await house.write('a.jpg');
    const { signal } = await house.once({ env: { HOMEROLL_CRASH_AT: 'after a phone was told' } });
    assert.equal(signal, 'SIGKILL');
    await house.once();
    const [first, second, ...more] = messages(fake);
    assert.ok(first);
    assert.deepEqual([second, more], [first, []]);
  });

  it('brings a picture back by its button, though Homeroll dies right after it was pressed; and sees the problem go', async () => {
    await using fake = await FakeHomeAssistant.open();
    const hung = hangingIn(fake);
    await using house = await openHouse(fake);
    await house.write('a.jpg', 'the same');
    await house.immich.trash(await house.immich.upload('elsewhere.jpg', 'the same'));
    await house.once();
    const [told] = messages(fake);
    assert.match(told?.message ?? '', /lie in Immich's trash, and were never proven\.$/);
    const restore = told?.data.actions?.find(({ title }) => title === 'Restore')?.action;
    const isListening = (): boolean => fake.heard.some(({ event_type }) => event_type === 'mobile_app_notification_action');
    const doomed = house.start(['run'], { env: { HOMEROLL_CRASH_AT: 'after a button was noted' } });
    await until(async () => isListening() && hung.size === 1, 'it listens, and the problem hangs');
    fake.fire('mobile_app_notification_action', { action: restore });
    assert.equal((await doomed.ended).signal, 'SIGKILL');
    const homeroll = house.start(['run']);
    await until(async () => messages(fake).length > 1, 'the phone is answered');
    const [, answer, ...more] = messages(fake);
    assert.deepEqual(
      [answer?.message, answer?.data.tag, more.length],
      ['1 picture is kept: brought back from the trash, or sent again.', told?.data.tag, 0],
    );
    await until(async () => (await house.places())['a.jpg'] === 'safe', 'it is safe');
    await until(async () => hung.size === 0, 'the problem is taken down');
    await homeroll.kill('SIGTERM');
  });

  it('that cannot be told since Home Assistant refuses the token is told later, and status says why until then', async () => {
    await using fake = await FakeHomeAssistant.open();
    await using house = await openHouse(fake);
    await house.write('a.jpg');
    fake.token = 'another';
    assert.equal((await house.once()).code, 0);
    const says = (await house.say('status')).stdout.replaceAll(/\s+/g, ' ');
    assert.match(says, /Home Assistant refuses the token\. Make a new one \(your profile there, Security\)/);
    fake.token = 'good';
    await house.once();
    assert.equal(messages(fake).length, 1);
    assert.deepEqual((JSON.parse((await house.say('status', '--json')).stdout) as { problems: unknown }).problems, []);
  });
});
