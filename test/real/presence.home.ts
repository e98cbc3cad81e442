/** Comings and goings of a real person start sources and let others go on; what only looks like one starts nothing. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { Phone } from './phone.ts';
import { waitFor } from './wait-for.ts';

describe('who comes and goes', () => {
  let home: RealHomeAssistant;
  let phone: Phone;
  before(async () => {
    home = await RealHomeAssistant.start({ packages: { house: 'input_boolean:\n  backup: { name: Backup }\n' } });
    phone = await Phone.of(home, 'Anna');
  });
  after(() => home[Symbol.asyncDispose]());

  it('starts the sources that wait for it, each for its own, and a restart of Home Assistant starts none', async () => {
    await phone.moveTo('away');
    const sources = [
      { name: 'Phone', when: { arrives: phone.person, for: '1 s' } },
      { name: 'Scanner', when: { everyone: 'away', for: '1 s' } },
    ];
    await using homeroll = await Homeroll.at(home, { topic: 'comings', sources });
    const { house } = homeroll;
    await house.write('a.jpg');
    await house.write('a.jpg', 'a scan', 'Scanner');
    homeroll.run();
    await homeroll.hears();
    await phone.moveTo('home');
    await homeroll.isAt('a.jpg', 'safe');
    // That everybody was away already when Homeroll came was no leaving.
    assert.deepEqual(
      (await house.files()).map(({ source }) => source),
      ['Phone'],
    );
    await house.write('b.jpg');
    await phone.moveTo('away');
    await homeroll.isAt('a.jpg', 'safe', 'Scanner');
    assert.deepEqual(await house.places(), { 'a.jpg': 'safe' });

    await phone.moveTo('home');
    await homeroll.isAt('b.jpg', 'safe');
    await house.write('c.jpg');
    await house.write('b.jpg', 'another scan', 'Scanner');
    await home.stop();
    await home.startAgain();
    await home.waitForState(phone.person, 'home');
    await homeroll.hears();
    await phone.moveTo('away');
    await homeroll.isAt('b.jpg', 'safe', 'Scanner');
    assert.deepEqual((await house.files()).map(({ path }) => path.replace(`${house.folder}/`, '')).toSorted(), [
      'Phone/a.jpg',
      'Phone/b.jpg',
      'Scanner/a.jpg',
      'Scanner/b.jpg',
    ]);
  });

  it('lets work go on only while it is so, and says what it waits for', async () => {
    await phone.moveTo('home');
    const sources = [{ name: 'Phone', 'only while': { everyone: 'away', for: '1 s' } }];
    await using homeroll = await Homeroll.at(home, { topic: 'limits', sources });
    const { house } = homeroll;
    await house.write('a.jpg');
    homeroll.run();
    await waitFor('the file is noticed', async () => 'a.jpg' in (await house.places()));
    const waits = await waitFor(
      'it says what it waits for',
      async () => (await house.why('a.jpg')).now.find((sentence) => sentence.includes('until everybody is away')),
      () => house.why('a.jpg'),
    );
    assert.match(waits, /waits until everybody is away/);
    assert.deepEqual(await house.immich.assets(), []);
    await phone.moveTo('away');
    await homeroll.isAt('a.jpg', 'safe');
    await phone.moveTo('home');
    // Once at its start, and now.
    await waitFor('it rests', () => [...homeroll.said.matchAll(/rests until everybody is away/g)].length === 2);
    await house.write('b.jpg');
    await waitFor('the file is noticed', async () => 'b.jpg' in (await house.places()));
    assert.notEqual((await house.places())['b.jpg'], 'safe');
    await phone.moveTo('away');
    await homeroll.isAt('b.jpg', 'safe');
  });

  it('is one way among others: a switch of the house, the time, one who leaves, or the first to come home', async () => {
    const sources = [
      { name: 'Phone', when: { entity: 'input_boolean.backup', is: 'on' } },
      { name: 'Scanner', when: { schedule: '* * * * *' } },
      { name: 'Card', when: { leaves: phone.person, for: '1 s' } },
      { name: 'Camera', when: { someone: 'home', for: '1 s' } },
    ];
    await phone.moveTo('home');
    await using homeroll = await Homeroll.at(home, { topic: 'others', sources });
    await homeroll.house.write('a.jpg');
    await homeroll.house.write('a.jpg', 'a scan', 'Scanner');
    homeroll.run();
    await homeroll.hears();
    await home.turn('input_boolean.backup', 'on');
    await homeroll.isAt('a.jpg', 'safe');
    for (const name of ['Card', 'Camera']) await homeroll.house.write('a.jpg', `a picture of the ${name}`, name);
    await phone.moveTo('away');
    await homeroll.isAt('a.jpg', 'safe', 'Card');
    assert.equal(
      (await homeroll.house.files()).some(({ source }) => source === 'Camera'),
      false,
    );
    await phone.moveTo('home');
    await homeroll.isAt('a.jpg', 'safe', 'Camera');
    // At the next full minute.
    await homeroll.isAt('a.jpg', 'safe', 'Scanner');
  });
});
