/** Our calls and the practice Immich's answers against each official specification that lies beside the checkout. */
import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { startPracticeImmich } from '../../src/practice/index.ts';
import { differencesFrom, type Judge } from './json-schema.ts';
import { judge, tableOf } from './spec.ts';

const dir = resolve(process.env.HOMEROLL_SPECS ?? join(import.meta.dirname, '../../../shared/immich'));
const skip = existsSync(dir) ? false : 'no specifications beside the checkout (HOMEROLL_SPECS names another place)';

describe('what we say to Immich', { skip }, () => {
  for (const file of globSync('openapi-*.json', { cwd: dir })) {
    it(`is as ${file} has it, and so is what the practice Immich answers`, async () => {
      const report = await judge(join(dir, file));
      assert.equal(report.differences, 0, tableOf(report));
      assert.ok(new Set(report.rows.map(({ exchange }) => exchange.by)).size >= 20, 'every method of the client has spoken');
    });
  }
});

describe('the talk with a server', () => {
  it('leaves nothing there, also when it breaks off', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'homeroll-spec-'));
    try {
      const faults = [{ endpoint: 'PUT /tags/assets', nth: 2, fault: { kind: 'status' as const, status: 418 } }];
      await using practice = await startPracticeImmich({ port: 0, dataDir, version: '3.1.0', faults: { seed: 1, faults } });
      const { url, users } = practice;
      const key = users[0]?.key ?? '';
      const file = join(dataDir, 'openapi.json');
      await writeFile(file, JSON.stringify({ info: { version: '3.1.0' }, paths: {}, components: { schemas: {} } }));
      await judge(file, { url, key });
      await assert.rejects(judge(file, { url, key }), /refuses/);
      const ask = async (path: string): Promise<unknown> => (await fetch(`${url}/api/${path}`, { headers: { 'x-api-key': key } })).json();
      assert.deepEqual([await ask('albums'), await ask('tags')], [[], []]);
      assert.partialDeepStrictEqual(await ask('users/me'), { quotaUsageInBytes: 0 });
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

describe('the check against a schema', () => {
  const open: Judge = { resolve: () => ({ type: 'string', format: 'uuid' }), isClosed: false };
  const schema = {
    type: 'object',
    required: ['id', 'count'],
    properties: {
      id: { $ref: '#/x' },
      count: { type: 'integer', minimum: 1 },
      list: { type: 'array', items: { enum: ['a'] } },
      note: { nullable: true, type: 'string' },
    },
  };
  const id = '00000000-0000-4000-8000-000000000000';
  for (const [name, value, found] of [
    ['nothing wrong', { id, count: 2, list: ['a'], note: null, more: 1 }, []],
    ['a missing key', { id }, ['/count: missing']],
    ['a wrong type', { id, count: '2' }, ['/count: string instead of integer']],
    ['a number out of bounds', { id, count: 0 }, ['/count: 0 is not within 1 and Infinity']],
    ['a wrong format', { id: 'x', count: 1 }, ['/id: "x" is no uuid']],
    ['a word that is not listed', { id, count: 1, list: ['a', 'b'] }, ['/list/1: "b" is none of a']],
    ['a list for an object', [], [': array instead of object']],
  ] as const) {
    it(`finds ${name}`, () => assert.deepEqual(differencesFrom(schema, value, open), found));
  }
  it('finds null where none may be', () => assert.deepEqual(differencesFrom(schema, { id: null, count: 1 }, open), ['/id: null']));
  it('finds a key of ours that the schema does not know', () =>
    assert.deepEqual(differencesFrom(schema, { id, count: 1, more: 1 }, { ...open, isClosed: true }), ['/more: not in the specification']));
});
