import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import { sha1, type UserId } from '../domain/index.ts';
import type { FilePatch } from './index.ts';

const anySha1 = (digit: string) => sha1(digit.repeat(40));

describe('a mention of a lost file', () => {
  const stat = { sizeBytes: 77, mtimeNs: 5n, ctimeNs: 1n, birthtimeNs: 1n, device: 1n, inode: 1n };
  const [bytes, others] = [{ sha1: anySha1('a') }, { sha1: anySha1('b') }];

  interface Case {
    readonly name: string;
    readonly lost: FilePatch;
    readonly twin: FilePatch;
    /** Otherwise it came after the lost file was seen last, as what was moved does. */
    readonly cameBefore?: true;
    readonly becomes: 'lost' | 'perhaps lost' | 'forgotten';
  }
  for (const { name, lost, twin, cameBefore, becomes } of [
    { name: 'stays when the bytes are nowhere', lost: bytes, twin: others, becomes: 'lost' },
    { name: 'goes when another path holds the bytes', lost: bytes, twin: bytes, becomes: 'forgotten' },
    { name: 'goes when another path held the bytes before', lost: bytes, twin: bytes, cameBefore: true, becomes: 'forgotten' },
    { name: 'goes when neither was read, and size and time agree', lost: {}, twin: { stat }, becomes: 'forgotten' },
    { name: 'goes when it was not read, and size and time agree', lost: {}, twin: { stat, ...bytes }, becomes: 'forgotten' },
    { name: 'stays when what agrees lay there already', lost: {}, twin: { stat }, cameBefore: true, becomes: 'lost' },
    { name: 'stays when what agrees lay there, and was read', lost: {}, twin: { stat, ...bytes }, cameBefore: true, becomes: 'lost' },
    { name: 'waits when the new path is to be read', lost: bytes, twin: { stat }, becomes: 'perhaps lost' },
    { name: 'waits when the new path is not settled', lost: bytes, twin: { stat, state: 'noticed' }, becomes: 'perhaps lost' },
    { name: 'waits when the new path cannot be read now', lost: bytes, twin: { stat, tries: 1 }, becomes: 'perhaps lost' },
    { name: 'stays when the new path cannot be read for long', lost: bytes, twin: { stat, tries: 10 }, becomes: 'lost' },
    { name: 'stays when the new path needs a person', lost: bytes, twin: { stat, state: 'blocked' }, becomes: 'lost' },
    { name: 'goes when the new path is not wanted, and never read', lost: bytes, twin: { stat, state: 'unwanted' }, becomes: 'forgotten' },
    { name: 'stays when only size and time agree', lost: bytes, twin: { stat, ...others }, becomes: 'lost' },
    { name: 'stays when the other path is gone too', lost: bytes, twin: { ...bytes, state: 'gone' }, becomes: 'lost' },
  ] satisfies readonly Case[] as readonly Case[]) {
    it(name, () => {
      using test = new TestJournal();
      const { files, mentions, history } = test.journal;
      const id = test.insert({ state: 'gone', stat });
      const twinId = test.insert({ name: Buffer.from('twin.jpg') });
      files.update(id, lost);
      files.update(twinId, twin);
      for (const one of cameBefore ? [twinId, id] : [id, twinId]) history.add(one, { atMs: 1_000, to: 'noticed' });
      // What has become of either since does not make it older.
      history.add(twinId, { atMs: 1_000, from: 'noticed', to: 'settled' });
      history.add(id, { atMs: 1_000, from: 'noticed', to: 'gone' });
      mentions.add({ id, sourceId: test.sourceId }, 'lost', 1_000);
      mentions.add({ id, sourceId: test.sourceId }, 'lost', 2_000);
      mentions.forgetTurnedUp(test.sourceId);
      assert.equal(mentions.pending()[0]?.kind ?? 'forgotten', becomes);
    });
  }

  it('that may have turned up is decided when the other path was read', () => {
    for (const [sha1, becomes] of [
      [bytes, []],
      [others, ['lost']],
    ] as const) {
      using test = new TestJournal();
      const { files, mentions, history } = test.journal;
      const [id, twinId] = [test.insert({ state: 'gone', stat }), test.insert({ stat })];
      files.update(id, bytes);
      for (const one of [id, twinId]) history.add(one, { atMs: 1_000, to: 'noticed' });
      mentions.add({ id, sourceId: test.sourceId }, 'lost', 1_000);
      mentions.forgetTurnedUp(test.sourceId);
      files.update(twinId, sha1);
      mentions.forgetTurnedUp(test.sourceId);
      assert.deepEqual(
        mentions.pending().map(({ kind }) => kind),
        becomes,
      );
    }
  });

  it('stays for one of two that look alike, when one path turned up', () => {
    using test = new TestJournal();
    const { mentions, history } = test.journal;
    const lost = [test.insert({ state: 'gone', stat }), test.insert({ state: 'gone', stat })];
    for (const id of [...lost, test.insert({ stat })]) history.add(id, { atMs: 1_000, to: 'noticed' });
    for (const id of lost) mentions.add({ id, sourceId: test.sourceId }, 'lost', 1_000);
    mentions.forgetTurnedUp(test.sourceId);
    assert.deepEqual(
      mentions.pending().map(({ kind, count }) => ({ kind, count })),
      [{ kind: 'lost', count: 1 }],
    );
  });

  it('goes when its own path is there again', () => {
    using test = new TestJournal();
    const id = test.insert({ state: 'noticed' });
    test.journal.mentions.add({ id, sourceId: test.sourceId }, 'lost', 1_000);
    test.journal.mentions.forgetTurnedUp(test.sourceId);
    assert.deepEqual(test.journal.mentions.pending(), []);
  });

  it('is counted with its picture: a live photo is one photo, a motion half alone is a video', () => {
    using test = new TestJournal();
    const { mentions } = test.journal;
    const mention = { kind: 'lost', sourceId: test.sourceId } as const;
    const half = test.insert({ kind: 'video', role: 'motion', stem: Buffer.from('IMG'), state: 'gone' });
    mentions.add({ id: half, sourceId: test.sourceId }, 'lost', 1_000);
    assert.deepEqual(mentions.kinds(mention), { photos: 0, videos: 1 });
    mentions.add({ id: test.insert({ stem: Buffer.from('IMG'), state: 'gone' }), sourceId: test.sourceId }, 'lost', 1_000);
    assert.deepEqual(mentions.kinds(mention), { photos: 1, videos: 0 });
  });
});

