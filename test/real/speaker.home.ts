/** A speaker that Home Assistant takes for a Sonos: it is spoken to beside its music, once; where it cannot be, the phone is told. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { FakeSonos } from './kit/fake-sonos.ts';
import { Phone } from './phone.ts';
import { speakerPackages } from './speaker.ts';
import { waitFor } from './wait-for.ts';

describe('a speaker', () => {
  let speaker: FakeSonos;
  let home: RealHomeAssistant;
  let phone: Phone;
  let player: string;
  before(async () => {
    speaker = await FakeSonos.start('Kitchen');
    home = await RealHomeAssistant.start({ packages: speakerPackages(speaker) });
    phone = await Phone.of(home, 'Anna');
    // Nobody is spoken to in an empty house.
    await phone.moveTo('home');
    player = await home.entityOf(speaker.identity.uid);
    await home.waitForState(player, 'idle');
  });
  after(async () => {
    await home[Symbol.asyncDispose]();
    await speaker[Symbol.asyncDispose]();
  });

  const tell = (): readonly unknown[] => [
    'log',
    { speaker: player, quiet: farOff(), volume: 35, about: ['pictures'] },
    { phone: `notify.${phone.action}`, about: ['problems'] },
  ];

  it('is announced to once, finds the words at Home Assistant, and its music goes on', async () => {
    const music = { media_content_type: 'music', media_content_id: 'http://127.0.0.1:9/song.mp3' };
    await home.act('media_player.play_media', { entities: [player], data: music });
    await home.waitForState(player, 'playing');
    await using homeroll = await Homeroll.at(home, { topic: 'aloud', settings: { tell: tell() } });
    await homeroll.house.write('a.jpg');
    homeroll.run();
    const [heard] = await waitFor('an announcement', () => speaker.announcements.length > 0 && speaker.announcements);
    assert.deepEqual([heard?.volume, heard?.contentType], [35, 'audio/mpeg']);
    assert.ok((heard?.bytes.length ?? 0) > 1_000);
    await homeroll.restart();
    await homeroll.hears();
    assert.equal(speaker.announcements.length, 1);
    assert.deepEqual([speaker.state.transport, speaker.state.uri], ['PLAYING', 'http://127.0.0.1:9/song.mp3']);
    assert.deepEqual(
      speaker.commands.map(({ action }) => action),
      ['SetAVTransportURI', 'Play'],
    );
    assert.deepEqual(phone.messages, []);
  });

  it('that is gone is no reason to be silent: the phone is told', async () => {
    const saidBefore = speaker.announcements.length;
    speaker.vanish();
    await home.waitForState(player, 'unavailable');
    await using homeroll = await Homeroll.at(home, { topic: 'instead', settings: { tell: tell() } });
    await homeroll.house.write('b.jpg');
    homeroll.run();
    const message = await phone.gets(/is safe/);
    assert.match(message.message, /1 photo from Phone is safe\./);
    assert.equal(speaker.announcements.length, saidBefore);
  });
});

/** Quiet hours that are not now, wherever the household lives: the test runs at any hour. */
function farOff(): string {
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
  return `${at(12)}-${at(13)}`;
}
