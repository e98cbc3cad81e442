import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestJournal } from '../../test/kit/test-journal.ts';
import type { Journal } from '../journal/index.ts';
import { keyedSources } from './source-keys.ts';

/** The keys of sources by these names, each with a folder of its own. */
function keysOf(journal: Journal, ...names: readonly string[]): readonly string[] {
  for (const name of names) journal.sources.ensure(name, Buffer.from(`/${name}`));
  return keyedSources(journal, names).map(({ key }) => key);
}

describe('the key of a source in Home Assistant', () => {
  for (const [name, key] of [
    ['Phone', 'phone'],
    ["Anna's phone", 'annas_phone'],
    ['Großmutters Gerät', 'grossmutters_gerat'],
    ['Мама Телефон', 'mama_telefon'],
    ['相机', 'xiang_ji'],
    ['Ça & là', 'ca_la'],
  ] as const)
    it(`is what Home Assistant makes of its name: ${name} is ${key}`, () => {
      using home = new TestJournal();
      assert.deepEqual(keysOf(home.journal, name), [key]);
    });

  it('is its own, however alike the names are', () => {
    using home = new TestJournal();
    const keys = keysOf(home.journal, 'Oma', 'oma', 'Oma!', 'ОМА', '📷', '🎥');
    assert.equal(new Set(keys).size, 6);
    for (const key of keys) assert.match(key, /^[a-z0-9_]+$/);
    assert.equal(keys[0], 'oma');
  });

  it('stays when the source is renamed, or another comes, or the order is another', () => {
    using home = new TestJournal();
    const { journal } = home;
    assert.deepEqual(keysOf(journal, 'Oma', 'Card'), ['oma', 'card']);
    journal.transaction(() =>
      journal.sources.noteRenames([
        { name: 'Grandma', root: Buffer.from('/Oma') },
        { name: 'Card', root: Buffer.from('/Card') },
      ]),
    );
    journal.sources.ensure('Oma', Buffer.from('/other'));
    assert.deepEqual(
      keyedSources(journal, ['Card', 'Grandma', 'Oma']).map(({ name, key }) => `${name} ${key.replace(/_[0-9a-f]{6}$/, '_…')}`),
      ['Card card', 'Grandma oma', 'Oma oma_…'],
    );
  });

  it('is given to no other source when its own is taken out', () => {
    using home = new TestJournal();
    keysOf(home.journal, 'Oma');
    assert.notEqual(keysOf(home.journal, 'oma!')[0], 'oma');
    assert.deepEqual(
      keyedSources(home.journal, ['Oma']).map(({ key }) => key),
      ['oma'],
    );
  });

  it('is the id of before where an earlier Homeroll looked through the source', () => {
    using home = new TestJournal();
    const { journal } = home;
    for (const name of ['相机', 'Oma', 'oma']) {
      const { id } = journal.sources.ensure(name, Buffer.from(`/${name}`));
      journal.sources.update(id, { sweptAtMs: 1 });
    }
    const keys = keysOf(journal, '相机', 'Oma', 'oma', '照片');
    assert.equal(new Set(keys).size, 4);
    assert.match(keys.join(' '), /^source_dacf07 oma_[0-9a-f]{6} oma_[0-9a-f]{6} zhao_pian$/);
  });
});
