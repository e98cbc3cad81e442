import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { configJsonSchema } from './json-schema.ts';

describe('the published JSON schema', () => {
  const schema = configJsonSchema();
  // Read back by the library that wrote it: that it is a schema at all, and that it says what ours says.
  const readBack = z.fromJSONSchema(schema);
  const short = { immich: { url: 'http://i', accounts: { me: { key: 'k' } } }, sources: [{ name: 'A', folder: 'a' }] };

  it('takes what an owner writes', () => {
    const [source] = short.sources;
    const long = { ...source, skip: ['*.gif', { 'smaller than': '20 kB' }], proof: 'sample 5%', when: { schedule: '30 2 * * *' } };
    for (const file of [short, { ...short, sources: [long], tell: ['log', { webhook: 'https://x' }, { telegram: 7, token: 't' }] }]) {
      assert.equal(readBack.safeParse(file).success, true);
    }
  });

  for (const [name, file] of Object.entries({
    'an unknown key': { ...short, imich: {} },
    'a key left out': { immich: short.immich },
    'an unknown condition': { ...short, sources: [{ ...short.sources[0], skip: [{ 'smaler than': '20 kB' }] }] },
    'a key that is no text': { ...short, immich: { url: 'http://i', accounts: { me: { key: 7 } } } },
  })) {
    it(`refuses ${name}`, () => assert.equal(readBack.safeParse(file).success, false));
  }

  it('describes every key', () => {
    const undescribed: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('properties' in node && typeof node.properties === 'object' && node.properties) {
        for (const [key, value] of Object.entries(node.properties)) if (!value.description) undescribed.push(`${path}.${key}`);
      }
      for (const [key, value] of Object.entries(node)) walk(value, `${path}.${key}`);
    };
    walk(schema, '');
    assert.deepEqual(undescribed, []);
  });
});
