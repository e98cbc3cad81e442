/** The last safe picture: fetched seldom, drawn late, refused, and never the reason of a second complaint. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { lastPicture } from '../desk/index.ts';
import type { AssetId, State, UserId } from '../domain/index.ts';
import { type FailureKind, ImmichError, type SmallPicture } from '../immich/index.ts';
import { silentLog } from '../kernel/index.ts';
import { PictureKeeper } from './picture.ts';

class Home extends TestJournal {
  constructor() {
    super();
    const { id } = this.journal.sources.ensureAccount('anna', 'anna' as UserId, 1);
    this.journal.sources.update(this.sourceId, { accountId: id });
  }

  becomeSafe(assetId: string, { state = 'safe' as State, kind = 'photo' as const, role = 'main' as 'main' | 'motion' } = {}): void {
    const id = this.insert({ state, kind, role });
    this.journal.files.update(id, { assetId: assetId as AssetId });
    this.journal.history.add(id, { atMs: 1, from: 'stored', to: 'proven' });
  }
}

describe('the last safe picture', () => {
  it('is a still that is safe and configured, the newest', () => {
    using home = new Home();
    const last = (sources = ['Phone'], afterId = 0) => lastPicture(home.journal, sources, afterId).picture?.assetId;
    assert.equal(last(), undefined);
    home.becomeSafe('first');
    home.becomeSafe('half', { role: 'motion' });
    home.becomeSafe('removed', { state: 'letGo' });
    assert.equal(last(), 'first');
    assert.equal(last(['Scanner']), undefined);
    const { lastId } = lastPicture(home.journal, ['Phone'], 0);
    assert.equal(last(['Phone'], lastId), undefined, 'what was looked at is not looked at again');
  });

  /** Lets the keeper live for some hours, by leaps, on these answers of Immich, the last of them again and again. */
  async function live(answers: readonly (SmallPicture | 'none' | FailureKind)[]) {
    using home = new Home();
    const clock = new LeapClock();
    const [asked, said]: [string[], string[]] = [[], []];
    home.becomeSafe('first');
    const keeper = new PictureKeeper({
      journal: home.journal,
      clock,
      sources: ['Phone'],
      log: { ...silentLog, warn: (line) => void said.push(line) },
      fetch: async ({ assetId }) => {
        const answer = answers[Math.min(asked.length, answers.length - 1)] ?? 'none';
        asked.push(assetId);
        if (typeof answer === 'string' && answer !== 'none') throw new ImmichError(answer, `Immich says ${answer}.`);
        return answer;
      },
    });
    const ending = new AbortController();
    const running = keeper.run(ending.signal);
    for (let minute = 0; minute < 20; minute += 1) {
      clock.leap(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    ending.abort();
    await running;
    return { asked: asked.length, said, current: keeper.current };
  }

  const picture: SmallPicture = { type: 'image/jpeg', bytes: Buffer.from('ffd8ff', 'hex') };

  it('is fetched once', async () => assert.deepEqual(await live([picture]), { asked: 1, said: [], current: picture }));

  it('is waited for until it is drawn', async () =>
    assert.deepEqual(await live(['none', 'none', picture]), { asked: 3, said: [], current: picture }));

  it('that nobody ever draws is given up', async () => assert.deepEqual(await live(['none']), { asked: 5, said: [], current: undefined }));

  it('is fetched when Immich is back', async () =>
    assert.deepEqual(await live(['away', 'away', 'busy', picture]), { asked: 4, said: [], current: picture }));

  it('that the key may not see is told of once', async () => {
    const { said, current } = await live(['permission missing']);
    assert.deepEqual([said, current], [['The last safe picture cannot be shown: Immich says permission missing.'], undefined]);
  });
});
