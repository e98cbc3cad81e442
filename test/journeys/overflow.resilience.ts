/** Homeroll stands still, as a paused container does, while more changes than the system keeps for it. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { House } from './house.ts';
import { until } from './program.ts';

// No regular sweep comes to the rescue.
const sources = [{ 'sweep every': '1 day' }];
const deadlineMs = 240_000;

describe('a Homeroll that stood still', { skip: process.platform !== 'linux' && 'needs Linux' }, () => {
  it('finds what the system dropped of 12,000 files, and hears the folder that was among it', async () => {
    await using house = await House.open({ sources });
    await house.write('a.jpg');
    const homeroll = house.start(['run'], { deadlineMs });
    await until(async () => (await house.places())['a.jpg'] === 'safe', 'it is at work');
    process.kill(homeroll.pid, 'SIGSTOP');
    await mkdir(house.path('many'));
    for (let number = 0; number < 12_000; number += 1) await writeFile(house.path(`many/${number}.txt`), 'x');
    await house.write('new/deep/b.jpg');
    await sleep(700);
    process.kill(homeroll.pid, 'SIGCONT');
    await until(async () => (await house.places())['new/deep/b.jpg'] === 'safe', 'what was dropped is found');
    assert.equal((await house.status()).files.total, 12_002);
    await house.write('new/deep/c.jpg');
    await until(async () => (await house.places())['new/deep/c.jpg'] === 'safe', 'the folder is heard');
    assert.equal((await homeroll.kill('SIGTERM')).code, 0);
  });

  it('finds what the system dropped after 20,000 writes to two files', async () => {
    await using house = await House.open({ sources: [{ ...sources[0], settle: '1 s' }] });
    await house.write('a.jpg');
    const homeroll = house.start(['run'], { deadlineMs });
    await until(async () => (await house.places())['a.jpg'] === 'safe', 'it is at work');
    process.kill(homeroll.pid, 'SIGSTOP');
    for (let number = 0; number < 20_000; number += 1) await writeFile(house.path(number % 2 === 0 ? 'one.jpg' : 'two.jpg'), `${number}`);
    await house.write('late.jpg');
    await sleep(700);
    process.kill(homeroll.pid, 'SIGCONT');
    await until(async () => {
      const places = await house.places();
      return ['one.jpg', 'two.jpg', 'late.jpg'].every((name) => places[name] === 'safe');
    }, 'all is safe');
    assert.match(homeroll.said, /is looked through once more: Homeroll stood still for \d/);
    assert.equal((await homeroll.kill('SIGTERM')).code, 0);
  });
});
