/** Holds the practice Immich to the contract, in both versions. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startPracticeImmich } from '../../src/practice/index.ts';
import { answerJson, scriptedServer } from '../scripted-server.ts';
import { groups } from './suite/index.ts';
import { mostPicturesPerCase, stemOf } from './suite/kit/contract-case.ts';
import { makePicture, pictureKinds } from './suite/kit/pictures.ts';
import { CannotRun, runContract, type Verdict } from './suite/run-contract.ts';

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

/** A server whose trash is off, as far as the suite can ask before it deletes anything. */
async function withoutTrash(url: string) {
  return await scriptedServer((asked, answer) => {
    if (asked.url === '/api/server/features') return answerJson(answer, 200, { trash: false, sidecar: true, search: true });
    const { method, headers } = asked;
    const passed = request(url + asked.url, { method: method ?? 'GET', headers }, (response) => {
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    asked.pipe(passed);
  });
}

describe('a run of the contract', () => {
  const quiet = { report: () => undefined, patienceMs: 5000 };

  it('does not begin with an address or keys that will not do, and says why', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'homeroll-contract-'));
    try {
      await using immich = await startPracticeImmich({ port: 0, dataDir, version: '3.1.0' });
      const { url } = immich;
      const [key = '', secondKey = ''] = immich.users.map((user) => user.key);
      for (const [wrong, says] of [
        [{ url: 'http://127.0.0.1:1', key, secondKey }, /Nothing answers there.*ECONNREFUSED/],
        [{ url: `${url}/elsewhere`, key, secondKey }, /no Immich/],
        [{ url, key: 'nonsense', secondKey }, /refuses --key: Invalid API key/],
        [{ url, key, secondKey: key }, /two users/],
        [{ url, key, secondKey, only: 'no such case' }, /No case holds "no such case"/],
      ] as const) {
        await assert.rejects(runContract({ ...quiet, ...wrong }), (error) => error instanceof CannotRun && says.test(error.message));
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it('sweeps away the keys it made, and not the one it uses', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'homeroll-contract-'));
    try {
      await using immich = await startPracticeImmich({ port: 0, dataDir, version: '3.1.0' });
      const { url } = immich;
      const [key = '', secondKey = ''] = immich.users.map((user) => user.key);
      const headers = { 'x-api-key': key, 'content-type': 'application/json' };
      const body = JSON.stringify({ name: 'hr-contract-key', permissions: ['all'] });
      const made = (await (await fetch(`${url}/api/api-keys`, { method: 'POST', headers, body })).json()) as { readonly secret: string };
      const { failed } = await runContract({ ...quiet, url, key: made.secret, secondKey, only: 'access: ' });
      assert.deepEqual(failed, []);
      const left = (await (await fetch(`${url}/api/api-keys`, { headers })).json()) as readonly { readonly name: string }[];
      assert.deepEqual(left.map(({ name }) => name).toSorted(), ['hr-contract-key', 'practice']);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it('skips what needs a trash where there is none', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'homeroll-contract-'));
    try {
      await using immich = await startPracticeImmich({ port: 0, dataDir, version: '3.1.0' });
      await using server = await withoutTrash(immich.url);
      const [key = '', secondKey = ''] = immich.users.map((user) => user.key);
      const verdicts: Verdict[] = [];
      const report = (verdict: Verdict): void => void verdicts.push(verdict);
      const { skipped, failed } = await runContract({ ...quiet, report, url: server.url, key, secondKey, only: 'trash: ' });
      assert.deepEqual(failed, []);
      assert.equal(skipped, 4);
      assert.match(verdicts.find(({ skipped }) => skipped)?.skipped ?? '', /trash of this server is off/);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
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
