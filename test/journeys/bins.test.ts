/** What was thrown away is not sent, costs no watch, and is told where it waited; marks in folders are asked about. With real processes. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { FaultPlan } from '../../src/practice/index.ts';
import { House } from './house.ts';
import { until } from './program.ts';

/** How many folders a process watches, as the kernel counts them. */
function watchesOf(pid: number): number {
  const folder = `/proc/${pid}/fdinfo`;
  return readdirSync(folder).reduce((total, fd) => {
    try {
      return total + (readFileSync(`${folder}/${fd}`, 'utf8').match(/^inotify /gm)?.length ?? 0);
    } catch {
      return total; // closed meanwhile
    }
  }, 0);
}

/** Immich takes nothing while this lasts. */
const refused: FaultPlan['faults'] = [{ endpoint: 'POST /assets', fault: { kind: 'status', status: 500 } }];

describe('a share with bins, snapshots and thumbnails', () => {
  it('has its own pictures made safe, and nothing else sent or watched', { skip: process.platform !== 'linux' }, async () => {
    await using house = await House.open();
    for (let number = 0; number < 300; number++) await mkdir(house.path(`Camera/@eaDir/IMG_${number}.jpg`), { recursive: true });
    for (const name of ['#recycle/a.jpg', '.zfs/snapshot/daily/b.jpg', 'Camera/@eaDir/IMG_1.jpg/SYNOPHOTO_THUMB_M.jpg', 'Camera/.nfs0001a'])
      await house.write(name);
    for (const name of ['Camera/c.jpg', 'Trash/d.jpg', 'snapshot/e.jpg']) await house.write(name);
    const homeroll = house.start(['run']);
    await until(async () => Object.values(await house.places()).filter((state) => state === 'safe').length === 3, 'all three are safe');
    // The root, Camera, Trash, snapshot, .zfs; and one that looks after the settings.
    assert.ok(watchesOf(homeroll.pid) <= 6, `${watchesOf(homeroll.pid)} folders are watched`);
    await house.move('Camera/c.jpg', '#recycle/c.jpg');
    await until(async () => !('Camera/c.jpg' in (await house.places())), 'it left');
    const doctor = await house.say('doctor');
    assert.match(doctor.stdout, /Left alone in it, with all that they hold: .*#recycle \(a bin, 1×\)/);
    assert.equal((await homeroll.kill('SIGTERM')).code, 0);
    assert.equal((await house.immich.assets()).length, 3);
    assert.deepEqual(house.letterbox.told('lost before safe'), []);
  });

  it('is taken back by name, and told once when it is left alone again', async () => {
    await using house = await House.open({ faults: refused });
    await house.write('.snapshots/a.jpg');
    await house.write('b.jpg');
    await house.configure({ ignore: { not: ['.snapshots'] } });
    await house.once();
    assert.deepEqual(Object.keys(await house.places()).sort(), ['.snapshots/a.jpg', 'b.jpg']);
    await house.configure();
    await house.once();
    await house.once();
    const [told, ...more] = house.letterbox.told('left alone');
    assert.match(told ?? '', /^1 photo from Phone that waited is no longer sent: "\.snapshots" is left alone \(snapshots\)/);
    assert.deepEqual([more, house.letterbox.told('lost before safe')], [[], []]);
    assert.equal((await house.why('.snapshots/a.jpg')).state, 'unwanted');
    await house.configure({ ignore: { not: ['.snapshots'] } });
    await house.server.comeBack([]);
    await house.once();
    assert.deepEqual(await house.places(), { '.snapshots/a.jpg': 'safe', 'b.jpg': 'safe' });
  });

  it('has a name refused that is none, with the one that was meant', async () => {
    await using house = await House.open();
    await house.configure({ ignore: { not: ['.snapshot s'] } });
    const { stdout, stderr, code } = await house.say('check-config');
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /"\.snapshot s" is not one of the names that are left alone\. Did you mean "\.snapshots"\?/);
  });
});

describe('a mark in a folder of wanted pictures', () => {
  it('changes nothing until its owner answers', async () => {
    await using house = await House.open();
    await house.write('Camera/a.jpg');
    await house.once();
    await house.write('Camera/.nomedia', '');
    await house.write('Camera/b.jpg');
    assert.match((await house.say('once')).stdout, /would leave 1 file of Phone alone/);
    assert.equal((await house.places())['Camera/b.jpg'], 'safe');
    assert.match((await house.say('status')).stdout, /would\s+leave\s+1\s+file\s+of\s+Phone\s+alone/);
    assert.match(house.letterbox.told('mark asked').join(), /homeroll let-go/);
    const answer = await house.say('let-go', house.path('Camera/.nomedia'));
    assert.match(answer.stdout, /The mark counts from now on/, answer.stderr);
    await house.write('Camera/c.jpg');
    await house.once();
    assert.equal((await house.places())['Camera/c.jpg'], undefined);
    assert.match((await house.say('why', house.path('Camera/c.jpg'))).stderr, /"Camera\/\.nomedia" says so; nomedia: ignore takes it back/);
    assert.doesNotMatch((await house.say('status')).stdout, /would\s+leave/);
  });
});
