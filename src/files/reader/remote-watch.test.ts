/** The watcher in another process: a folder is called a share by the table of mounts. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LeapClock } from '../../../test/kit/leap-clock.ts';
import { linuxOnly, ShareScene, timeOfDay } from '../../../test/kit/share-scene.ts';
import type { Hint } from '../gather-hints.ts';
import { Readers } from './readers.ts';

const signal = new AbortController().signal;

describe('a watcher in another process', linuxOnly, () => {
  it('hears, and says with its last word that it hears no more', async () => {
    await using scene = new ShareScene();
    const hints: Hint[] = [];
    const lost = Promise.withResolvers<void>();
    const heard = Promise.withResolvers<void>();
    const hear = (hint: Hint): void => {
      hints.push(hint);
      if (hint.kind === 'lost') lost.resolve();
      else heard.resolve();
    };
    const watcher = scene.readers.watcher(scene.disk, { timeOfDay });
    await using _ = await watcher.subscribe(scene.share, hear, signal);
    writeFileSync(scene.path('a.jpg'), 'a');
    await heard.promise;
    assert.deepEqual(hints.at(-1), { kind: 'path', path: Buffer.from('a.jpg') });
    process.kill(scene.pids()[0] ?? 0, 'SIGKILL');
    await lost.promise;
  });

  it('refuses in the words of the watcher', async () => {
    await using scene = new ShareScene();
    const watcher = scene.readers.watcher(scene.disk, { timeOfDay });
    await assert.rejects(
      watcher.subscribe(join(scene.share, 'not there'), () => undefined, signal),
      /found by the regular sweep only/,
    );
  });
});

/** A local folder with a share below it. */
class ShareBelow extends ShareScene {
  readonly clock = new LeapClock(1);
  readonly nas = join(this.share, 'nas');
  readonly around = new Readers({
    clock: this.clock,
    readTable: () => Buffer.from(`1 1 8:1 / / rw - ext4 x rw\n2 1 0:50 / ${this.nas} rw - nfs4 nas:/x rw\n`),
  });

  override async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.around.letGo(), this.clock.leap(2_000)]);
    await super[Symbol.asyncDispose]();
  }
}

describe('a watcher of a folder with a share below', linuxOnly, () => {
  it('is not waited for when that share falls silent while all folders are gone through', async () => {
    await using scene = new ShareBelow();
    mkdirSync(scene.nas);
    const watcher = scene.around.watcher(scene.around.disk({ timeOfDay }), { timeOfDay });
    const listening = watcher
      .subscribe(scene.share, () => undefined, signal)
      .then(
        () => 'it listens',
        (error: unknown) => String(error),
      );
    // The second one is to listen; it is stopped before it has begun to.
    let pids = scene.pids();
    while (pids.length < 2) {
      await sleep(1);
      pids = scene.pids();
    }
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    let said: string | undefined;
    void listening.then((end) => {
      said = end;
    });
    for (let seconds = 0; seconds < 60 && said === undefined; seconds += 1) {
      scene.clock.leap(1_000);
      await sleep(5);
    }
    for (const pid of scene.pids()) process.kill(pid, 'SIGCONT');
    assert.equal(
      said,
      `OwnerError: ${scene.share} cannot be listened to now. ${scene.nas} does not answer since 21:04. Nothing in it counts as deleted; it goes on by itself when it answers again.`,
    );
  });
});
