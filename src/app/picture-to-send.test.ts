/** The picture that goes with a message: of the right source, from the right library, and never the reason why nobody is told. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import type { AssetId, UserId } from '../domain/index.ts';
import { type FailureKind, type Immich, ImmichError, type SmallPicture } from '../immich/index.ts';
import { silentLog } from '../kernel/index.ts';
import { pictureToSend } from './picture-to-send.ts';

const never = new AbortController().signal;
const small: SmallPicture = { type: 'image/jpeg', bytes: Buffer.from('ffd8ff', 'hex') };

async function ask(answer: SmallPicture | 'none' | FailureKind, { source = 'Phone', times = 1 } = {}) {
  using kept = new TestJournal();
  const { journal } = kept;
  const { id } = journal.sources.ensureAccount('anna', 'anna' as UserId, 1);
  journal.sources.update(kept.sourceId, { accountId: id });
  const file = kept.insert({ state: 'safe' });
  journal.files.update(file, { assetId: 'photo' as AssetId });
  journal.history.add(file, { atMs: 1, from: 'stored', to: 'proven' });
  const [asked, said]: [string[], string[]] = [[], []];
  const immich: Pick<Immich, 'smallPicture'> = {
    smallPicture: async (assetId) => {
      asked.push(assetId);
      if (typeof answer === 'string' && answer !== 'none') throw new ImmichError(answer, `Immich says ${answer}.`);
      return answer;
    },
  };
  const immichOf = (account: string): Immich | undefined => (account === 'anna' ? (immich as Immich) : undefined);
  const pictureOf = pictureToSend({ journal, immichOf, log: { ...silentLog, warn: (line) => void said.push(line) } });
  let got: SmallPicture | undefined;
  for (let time = 0; time < times; time += 1) got = await pictureOf([source], never);
  return { got, asked, said };
}

describe('the picture that goes with a message', () => {
  it('is of the photo that became safe last', async () => {
    assert.deepEqual(await ask(small), { got: small, asked: ['photo'], said: [] });
  });

  it('is of no other source than the message is about', async () => {
    assert.deepEqual(await ask(small, { source: 'Scanner' }), { got: undefined, asked: [], said: [] });
  });

  it('is left out where Immich has none yet, or is away', async () => {
    for (const answer of ['none', 'away'] as const) {
      const { got, said } = await ask(answer);
      assert.deepEqual([got, said], [undefined, []]);
    }
  });

  it('is left out where the key may not see it, which is said once', async () => {
    const { got, said } = await ask('permission missing', { times: 3 });
    assert.deepEqual([got, said], [undefined, ['Messages go without a picture: Immich says permission missing.']]);
  });
});
