import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WatchNames } from './watch-names.ts';

describe('the name under which a folder is watched', () => {
  it('is its own, until the watcher could not let go of it', { skip: process.platform !== 'linux' && 'needs Linux' }, () => {
    const names = new WatchNames();
    assert.equal(names.nameOf('/photos'), '/photos');
    names.spoil('/photos');
    assert.equal(names.nameOf('/photos'), '/proc/self/root/photos');
    assert.equal(names.nameOf('/other'), '/other');
  });

  it('never grows longer than a path may be', () => {
    const names = new WatchNames();
    for (let times = 0; times < 1_000; times += 1) names.spoil('/photos');
    assert.ok(names.nameOf('/photos').length < 2_000);
  });

  it('is given out again only when all that held it has let go', async () => {
    const names = new WatchNames();
    const [one, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const closed = [names.lettingGo('/photos', one.promise), names.lettingGo('/photos', other.promise)];
    let isFree = false;
    const free = names.whenLetGo('/photos').then(() => {
      isFree = true;
    });
    await names.whenLetGo('/other');
    other.resolve();
    await new Promise(setImmediate);
    assert.ok(!isFree);
    one.resolve();
    await Promise.all([...closed, free]);
    await names.whenLetGo('/photos');
  });
});
