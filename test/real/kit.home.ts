/** The ground that the other tests stand on: the real Home Assistant, its broker, a phone, a speaker and a calendar do what is asked of them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addCalendar, addEntry } from './calendar.ts';
import { RealHomeAssistant } from './home-assistant.ts';
import { FakeSonos } from './kit/fake-sonos.ts';
import { Phone } from './phone.ts';
import { speakerPackages } from './speaker.ts';
import { waitFor } from './wait-for.ts';

const device = {
  dev: { ids: ['kit'], name: 'Kit' },
  o: { name: 'kit' },
  cmps: { number: { p: 'sensor', name: 'Number', uniq_id: 'kit_number', stat_t: 'kit/number' } },
};

describe('the kit', () => {
  let speaker: FakeSonos;
  let home: RealHomeAssistant;
  before(async () => {
    speaker = await FakeSonos.start('Kitchen');
    home = await RealHomeAssistant.start({ packages: speakerPackages(speaker) });
  });
  after(async () => {
    await home[Symbol.asyncDispose]();
    await speaker[Symbol.asyncDispose]();
  });

  const publish = (topic: string, payload: string): Promise<unknown> =>
    home.act('mqtt.publish', { data: { topic, payload, retain: true } });

  it('makes a device of what is published on its broker', async () => {
    await publish('homeassistant/device/kit/config', JSON.stringify(device));
    await publish('kit/number', '12');
    await home.waitForState(await home.entityOf('kit_number'), '12');
  });

  it('carries messages to a phone and answers back, and follows it about', async () => {
    const phone = await Phone.of(home, 'Anna');
    const answers: unknown[] = [];
    await home.subscribe({ type: 'subscribe_events', event_type: 'mobile_app_notification_action' }, ({ data }) => answers.push(data));
    const data = { tag: 'one', actions: [{ action: 'YES', title: 'Yes' }], action_data: { of: 'this' } };
    await home.act(`notify.${phone.action}`, { data: { message: 'Is it so?', data } });
    const message = await phone.gets(/so/);
    assert.deepEqual(phone.shown, [{ message: 'Is it so?', data }]);
    await phone.answer(message, 'Yes');
    await waitFor('the answer', () => answers.length > 0);
    assert.deepEqual(answers, [{ action: 'YES', tag: 'one', action_data: { of: 'this' } }]);
    await home.act(`notify.${phone.action}`, { data: { message: 'clear_notification', data: { tag: 'one' } } });
    await phone.gets(/clear/);
    assert.deepEqual(phone.shown, []);

    await phone.moveTo('home');
    await home.waitForState('zone.home', '1');
    await phone.moveTo('away');
    await home.waitForState('zone.home', '0');
  });

  it('lets a speaker say something beside its music, and notices when it is gone', async () => {
    const player = await home.entityOf(speaker.identity.uid);
    await home.waitForState(player, 'idle');
    const music = { media_content_type: 'music', media_content_id: 'http://127.0.0.1:9/song.mp3' };
    await home.act('media_player.play_media', { entities: [player], data: music });
    await home.waitForState(player, 'playing');
    const words = 'media-source://tts/demo?message=hello&language=en';
    const clip = { media_content_type: 'music', media_content_id: words, announce: true, extra: { volume: 30 } };
    await home.act('media_player.play_media', { entities: [player], data: clip });
    const [heard] = await waitFor('an announcement', () => speaker.announcements.length > 0 && speaker.announcements);
    assert.deepEqual([heard?.volume, heard?.contentType], [30, 'audio/mpeg']);
    assert.equal(speaker.state.transport, 'PLAYING');
    assert.equal(speaker.state.uri, 'http://127.0.0.1:9/song.mp3');
    speaker.vanish();
    await home.waitForState(player, 'unavailable');
  });

  it('keeps a calendar', async () => {
    const calendar = await addCalendar(home, 'Family');
    await addEntry(home, calendar, { summary: 'Birthday', from: '2024-06-14', to: '2024-06-15' });
    const entries = await home.rest('GET', `/api/calendars/${calendar}?start=2024-06-01T00:00:00Z&end=2024-07-01T00:00:00Z`);
    assert.deepEqual(
      (entries as readonly { summary: string }[]).map(({ summary }) => summary),
      ['Birthday'],
    );
  });
});
