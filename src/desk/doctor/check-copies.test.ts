import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { configOf } from '../../../test/kit/config.ts';
import { TestJournal } from '../../../test/kit/test-journal.ts';
import type { SourceConfig } from '../../config/index.ts';
import type { AssetId } from '../../domain/index.ts';
import { realDisk } from '../../files/index.ts';
import { type Immich, ImmichError, type NamedAsset } from '../../immich/index.ts';
import { checkCopies } from './check-copies.ts';

const never = new AbortController().signal;
const external = (sizeBytes: number | undefined, isExternal = true): NamedAsset => ({ assetId: 'a' as AssetId, sizeBytes, isExternal });
const immichThat = (findByName: Immich['findByName']): Immich => ({ findByName }) as Partial<Immich> as Immich;

describe('the doctor and external libraries', () => {
  let folder: string;
  let source: SourceConfig;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeroll-copies-'));
    mkdirSync(join(folder, 'Phone', 'sub'), { recursive: true });
    for (const name of ['a.jpg', 'b.jpg', 'sub/c.mov', 'notes.txt']) writeFileSync(join(folder, 'Phone', name), 'abc');
    const [one] = configOf({ url: 'http://x', keys: new Map(), sources: [{}], events: [], folder, isRealDisk: true }).sources;
    assert.ok(one);
    source = one;
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const { name, answer, says } of [
    { name: 'a copy of the same size', answer: [external(3)], says: /^warning 1 of 3 pictures looked at is in Immich already/ },
    {
      name: 'only a namesake of another size',
      answer: [external(4), external(undefined)],
      says: /^ok None of 3 pictures looked at lies in/,
    },
    { name: 'only what was uploaded', answer: [external(3, false)], says: /^ok/ },
  ])
    it(`looks for pictures of the folder there, and finds ${name}`, async () => {
      const asked: string[] = [];
      const immich = immichThat(async (fileName) => {
        asked.push(fileName);
        return fileName === 'b.jpg' ? answer : [];
      });
      const [finding] = await checkCopies(source, { disk: realDisk, journal: undefined, immich }, never);
      assert.match(`${finding?.verdict} ${finding?.sentence}`, says);
      assert.equal(finding?.cure !== undefined, finding?.verdict === 'warning');
      assert.deepEqual(asked.toSorted(), ['a.jpg', 'b.jpg', 'c.mov']);
    });

  it('takes twenty files out of the journal, spread over all of it', async () => {
    using kept = new TestJournal();
    for (let number = 0; number < 200; number += 1) kept.insert();
    kept.insert({ state: 'unwanted' });
    kept.insert({ kind: 'sidecar', role: 'sidecar' });
    kept.insert({ name: Buffer.from([0xff, 0x2e, 0x6a, 0x70, 0x67]) });
    const asked: string[] = [];
    const immich = immichThat(async (fileName) => {
      asked.push(fileName);
      return [external(10)];
    });
    const [finding] = await checkCopies(source, { disk: realDisk, journal: kept.journal, immich }, never);
    assert.match(finding?.sentence ?? '', /^20 of 20 pictures looked at are in Immich/);
    assert.equal(new Set(asked).size, 20);
    assert.ok(asked.filter((name) => Number.parseInt(name, 10) > 100).length >= 9, asked.join());
  });

  it('says so when Immich cannot be asked, and nothing of an empty or absent folder', async () => {
    const parts = { disk: realDisk, journal: undefined };
    const immich = immichThat(() => Promise.reject(new ImmichError('permission missing', 'The key lacks "asset.read".')));
    const [finding] = await checkCopies(source, { ...parts, immich }, never);
    assert.match(`${finding?.verdict} ${finding?.sentence}`, /^note .*cannot be seen: The key lacks "asset.read"\.$/);
    assert.deepEqual(await checkCopies({ ...source, folder: join(folder, 'nowhere') }, { ...parts, immich }, never), []);
  });
});
