import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadConfig } from './load.ts';
import { problemText } from './problem.ts';
import { onDisk } from './surroundings.ts';

describe("an owner's file is refused", () => {
  let home: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'homeroll-references-'));
    await writeFile(join(home, 'two.key'), 'one\ntwo\n');
  });
  after(() => rm(home, { recursive: true }));

  const refusals = async (written: string | Buffer): Promise<readonly string[]> => {
    await writeFile(join(home, 'homeroll.yaml'), written);
    const loaded = await loadConfig(join(home, 'homeroll.yaml'), onDisk({}));
    return loaded.kind === 'refused' ? loaded.problems.map((problem) => problemText(problem).replaceAll(home, '/home')) : [];
  };
  const immich = (...lines: readonly string[]): string =>
    `immich:\n  url: http://i\n  ${lines.join('\n  ')}\nsources: [{ name: A, folder: a, account: a }]\n`;

  it('when it is not UTF-8, rather than looking for folders of other names', async () =>
    assert.deepEqual(await refusals(Buffer.from('sources: [{ name: A, folder: B\u00fccher }]\n', 'latin1')), [
      'homeroll.yaml:1: /home/homeroll.yaml is not UTF-8: save it anew in that encoding.',
    ]));

  it('when a key holds what no header may', async () =>
    assert.deepEqual(await refusals(immich('accounts:', '  a: { key: "x y" }', '  b: { key_file: two.key }')), [
      'homeroll.yaml:4: "key" holds characters no key has: copy it again from Immich.',
      'homeroll.yaml:5: The key file /home/two.key holds characters no key has: copy it again from Immich.',
    ]));

  it('when the state folder lies in a source', async () => {
    const sources = 'sources: [{ name: A, folder: pics }, { name: B, folder: pics2 }]';
    assert.deepEqual(await refusals(`immich: { url: http://i, accounts: { a: { key: k } } }\n${sources}\nstate: pics/state\n`), [
      'homeroll.yaml:3: /home/pics/state lies in the folder of line 2: name one outside of it, or Homeroll would look after its own journal.',
    ]);
  });

  for (const { caFile, told } of [
    { caFile: 'nope.pem', told: '/home/nope.pem does not exist.' },
    { caFile: 'two.key', told: '/home/two.key holds no certificate: it must be a PEM file with "-----BEGIN CERTIFICATE-----" in it.' },
  ]) {
    it(`when ca_file is ${caFile}`, async () =>
      assert.deepEqual(await refusals(immich(`ca_file: ${caFile}`, 'accounts: { a: { key: k } }')), [`homeroll.yaml:3: ${told}`]));
  }
});