describe('what is known of a content', () => {
  it('loses its proof with its asset, and keeps it otherwise', () => {
    using test = new TestJournal();
    const { contents, sources } = test.journal;
    const { id } = sources.ensureAccount('anna', 'u-1' as UserId, 1);
    const at = (assetId: string) => ({ assetId: assetId as never, sourceId: test.sourceId, nowMs: 1 });
    contents.markStored(id, anySha1('a'), at('asset-1'));
    contents.markProven(id, anySha1('a'), 2);
    contents.markStored(id, anySha1('a'), at('asset-1'));
    assert.equal(contents.find(id, anySha1('a'))?.provenAtMs, 2);
    contents.markStored(id, anySha1('a'), at('asset-2'));
    assert.equal(contents.find(id, anySha1('a'))?.provenAtMs, undefined);
  });

  it('is let go until the owner says keep', () => {
    using test = new TestJournal();
    const { contents, sources } = test.journal;
    const { id } = sources.ensureAccount('anna', 'u-1' as UserId, 1);
    contents.markStored(id, anySha1('a'), { assetId: 'asset-1' as never, sourceId: test.sourceId, nowMs: 1 });
    contents.markLetGo(id, anySha1('a'), 3, 'word');
    assert.equal(contents.find(id, anySha1('a'))?.letGoAtMs, 3);
    contents.markKeepAsked(id, anySha1('a'));
    const kept = contents.find(id, anySha1('a'));
    assert.deepEqual([kept?.letGoAtMs, kept?.isKeepAsked], [undefined, true]);
  });

  it('is to be told when it was let go by hand, until it is told, said, or taken back', () => {
    using test = new TestJournal();
    const { contents, sources } = test.journal;
    const { id } = sources.ensureAccount('anna', 'u-1' as UserId, 1);
    const isUnheard = () => contents.find(id, anySha1('a'))?.isUnheard;
    const byHand = (): void => contents.markLetGo(id, anySha1('a'), 3, 'hand');
    const byWord = (): void => contents.markLetGo(id, anySha1('a'), 3, 'word');
    const heard = (): void => contents.markHeard(id, anySha1('a'));
    const stored = (): void => contents.markStored(id, anySha1('a'), { assetId: 'asset-1' as never, sourceId: test.sourceId, nowMs: 4 });
    const kept = (): void => contents.markKeepAsked(id, anySha1('a'));
    const cases: readonly [readonly (() => void)[], boolean][] = [
      [[byHand], true],
      [[byHand, byHand], true],
      [[byHand, heard], false],
      [[byHand, heard, byHand], false],
      [[byHand, byWord], false],
      [[byWord, byHand], false],
      [[byHand, kept], false],
      [[byHand, stored], false],
      [[byHand, heard, stored, byHand], true],
      [[byWord, kept, byHand], true],
    ];
    for (const [acts, expected] of cases) {
      stored();
      for (const act of acts) act();
      assert.equal(isUnheard(), expected);
    }
  });
});

