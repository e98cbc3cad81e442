/** Holds the practice Immich to the contract, in both versions. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startPracticeImmich } from '../../src/practice/index.ts';
import { groups } from './suite/index.ts';
import { mostPicturesPerCase, stemOf } from './suite/kit/contract-case.ts';
import { makePicture, pictureKinds } from './suite/kit/pictures.ts';
import { runContract } from './suite/run-contract.ts';

describe('the contract', () => {
  const stems = groups.flatMap(({ name: group, cases }) => cases.map(({ name }) => stemOf(group, name)));

  it('has at least 70 cases, each citing where its promise is written', () => {
    assert.ok(stems.length >= 70, `${stems.length} cases`);
    const uncited = groups.flatMap(({ cases }) => cases).filter(({ source }) => !/facts\/|openapi |transcript |issue |RFC /.test(source));
    assert.deepEqual(uncited, []);
  });

  it('gives every case pictures of its own', () => {
    const pictures = stems.flatMap((stem) => pictureKinds.map((kind) => makePicture(kind, `${stem}-${mostPicturesPerCase}`).sha1));
    assert.equal(new Set(pictures).size, pictures.length);
  });
});

for (const version of ['2.7.5', '3.1.0'] as const) {
  describe(`the practice Immich ${version}`, () => {
    it('keeps the contract', async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'homeroll-contract-'));
      const immich = await startPracticeImmich({ port: 0, dataDir, version });
      try {
        const [key = '', secondKey = ''] = immich.users.map((user) => user.key);
        const { version: told, failed } = await runContract({ url: immich.url, key, secondKey, report: () => undefined, patienceMs: 5000 });
        assert.equal(told, version);
        assert.deepEqual(
          failed.map(({ group, name, complaint }) => `${group}: ${name}: ${complaint}`),
          [],
        );
      } finally {
        await immich.close();
        await rm(dataDir, { recursive: true, force: true });
      }
    });
  });
}
