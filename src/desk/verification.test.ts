import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import type { Config } from '../config/index.ts';
import { type AssetId, sha1, type UserId } from '../domain/index.ts';
import { systemClock } from '../kernel/index.ts';
import { checkProofs } from './doctor/check-proofs.ts';
import { verification } from './verification.ts';

const dayMs = 86_400_000;
const numbered = (digits: string) => sha1(digits.padEnd(40, '0'));
const every = [{ name: 'Phone', proof: { kind: 'every' } }] as const;

/** Contents of the only source, by the start of their SHA-1, with the day of their proof. */
function withContents(home: TestJournal, contents: Readonly<Record<string, number | undefined>>): number {
  const { sources, contents: table } = home.journal;
  const { id } = sources.ensureAccount('anna', 'anna' as UserId, 1);
  sources.update(home.sourceId, { accountId: id });
  for (const [digits, day] of Object.entries(contents)) {
    table.markStored(id, numbered(digits), { assetId: `asset ${digits}` as AssetId, sourceId: home.sourceId, nowMs: 1 });
    if (day !== undefined) table.markProven(id, numbered(digits), day * dayMs);
  }
  return id;
}

describe('the oldest proof', () => {
  it('is that of all that is to be proven', () => {
    using home = new TestJournal();
    const accountId = withContents(home, { '10': 5, '20': undefined, f0: 3 });
    const oldest = (sources: Parameters<typeof verification>[1]) => verification(home.journal, sources, 0).oldestProofAt;
    assert.equal(oldest(every), new Date(3 * dayMs).toISOString());
    assert.equal(oldest([{ name: 'Phone', proof: { kind: 'sample', share: 0.5 } }]), new Date(5 * dayMs).toISOString());
    assert.equal(oldest([{ name: 'Phone', proof: { kind: 'sample', share: 1 } }]), new Date(3 * dayMs).toISOString());
    assert.equal(oldest([{ name: 'Phone', proof: { kind: 'checksum' } }]), null);
    assert.equal(oldest([{ name: 'Card', proof: { kind: 'every' } }]), null);
    home.journal.contents.markLetGo(accountId, numbered('f0'), 1, 'word');
    assert.equal(oldest(every), new Date(5 * dayMs).toISOString(), 'of what was let go nothing is promised');
    assert.equal(verification(undefined, every, 0).oldestProofAt, null);
  });

  it('is worth a look to the doctor when it is older than twice `verify every`', () => {
    using home = new TestJournal();
    withContents(home, { '10': 0 });
    const config = { sources: every, verify: { everyMs: 90 * dayMs, quietHours: { from: '01:00', to: '06:00' } } } as unknown as Config;
    const verdicts = [180, 181].map((day) =>
      checkProofs({ config, journal: home.journal, clock: { ...systemClock, now: () => day * dayMs } }).map(({ verdict }) => verdict),
    );
    assert.deepEqual(verdicts, [['ok'], ['warning']]);
  });
});

describe('what needs a person', () => {
  it('is counted: damaged, asked about, and on no disk any more', () => {
    using home = new TestJournal();
    const accountId = withContents(home, { '10': 1, '20': 1, '30': 1, '40': 1 });
    home.journal.files.update(home.insert({ state: 'blocked' }), { sha1: numbered('10') });
    home.journal.files.update(home.insert({ state: 'gone' }), { sha1: numbered('20') });
    for (const digits of ['10', '20']) home.journal.contents.markBroken(accountId, numbered(digits), 5);
    home.journal.verified.markMissing(accountId, [numbered('30'), numbered('40')], 5);
    home.journal.verified.markAsked(accountId, [numbered('30')], 5);
    const { damaged, damagedOnNoDisk, askedAbout, askedSources } = verification(home.journal, every, 0);
    assert.deepEqual([damaged, damagedOnNoDisk, askedAbout, askedSources], [2, 1, 1, ['Phone']]);
  });
});

describe('what came from a source that is no longer configured', () => {
  it('is counted, and named, so that nobody takes it for looked after', () => {
    using home = new TestJournal();
    const accountId = withContents(home, { '10': 1, '20': undefined, '30': 1 });
    home.journal.contents.markLetGo(accountId, numbered('30'), 5, 'word');
    const leftAlone = (sources: Parameters<typeof verification>[1]) => verification(home.journal, sources, 0).leftAlone;
    assert.deepEqual(leftAlone(every), { count: 0, sources: [] });
    assert.deepEqual(leftAlone([{ name: 'Card', proof: { kind: 'every' } }]), { count: 2, sources: ['Phone'] });
    assert.deepEqual(verification(undefined, every, 0).leftAlone, { count: 0, sources: [] });
  });
});