describe('batches, news and orders', () => {
  it('a batch takes files until it is closed, and is untold until it is told', () => {
    using test = new TestJournal();
    const { batches } = test.journal;
    const id = batches.begin(test.sourceId, 'fresh', 1_000.7);
    batches.join(id, 2_000);
    assert.deepEqual([batches.open(test.sourceId)?.files, batches.open(test.sourceId)?.lastAtMs], [1, 2_000]);
    batches.close(id, 3_000);
    batches.close(id, 4_000);
    assert.equal(batches.open(test.sourceId), undefined);
    assert.equal(batches.untold()[0]?.closedAtMs, 3_000);
    batches.markTold(id, 5_000);
    assert.equal(batches.isUntold(id), false);
    assert.deepEqual(batches.untold(), []);
  });

  it('news go out once they are due, one way never holding up another', () => {
    using test = new TestJournal();
    const { outbox } = test.journal;
    for (const teller of ['log', 'webhook']) {
      outbox.put({ id: teller, teller, kind: 'batch safe', text: 'All is safe.', facts: { source: 'Phone' }, madeAtMs: 1_000 });
    }
    assert.deepEqual([outbox.due(999, 9).length, outbox.due(1_000, 9).length], [0, 2]);
    outbox.markFailed('webhook', 'no answer', 60_000);
    outbox.markDelivered('log', 2_000);
    assert.deepEqual([outbox.nextDueAtMs(), outbox.nextDueAtMs('log')], [60_000, undefined]);
    assert.equal(outbox.dueFor('webhook', { nowMs: 60_000, longestWaitMs: 60_000, limit: 9 })[0]?.tries, 1);
    const afterSetBack = outbox.dueFor('webhook', { nowMs: 0, longestWaitMs: 100, limit: 9 });
    assert.equal(afterSetBack.length, 1, 'due later than anything waits: the clock was set back');
    outbox.giveUpUnless(['log']);
    assert.equal(outbox.nextDueAtMs(), undefined);
  });

  it('news wait by the timing of their way, are let go of, hurry, and are found again', () => {
    using test = new TestJournal();
    const { outbox } = test.journal;
    const news = { kind: 'batch safe', text: 'All is safe.', facts: { source: 'Phone' }, madeAtMs: 1_000 };
    outbox.put({ ...news, id: 'a', teller: 'phone' });
    outbox.put({ ...news, id: 'b', teller: 'speaker' });
    outbox.postpone('a', 90_000);
    assert.deepEqual([outbox.nextDueAtMs('phone'), outbox.byId('a')?.tries, outbox.byId('a')?.isWaiting], [90_000, 0, true]);
    outbox.makeDue('phone', 5_000);
    assert.deepEqual([outbox.nextDueAtMs('phone'), outbox.nextDueAtMs('speaker')], [5_000, 1_000]);
    outbox.makeDue('speaker', 5_000);
    assert.equal(outbox.nextDueAtMs('speaker'), 1_000, 'what is due already stays so');
    outbox.letGo('b', 'too old');
    outbox.makeDue('speaker', 5_000);
    assert.deepEqual([outbox.nextDueAtMs('speaker'), outbox.byId('b')?.isWaiting], [undefined, false]);
    outbox.postpone('a', 90_000);
    outbox.hurry('a', 6_000);
    assert.deepEqual([outbox.nextDueAtMs('phone'), outbox.byId('a')?.facts], [6_000, { source: 'Phone', isAtOnce: true }]);
    outbox.noteOrder('a', 7);
    assert.equal(outbox.byId('a')?.facts.order, 7);
    assert.deepEqual(
      [outbox.alike(news, 'phone')?.id, outbox.alike({ ...news, madeAtMs: 2 }, 'phone'), outbox.byId('c')],
      ['a', undefined, undefined],
    );
  });

  it('an order waits until it is taken, and keeps its answer', () => {
    using test = new TestJournal();
    const { orders } = test.journal;
    const [pause, sweep] = [orders.give('pause', 'Phone', 1), orders.give('sweep', undefined, 2)];
    assert.deepEqual(orders.waiting(), [
      { id: pause, kind: 'pause', subject: 'Phone' },
      { id: sweep, kind: 'sweep' },
    ]);
    orders.take(pause, 'Paused.', 3);
    assert.deepEqual([orders.answer(pause), orders.answer(sweep), orders.waiting().length], ['Paused.', undefined, 1]);
  });
});
