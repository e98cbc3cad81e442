/** A household unlike the tests' own, in a real Home Assistant: names in many scripts, and a zone half an hour apart from the others. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addCalendar, addEntry } from './calendar.ts';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { Phone } from './phone.ts';
import { waitFor } from './wait-for.ts';

const names = ['Grüße & Küsse', 'Мамин телефон', '相机', '📷', "Anna's “new” phone"];
const keys = ['grusse_kusse', 'mamin_telefon', 'xiang_ji', /^source_[0-9a-f]{6}$/, 'annas_new_phone'];

describe('a household with names in many scripts', () => {
  let home: RealHomeAssistant;
  before(async () => {
    home = await RealHomeAssistant.start();
  });
  after(() => home[Symbol.asyncDispose]());

  it('has a device for each source, is told of all of them, and its albums are named as they are in its calendar', async () => {
    const phone = await Phone.of(home, 'Oma');
    const calendar = await addCalendar(home, 'Familie');
    // In UTC it begins at half past six in the evening of the 13th.
    await addEntry(home, calendar, { summary: '媽媽的生日 🎂', from: '2024-06-14', to: '2024-06-15' });
    const settings = { 'time zone': 'Asia/Kolkata', tell: ['log', { phone: `notify.${phone.action}` }] };
    const sources = names.map((name) => ({ name, albums: [{ calendar }] }));
    await using homeroll = await Homeroll.at(home, { topic: 'haushalt', settings, sources });
    for (const name of names) await homeroll.house.write(`IMG_20240614_001500 ${name.length}.jpg`, `of ${name}`, name);
    homeroll.run();
    await homeroll.shows('safe', String(names.length));

    const isOurs = ({ identifiers }: { identifiers: readonly (readonly [string, string])[] }): boolean =>
      identifiers.some(([, id]) => id.startsWith('haushalt-'));
    await waitFor('all devices', async () => (await home.devices()).filter(isOurs).length === names.length);
    const devices = (await home.devices()).filter(isOurs);
    assert.deepEqual(devices.map(({ name }) => name).toSorted(), names.toSorted());
    const found = new Map(devices.map(({ name, identifiers }) => [name, identifiers[0]?.[1]?.slice('haushalt-'.length) ?? '']));
    for (const [index, name] of names.entries()) assert.match(found.get(name) ?? '', new RegExp(keys[index] ?? ''));
    for (const name of names) await homeroll.shows('safe', '1', found.get(name));

    const album = '媽媽的生日 🎂, 14 June 2024';
    await waitFor(
      'the album of the entry',
      async () => ((await homeroll.house.immich.membersByAlbum()) as Record<string, readonly string[]>)[album]?.length === names.length,
      () => homeroll.house.immich.membersByAlbum(),
    );
    const camera = found.get('📷') ?? '';
    await home.turn(await homeroll.entity('paused', camera), 'on');
    await homeroll.shows('paused', 'on', camera);
    for (const name of names.filter((one) => one !== '📷')) await homeroll.shows('paused', 'off', found.get(name));
    await phone.gets(/相机/);
    const { stdout } = await homeroll.house.say('doctor');
    for (const name of names) assert.ok(stdout.includes(name), name);
  });
});
