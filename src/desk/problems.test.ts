import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { type AssetId, sha1, type UserId } from '../domain/index.ts';
import { noteHomeRefusal } from '../pipeline/index.ts';
import { noteUnreadable, problemsNow } from './index.ts';

const sources = [{ name: 'Phone', account: 'anna' }];
const now = (home: TestJournal) => problemsNow(home.journal, { sources });

describe('what needs a person now', () => {
  it('is nothing where nothing ran, and nothing where all is well', () => {
    assert.deepEqual(problemsNow(undefined, { sources }), []);
    using home = new TestJournal();
    home.insert({ state: 'safe' });
    home.insert({ state: 'missing' });
    assert.deepEqual(now(home), []);
  });

  it('is what is blocked, by reason, under a key that stays when the number changes', () => {
    using home = new TestJournal();
    home.insert({ state: 'blocked', reason: 'it is too large' });
    assert.deepEqual(now(home), [
      { key: 'blocked: Phone: it is too large', sentence: '1 file from Phone needs you: it is too large.', source: 'Phone' },
    ]);
    home.insert({ state: 'blocked', reason: 'it is too large' });
    home.insert({ state: 'blocked', reason: 'it lies in the trash' });
    assert.deepEqual(
      now(home).map(({ key, sentence }) => [key, sentence]),
      [
        ['blocked: Phone: it is too large', '2 files from Phone need you: it is too large.'],
        ['blocked: Phone: it lies in the trash', '1 file from Phone needs you: it lies in the trash.'],
      ],
    );
  });

  it('stays short, however many reasons there are', () => {
    using home = new TestJournal();
    for (let number = 0; number < 40; number += 1) home.insert({ state: 'blocked', reason: `"${number}.jpg" cannot be read` });
    const problems = now(home);
    assert.equal(problems.length, 6);
    assert.equal(problems.at(-1)?.sentence, '35 more files from Phone need you for other reasons: homeroll files --state blocked');
  });

  for (const { state, is } of [
    { state: 'away', is: true },
    { state: 'asking', is: true },
    { state: 'paused', is: false },
    { state: 'present', is: false },
  ] as const) {
    it(`is ${is ? 'a' : 'no'} source that is ${state}`, () => {
      using home = new TestJournal();
      home.journal.sources.update(home.sourceId, { state, reason: 'it is so' });
      assert.deepEqual(now(home), is ? [{ key: `${state}: Phone`, sentence: 'It is so.', source: 'Phone' }] : []);
    });
  }

  it('is an account that stands still, a permission or a quota that it lacks, a step that rests: each cause once', () => {
    using home = new TestJournal();
    const { facts } = home.journal;
    facts.set('key refused: anna', 'Account "anna" stands still.');
    for (const feature of ['albums', 'new albums']) {
      facts.set(`hindered: anna ${feature}`, 'album.create');
      facts.set(`rests: anna ${feature}`, 'The key lacks "album.create".');
    }
    facts.set('rests: anna upload', 'So it is with one file after the other.');
    facts.set('rests: ben upload', 'No source goes to ben.');
    assert.deepEqual(now(home), [
      { key: 'key refused: anna', sentence: 'Account "anna" stands still.' },
      { key: 'rests: anna: upload', sentence: 'So it is with one file after the other.' },
      { key: 'rests: anna: album.create', sentence: 'The key lacks "album.create".' },
    ]);
  });

  it('is a Home Assistant that does not take the token, until it does', () => {
    using home = new TestJournal();
    noteHomeRefusal(home.journal, 'Home Assistant refuses the token.');
    assert.deepEqual(now(home), [{ key: 'home assistant', sentence: 'Home Assistant refuses the token.' }]);
    noteHomeRefusal(home.journal, undefined);
    assert.deepEqual(now(home), []);
  });

  it('is what could not be read, a part that is away, and what is damaged where nobody has another copy', () => {
    using home = new TestJournal();
    const { journal, sourceId } = home;
    noteUnreadable(journal, sourceId, ['/phone/secret cannot be read']);
    const lost = { pathBase64: Buffer.from('card').toString('base64'), standsOn: '{}', awaySinceMs: 1 };
    journal.facts.set(`mounts: ${sourceId}`, JSON.stringify([lost, { ...lost, awaySinceMs: undefined }]));
    const { id } = journal.sources.ensureAccount('anna', 'anna' as UserId, 1);
    const bytes = sha1('1'.repeat(40));
    journal.sources.update(sourceId, { accountId: id });
    journal.contents.markStored(id, bytes, { assetId: 'asset' as AssetId, sourceId, nowMs: 1 });
    journal.contents.markBroken(id, bytes, 2);
    const problems = now(home);
    assert.deepEqual(
      problems.map(({ key }) => key.slice(0, 17)),
      ['part away: Phone:', 'unreadable: Phone', 'damaged: Phone'],
    );
    assert.match(problems[0]?.sentence ?? '', /^Nothing is mounted at \/phone\/card/);
    assert.equal(problems[1]?.sentence, '/phone/secret cannot be read.');
  });

  it('leaves out sources that are not configured', () => {
    using home = new TestJournal();
    home.insert({ state: 'blocked', reason: 'it is too large' });
    assert.deepEqual(problemsNow(home.journal, { sources: [] }), []);
  });
});
