/** A folder that the system does not let us listen to. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';

const minuteMs = 60_000;

describe('a source that cannot be listened to', () => {
  it('is walked every quarter of an hour, which is said once, and is heard when the system lets us', async () => {
    await using home = await TestHousehold.open({ sources: [{ identity: 'local', when: { kind: 'new media' } }] });
    home.watcher.refusal = new Error('The system lets us watch no more folders.');
    const sweeps = (): number => home.journal.sources.all()[0]?.sweeps ?? 0;
    const running = await home.run();
    await home.until(() => sweeps() === 1);
    await home.write('a.jpg');
    const beganAtMs = home.clock.now();
    await home.until(() => {
      home.clock.leap(minuteMs);
      return sweeps() > 2;
    });
    assert.ok(home.clock.now() - beganAtMs > 20 * minuteMs, 'as seldom as twice in half an hour');
    await home.until(() => home.state('a.jpg') === 'safe');
    // Each try walks through all of the folder.
    assert.ok(home.watcher.refused <= sweeps(), `refused ${home.watcher.refused} times in ${sweeps()} sweeps`);
    assert.deepEqual(home.warnings, ['The system lets us watch no more folders.']);
    home.watcher.refusal = undefined;
    await home.until(() => {
      home.clock.leap(minuteMs);
      return home.watcher.isListening;
    });
    await running.stop();
  });
});
