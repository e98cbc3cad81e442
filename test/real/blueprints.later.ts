/** The blueprints in packaging/blueprints, imported into a real Home Assistant: what is made of them does what its description says. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { FakeSonos } from './kit/fake-sonos.ts';
import { speakerPackages } from './speaker.ts';
import { waitFor } from './wait-for.ts';

const paths = globSync(join(import.meta.dirname, '..', '..', 'packaging', 'blueprints', '*.yaml'));
const blueprints = Object.fromEntries(
  paths.map((path) => [join('blueprints', 'automation', 'homeroll', basename(path)), readFileSync(path, 'utf8')] as const),
);

const light = `
input_boolean:
  lamp: { name: Lamp }
template:
  - light:
      - name: Hall
        unique_id: hall
        state: "{{ is_state('input_boolean.lamp', 'on') }}"
        turn_on: { action: input_boolean.turn_on, target: { entity_id: input_boolean.lamp } }
        turn_off: { action: input_boolean.turn_off, target: { entity_id: input_boolean.lamp } }
`;

describe('the blueprints', () => {
  let speaker: FakeSonos;
  let home: RealHomeAssistant;
  before(async () => {
    speaker = await FakeSonos.start('Kitchen');
    home = await RealHomeAssistant.start({ packages: { ...speakerPackages(speaker), light }, files: blueprints });
  });
  after(async () => {
    await home[Symbol.asyncDispose]();
    await speaker[Symbol.asyncDispose]();
  });

  it('are taken by Home Assistant, with a name and a description', async () => {
    const list = (await home.ask({ type: 'blueprint/list', domain: 'automation' })) as Readonly<
      Record<string, { readonly error?: string; readonly metadata?: { readonly name: string; readonly description: string } }>
    >;
    const ours = Object.entries(list).filter(([path]) => path.startsWith('homeroll/'));
    assert.deepEqual(ours.map(([path]) => path).toSorted(), paths.map((path) => `homeroll/${basename(path)}`).toSorted());
    assert.deepEqual(
      ours.flatMap(([, { error }]) => error ?? []),
      [],
    );
    for (const [path, { metadata }] of ours) assert.ok(metadata?.name && metadata.description, path);
  });

  it('announce on a speaker what is safe, once, and the music goes on', async () => {
    const player = await home.entityOf(speaker.identity.uid);
    await home.waitForState(player, 'idle');
    await home.act('media_player.play_media', {
      entities: [player],
      data: { media_content_type: 'music', media_content_id: 'http://127.0.0.1:9/song.mp3' },
    });
    await using homeroll = await Homeroll.at(home, { topic: 'announced' });
    await homeroll.house.write('a.jpg');
    await homeroll.house.server.close();
    homeroll.run();
    const input = {
      news: await homeroll.entity('event'),
      speaker: player,
      voice: 'demo',
      volume: 25,
      earliest: '00:00:00',
      latest: '23:59:59',
    };
    await home.automate('announce', { use_blueprint: { path: 'homeroll/announce-when-safe.yaml', input } });
    await homeroll.shows('immich', 'off');
    await homeroll.house.server.comeBack();
    const [heard] = await waitFor('an announcement', () => speaker.announcements.length > 0 && speaker.announcements);
    assert.deepEqual([heard?.volume, heard?.contentType], [25, 'audio/mpeg']);
    assert.equal(speaker.state.transport, 'PLAYING');
    await homeroll.restart();
    await homeroll.shows('connection', 'on');
    await homeroll.shows('safe', '1');
    assert.equal(speaker.announcements.length, 1);
  });

  it('flash a light when there is a problem, and leave it as it was', async () => {
    const turned: string[] = [];
    await home.subscribe({ type: 'subscribe_events', event_type: 'state_changed' }, ({ data }) => {
      const { entity_id, new_state } = data as { readonly entity_id: string; readonly new_state: { readonly state: string } };
      if (entity_id === 'light.hall' && turned.at(-1) !== new_state.state) turned.push(new_state.state);
    });
    await home.waitForState('light.hall', 'off');
    await using homeroll = await Homeroll.at(home, { topic: 'flashed' });
    homeroll.run();
    await homeroll.shows('problem', 'off');
    const input = { problem: await homeroll.entity('problem'), light: 'light.hall', times: 2 };
    const automation = await home.automate('flash', { use_blueprint: { path: 'homeroll/flash-on-problem.yaml', input } });
    const { house } = homeroll;
    const content = 'a picture that somebody threw away';
    await house.immich.trash(await house.immich.upload('a.jpg', content));
    await house.write('a.jpg', content);
    await homeroll.shows('problem', 'on');
    await home.waitForState(automation, ({ attributes }) => Boolean(attributes.last_triggered) && attributes.current === 0);
    assert.deepEqual(turned, ['on', 'off', 'on', 'off']);
    await house.say('let-go', house.path('a.jpg'));
    await homeroll.shows('problem', 'off');
  });
});
