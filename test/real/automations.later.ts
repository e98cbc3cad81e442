/** The automations that docs/home-assistant.md offers to copy: a real Home Assistant takes each, and each does what is said of it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'yaml';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { Phone } from './phone.ts';

type Automation = Readonly<Record<string, unknown>> & { readonly alias: string };

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'home-assistant.md'), 'utf8');
const automations = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)]
  .map(([, yaml = '']) => yaml)
  .filter((yaml) => yaml.includes('triggers:'))
  .map((yaml) => parse(yaml) as Automation);

describe('the automations to copy', () => {
  let home: RealHomeAssistant;
  let homeroll: Homeroll;
  let phone: Phone;
  before(async () => {
    home = await RealHomeAssistant.start();
    phone = await Phone.of(home, 'Anna');
    const sources = [{ name: "Anna's phone", when: 'manual' }, { name: 'Card' }];
    homeroll = await Homeroll.at(home, { topic: 'homeroll', sources });
    await homeroll.house.write('a.jpg', 'one picture', "Anna's phone");
    await homeroll.house.write('b.jpg', 'another picture', 'Card');
    await homeroll.house.server.close();
    homeroll.run();
    await homeroll.entity('back_up', 'card');
    for (const [index, automation] of automations.entries()) await home.automate(`copied_${index}`, automation);
    await homeroll.shows('immich', 'off');
    await homeroll.house.server.comeBack();
  });
  after(async () => {
    await homeroll[Symbol.asyncDispose]();
    await home[Symbol.asyncDispose]();
  });

  const say = (entity: string, state: string): Promise<unknown> => home.rest('POST', `/api/states/${entity}`, { state });
  const idOf = (words: string): Promise<string> => home.entityOf(`copied_${automations.findIndex(({ alias }) => alias.includes(words))}`);

  it('are five', () => assert.equal(automations.length, 5));

  it('say when the card may be erased', async () => {
    const message = await phone.gets(/safe/);
    assert.deepEqual([message.title, message.message], ['The card may be erased', '1 photo from Card is safe.']);
  });

  it('back up a phone that is put on its charger', async () => {
    await say('binary_sensor.anna_phone_is_charging', 'off');
    await say('binary_sensor.anna_phone_is_charging', 'on');
    await homeroll.isAt('a.jpg', 'safe', "Anna's phone");
  });

  it('let Homeroll rest during a film', async () => {
    await say('media_player.living_room', 'idle');
    await say('media_player.living_room', 'playing');
    await homeroll.shows('paused', 'on');
    await home.turn(await homeroll.entity('paused'), 'off');
    await homeroll.shows('paused', 'off');
  });

  it('tell the number on Sunday', async () => {
    await homeroll.shows('safe', '2');
    await home.act('automation.trigger', { entities: [await idOf('Sundays')] });
    assert.equal((await phone.gets(/pictures are safe/)).message, '2 pictures are safe, 0 wait, 0 need somebody.');
  });

  it('warn of what has waited for two days', async () => {
    const since = new Date(Date.now() - 3 * 86_400_000).toISOString();
    await say(await homeroll.entity('oldest_waiting'), since);
    assert.match((await phone.gets(/the oldest for/)).message, /^\d+ pictures wait, the oldest for 3 days\.$/);
  });
});
