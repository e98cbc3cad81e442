/** What is renamed in Home Assistant goes on under its new name, and what is not there is not asked for. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { addCalendar, addEntry } from './calendar.ts';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { Phone } from './phone.ts';
import { waitFor } from './wait-for.ts';

describe('names in Home Assistant', () => {
  let home: RealHomeAssistant;
  let phone: Phone;
  before(async () => {
    home = await RealHomeAssistant.start({ packages: { house: 'input_boolean:\n  backup: { name: Backup }\n' } });
    phone = await Phone.of(home, 'Anna');
  });
  after(() => home[Symbol.asyncDispose]());

  const rename = async (from: string, to: string): Promise<void> => {
    await home.ask({ type: 'config/entity_registry/update', entity_id: from, new_entity_id: to });
    await home.waitForState(to, () => true);
  };
  /** It is switched on, once more where Homeroll was not listening to it yet, until the file is safe. */
  const untilSafe = async (homeroll: Homeroll, name: string, entity: string): Promise<void> => {
    const isSafe = homeroll.isAt(name, 'safe').then(() => true);
    do {
      await home.turn(entity, 'off');
      await home.turn(entity, 'on');
    } while (!(await Promise.race([isSafe, sleep(5_000, false)])));
  };

  it('are followed when they change, while Homeroll runs and while it does not, and the owner hears what to write', async () => {
    const source = (entity: string) => ({ name: 'Phone', when: { entity, is: 'on' } });
    const settings = { tell: ['log', { phone: `notify.${phone.action}` }] };
    await using homeroll = await Homeroll.at(home, { topic: 'names', settings, sources: [source('input_boolean.backup')] });
    const { house } = homeroll;
    await house.write('a.jpg');
    homeroll.run();
    await homeroll.hears();
    await untilSafe(homeroll, 'a.jpg', 'input_boolean.backup');

    await rename('input_boolean.backup', 'input_boolean.sicherung');
    await phone.gets(/input_boolean\.backup is called input_boolean\.sicherung in Home Assistant now\..*"when" of Phone/);
    await house.write('b.jpg');
    await untilSafe(homeroll, 'b.jpg', 'input_boolean.sicherung');

    await homeroll.stop();
    await rename('input_boolean.sicherung', 'input_boolean.sauvegarde');
    await house.write('c.jpg');
    homeroll.run();
    await homeroll.hears();
    await phone.gets(/input_boolean\.backup is called input_boolean\.sauvegarde/);
    await untilSafe(homeroll, 'c.jpg', 'input_boolean.sauvegarde');
    const { stdout } = await house.say('doctor');
    assert.match(stdout.replace(/\s+/g, ' '), /input_boolean\.backup is called input_boolean\.sauvegarde in Home Assistant now/);

    await homeroll.configure({ ...settings, sources: [{ ...house.sources[0], ...source('input_boolean.sauvegarde') }] });
    await homeroll.restart();
    await homeroll.hears();
    await house.write('d.jpg');
    await untilSafe(homeroll, 'd.jpg', 'input_boolean.sauvegarde');
    assert.equal(phone.messages.filter(({ message }) => /is called/.test(message)).length, 2);
  });

  it('of calendars too, whose albums stay theirs; one that is missing raises no error there', async () => {
    const calendar = await addCalendar(home, 'Family');
    await addEntry(home, calendar, { summary: "Anna's birthday", from: '2024-06-14', to: '2024-06-15' });
    const albums = (id: string) => [{ calendar: id }, { calendar: 'calendar.nobodys' }];
    await using homeroll = await Homeroll.at(home, { topic: 'calendars', sources: [{ name: 'Phone', albums: albums(calendar) }] });
    const { house } = homeroll;
    const has = (...names: readonly string[]): Promise<unknown> =>
      waitFor(
        `the album with ${names.join()}`,
        async () => JSON.stringify(await house.immich.membersByAlbum()) === JSON.stringify({ "Anna's birthday, 14 June 2024": names }),
        () => house.immich.membersByAlbum(),
      );
    await house.write('IMG_20240614_093000.jpg');
    homeroll.run();
    await has('IMG_20240614_093000.jpg');
    await rename(calendar, 'calendar.familie');
    await waitFor('it is followed', () => /is called calendar\.familie/.test(homeroll.said));
    await house.write('IMG_20240614_100000.jpg');
    await has('IMG_20240614_093000.jpg', 'IMG_20240614_100000.jpg');
    await homeroll.configure({ sources: [{ ...house.sources[0], albums: albums('calendar.familie') }] });
    await homeroll.restart();
    await house.write('IMG_20240614_110000.jpg');
    await has('IMG_20240614_093000.jpg', 'IMG_20240614_100000.jpg', 'IMG_20240614_110000.jpg');
    const said = (await home.ask({ type: 'system_log/list' })) as readonly {
      readonly name: string;
      readonly level: string;
      readonly message: readonly string[];
    }[];
    assert.deepEqual(
      said.filter(({ level, message }) => level === 'ERROR' && JSON.stringify(message).includes('nobodys')),
      [],
    );
  });
});
