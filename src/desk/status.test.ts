/** The numbers equal a plain count of the files, whatever happened to them. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { type AssetId, countedAs, type FileId, type State, sha1, stateNames, type UserId } from '../domain/index.ts';
import { type Journal, openJournal } from '../journal/index.ts';
import { glanceAt, hindranceOf, isAnythingUndone, listFiles, reasonsUndone, statesMeant, status } from './index.ts';
import { placeOf } from './whereabouts.ts';

const immich = { reachable: true, version: '3.1.0' };
const stat = { mtimeNs: 0n, ctimeNs: 0n, birthtimeNs: 0n, device: 1n, inode: 1n };

describe('the numbers', () => {
  let folder: string;
  let journal: Journal;
  let count = 0;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeroll-desk-'));
    journal = openJournal(folder, { durability: 'OFF' });
  });
  afterEach(() => {
    journal.close();
    rmSync(folder, { recursive: true });
  });

  const addSource = (name: string) => {
    const source = journal.sources.ensure(name, Buffer.from(`/${name}`));
    journal.sources.update(source.id, { sweptAtMs: 1 });
    return { id: source.id, folderId: journal.sources.ensureFolder(source.id, Buffer.alloc(0)) };
  };
  const addFile = ({ id, folderId }: ReturnType<typeof addSource>, state: State, sizeBytes = 1): FileId => {
    const name = Buffer.from(`${++count}.jpg`);
    return journal.files.insert({
      sourceId: id,
      folderId,
      name,
      stem: name,
      kind: 'photo',
      role: ['held', 'sent', 'left'].includes(state) ? 'sidecar' : 'main',
      stat: { ...stat, sizeBytes },
      seenAtMs: count,
      state,
      rank: 1,
      isReady: false,
    });
  };

  it('add up after any history, in files and in bytes, and leave out sources that are not configured', () => {
    const moves = fc.array(
      fc.record({ source: fc.nat(2), state: fc.constantFrom(...stateNames), bytes: fc.nat(1e9), later: fc.constantFrom(...stateNames) }),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(moves, (made) => {
        const sources = ['A', 'B', 'not configured'].map((name) => addSource(`${name} ${++count}`));
        const names = journal.sources
          .all()
          .slice(-3)
          .map(({ name }) => name);
        const expected = { total: 0, wanted: 0, safe: 0, bytes: 0 };
        for (const { source, state, bytes, later } of made) {
          const at = sources[source];
          if (!at) continue;
          const id = addFile(at, state, bytes);
          journal.files.update(id, { state: later, role: ['held', 'sent', 'left'].includes(later) ? 'sidecar' : 'main' });
          if (source === 2 || countedAs(later) === 'companion') continue;
          expected.total += 1;
          expected.bytes += bytes;
          if (!['unjudged', 'unwanted', 'gone'].includes(countedAs(later))) expected.wanted += 1;
          if (countedAs(later) === 'safe') expected.safe += 1;
        }
        const { files, bytes, sources: each } = status(journal, { sources: names.slice(0, 2), immich });
        assert.deepEqual({ total: files.total, wanted: files.wanted, safe: files.safe, bytes: bytes.total }, expected);
        assert.equal(files.wanted, files.waiting + files.blocked + files.stored + files.safe + files.letGo);
        assert.equal(
          files.total,
          each.reduce((sum, source) => sum + source.files.total, 0),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('tell since when the oldest waits', () => {
    const source = addSource('A');
    const before = count;
    addFile(source, 'safe');
    addFile(source, 'missing');
    addFile(source, 'wanted');
    assert.equal(status(journal, { sources: ['A'], immich }).oldestWaitingSince, new Date(before + 2).toISOString());
  });

  it('tell when something became safe last, and which proof is ordered', () => {
    const { id: sourceId } = addSource('A');
    const { id } = journal.sources.ensureAccount('anna', 'anna' as UserId, 1);
    const now = () => status(journal, { sources: ['A'], immich });
    assert.deepEqual([now().lastSafeAt, now().proof], [null, 'as configured']);
    for (const [digit, provenAtMs] of [
      ['1', 5_000],
      ['2', 3_000],
    ] as const) {
      const bytes = sha1(digit.repeat(40));
      journal.contents.markStored(id, bytes, { assetId: digit as AssetId, sourceId, nowMs: 1 });
      journal.contents.markProven(id, bytes, provenAtMs);
    }
    journal.facts.set('proof ordered', 'sample 5%');
    assert.deepEqual([now().lastSafeAt, now().proof], [new Date(5_000).toISOString(), 'sample 5%']);
    assert.equal(status(journal, { sources: [], immich }).lastSafeAt, null);
  });

  it('are the same at a glance', () => {
    const source = addSource('A');
    addSource('B');
    for (const state of ['safe', 'missing', 'blocked', 'kept'] as const) addFile(source, state, 7);
    journal.facts.set('paused', '1');
    const { files, bytes, paused, proof, sources } = status(journal, { sources: ['B', 'A', 'C'], immich });
    const expected = sources.map(({ name, state, files: own, lastSweptAt, nextRunAt }) => ({
      name,
      state,
      files: own,
      lastSweptAt,
      nextRunAt,
    }));
    assert.deepEqual(glanceAt(journal, ['B', 'A', 'C']), { files, bytes, paused, proof, sources: expected });
  });

  it('are there before anything ever ran', () => {
    const { files, sources } = status(undefined, { sources: ['A'], immich });
    assert.equal(files.total, 0);
    assert.deepEqual(
      sources.map(({ name, state }) => [name, state]),
      [['A', 'new']],
    );
    assert.ok(isAnythingUndone(undefined, ['A']));
  });

  for (const { state, isUndone } of [
    { state: 'noticed', isUndone: true },
    { state: 'missing', isUndone: true },
    { state: 'blocked', isUndone: true },
    { state: 'stored', isUndone: true },
    { state: 'joining', isUndone: true },
    { state: 'unproven', isUndone: false },
    { state: 'kept', isUndone: false },
    { state: 'proven', isUndone: false },
    { state: 'safe', isUndone: false },
    { state: 'letGo', isUndone: false },
    { state: 'unwanted', isUndone: false },
    { state: 'gone', isUndone: false },
    { state: 'left', isUndone: false },
  ] as const) {
    it(`${isUndone ? 'are not done' : 'are done'} while a file is ${state}`, () => {
      const source = addSource('A');
      addFile(source, 'safe');
      addFile(source, state);
      assert.equal(isAnythingUndone(journal, ['A']), isUndone);
    });
  }

  it('are not done while a source is away, in question, or was never looked through', () => {
    const { id } = addSource('A');
    assert.equal(isAnythingUndone(journal, ['A']), false);
    for (const state of ['away', 'asking'] as const) {
      journal.sources.update(id, { state });
      assert.equal(isAnythingUndone(journal, ['A']), true, state);
    }
    assert.equal(isAnythingUndone(journal, ['A', 'B']), true);
  });

  it('come with what keeps a source from being looked after', () => {
    assert.equal(hindranceOf({ name: 'A', state: 'present' }), undefined);
    assert.equal(hindranceOf({ name: 'A', state: 'away', reason: '/a is not there.' }), '/a is not there.');
    const paused = hindranceOf({ name: 'A', state: 'paused', reason: 'paused by the owner' });
    assert.equal(paused, 'A is paused: `homeroll resume --source "A"` goes on.');
  });

  it('come with the reasons of what is not done, each once, and not with those of other files', () => {
    const [source, other] = [addSource('A'), addSource('B')];
    for (const state of ['stored', 'stored', 'blocked', 'unwanted', 'safe'] as const) {
      const id = addFile(source, state);
      const reason = state === 'stored' ? 'The key may not do this.' : `because it is ${state}`;
      journal.files.update(id, { reason });
    }
    journal.files.update(addFile(other, 'blocked'), { reason: 'elsewhere' });
    assert.deepEqual(new Set(reasonsUndone(journal, ['A'])), new Set(['The key may not do this.', 'Because it is blocked.']));
  });

  it('list every file once, page by page, or those of one place', () => {
    const source = addSource('A');
    const wanted: string[] = [];
    journal.transaction(() => {
      for (let index = 0; index < 1_203; index++) {
        addFile(source, index % 2 === 0 ? 'safe' : 'blocked');
        if (index % 2 === 1) wanted.push(`/A/${count}.jpg`);
      }
    });
    assert.equal(new Set([...listFiles(journal, { sources: ['A'] })].map(({ path }) => path)).size, 1_203);
    const states = statesMeant('blocked') ?? [];
    assert.deepEqual(
      [...listFiles(journal, { sources: ['A'], states })].map(({ path }) => path),
      wanted,
    );
  });

  it('say of a file in the list that its answer is awaited', () => {
    const source = addSource('A');
    const [id] = [addFile(source, 'missing'), addFile(source, 'missing')];
    const since = Date.UTC(2026, 0, 1, 12);
    journal.facts.set('answers awaited', JSON.stringify({ atMs: since, files: [{ id, sinceMs: since, untilMs: since + 60_000 }] }));
    const lines = [...listFiles(journal, { sources: ['A'], nowMs: since + 1_000 })];
    assert.deepEqual(
      lines.map(({ awaitsAnswerSince }) => awaitsAnswerSince),
      ['2026-01-01T12:00:00.000Z', null],
    );
  });

  it('name every state by a place that can be asked for', () => {
    for (const state of stateNames) assert.ok(statesMeant(placeOf(state))?.includes(state), state);
    assert.deepEqual(statesMeant('let go'), ['letGo']);
    assert.equal(statesMeant('blokced'), undefined);
  });
});
