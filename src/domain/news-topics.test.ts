import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isMeantFor, newsKinds, type Topic, topicsOf } from './news-topics.ts';

const accountOf = (source: string): string | undefined => ({ Phone: 'anna', Scanner: 'family' })[source];
const both: readonly Topic[] = ['pictures', 'problems'];

describe('news', () => {
  it('of every kind that is told somewhere are about something', () => {
    const house = join(import.meta.dirname, '..');
    const told = globSync('{app,pipeline}/**/*.ts', { cwd: house })
      .filter((path) => !path.endsWith('.test.ts'))
      .map((path) => readFileSync(join(house, path), 'utf8'))
      .join('\n');
    for (const kind of newsKinds) {
      assert.ok(told.includes(`'${kind}'`), `nobody tells "${kind}" any more`);
      assert.notDeepEqual(topicsOf({ kind, facts: {} }), []);
    }
  });

  it('of a batch are about problems too, if some of it needs a person', () => {
    assert.deepEqual(topicsOf({ kind: 'batch safe', facts: { blocked: 0 } }), ['pictures']);
    assert.deepEqual(topicsOf({ kind: 'batch safe', facts: { blocked: 2 } }), both);
  });

  it('of a kind that this Homeroll does not know are for everybody', () => {
    assert.deepEqual(topicsOf({ kind: 'of tomorrow', facts: {} }), both);
  });

  for (const { name, audience, news, isHeard } of [
    {
      name: 'pictures by who wants all',
      audience: { about: both },
      news: { kind: 'batch safe', facts: { source: 'Phone' } },
      isHeard: true,
    },
    {
      name: 'no pictures by who wants problems',
      audience: { about: ['problems'] },
      news: { kind: 'batch safe', facts: {} },
      isHeard: false,
    },
    {
      name: 'a batch with somebody needed by who wants problems',
      audience: { about: ['problems'] },
      news: { kind: 'batch safe', facts: { source: 'Phone', blocked: 1 } },
      isHeard: true,
    },
    {
      name: 'no other source',
      audience: { about: both, sources: ['Phone'] },
      news: { kind: 'source away', facts: { source: 'Scanner' } },
      isHeard: false,
    },
    {
      name: "a trouble of the source's account",
      audience: { about: both, sources: ['Phone'] },
      news: { kind: 'key refused', facts: { account: 'anna' } },
      isHeard: true,
    },
    {
      name: "no trouble of another's account",
      audience: { about: both, sources: ['Phone'] },
      news: { kind: 'key refused', facts: { account: 'family' } },
      isHeard: false,
    },
    { name: 'what concerns all', audience: { about: both, sources: ['Phone'] }, news: { kind: 'journal anew', facts: {} }, isHeard: true },
  ] as const)
    it(`are heard: ${name}`, () => assert.equal(isMeantFor(audience, news, accountOf), isHeard));
});
