/** Immich shows the wall clock at which a picture was taken, also where only its name or the disk tells it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { wallClock } from '../../kernel/index.ts';

const zone = 'Europe/Berlin';

async function shownDate(home: TestHousehold, name: string): Promise<string> {
  const { localDateTime } = (await home.byHand('GET', `/assets/${(await home.asset(name)).id}`)) as { localDateTime: string };
  return localDateTime.slice(0, 19);
}

describe('what Immich shows', () => {
  it('is the date in the name, whatever the disk says', async () => {
    await using home = await TestHousehold.open();
    const names = ['Screenshot_20240301-003000.png', 'IMG-20240301-WA0001.jpg'];
    for (const name of names) await home.write(name);
    await home.touch('Screenshot_20240301-003000.png', Date.parse('2024-02-29T23:30:05Z'));
    await home.once();
    assert.equal(await shownDate(home, 'Screenshot_20240301-003000.png'), '2024-03-01T00:30:00');
    assert.equal(await shownDate(home, 'IMG-20240301-WA0001.jpg'), '2024-03-01T12:00:00');
  });

  it('is the wall clock of the disk’s time where nobody knows better', async () => {
    await using home = await TestHousehold.open();
    await home.write('a.jpg');
    await home.touch('a.jpg', Date.parse('2024-02-29T23:30:05Z'));
    await home.once();
    assert.equal(await shownDate(home, 'a.jpg'), '2024-03-01T00:30:05');
  });

  it('is the wall clock of a picture that is as fresh as can be', async () => {
    await using home = await TestHousehold.open();
    const takenMs = Math.floor(Date.now() / 1000) * 1000 - 60_000;
    const local = wallClock(takenMs, zone);
    const name = `Screenshot_${local.replace(/[-:]/g, '').replace('T', '_')}.png`;
    await home.write(name);
    await home.write('fresh.jpg');
    await home.touch('fresh.jpg', takenMs);
    await home.once();
    for (const one of [name, 'fresh.jpg']) assert.equal(await shownDate(home, one), local);
    assert.equal(home.numbers().safe, 2);
  });

  it('is what the owner’s sidecar says, which goes alone', async () => {
    await using home = await TestHousehold.open();
    await home.write('fresh.jpg');
    await home.write('fresh.jpg.xmp', '<x exif:DateTimeOriginal="2019-01-02T03:04:05+01:00"/>');
    await home.once();
    assert.equal(await shownDate(home, 'fresh.jpg'), '2019-01-02T03:04:05');
    assert.equal(home.state('fresh.jpg.xmp'), 'sent');
  });
});
