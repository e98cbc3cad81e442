import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfig } from './load.ts';
import { problemText } from './problem.ts';
import type { Surroundings } from './surroundings.ts';

/** Where nothing lies but the owner's file, and a key in secrets.yaml. */
const around = (text: string): Surroundings => ({
  environment: {},
  readText: async (path) => {
    if (path.endsWith('/homeroll.yaml')) return text;
    if (path.endsWith('/secrets.yaml')) return 'key: k';
    throw Object.assign(new Error(path), { code: 'ENOENT' });
  },
  realPath: async (path) => path,
  exists: async () => false,
});

async function problems(text: string): Promise<readonly string[]> {
  const loaded = await loadConfig('/etc/homeroll/homeroll.yaml', around(text));
  return (loaded.kind === 'refused' ? loaded.problems : loaded.notes).map(problemText);
}

const head = 'immich: { url: http://immich.local:2283, accounts: { me: { key: !secret key } } }\n';

describe('a path in the configuration', () => {
  describe('is refused', () => {
    for (const { written, says } of [
      { written: '~/Pictures', says: 'begins with ~, which only a shell fills in: write the whole path, such as /home/anna/Pictures.' },
      { written: '~ben/in', says: 'begins with ~, which only a shell fills in: write the whole path, such as /home/anna/in.' },
      {
        written: '$HOME/Pictures',
        says: 'begins with a variable, which only a shell fills in: write the whole path, such as /home/anna/Pictures.',
      },
      { written: 'file:///home/anna/My%20Pictures', says: 'is an address, and a path is wanted: write /home/anna/My Pictures.' },
      ...['smb://nas/photos', 'nfs://nas/volume1/photos', '//nas/photos', '\\\\nas\\photos'].map((address) => ({
        written: address,
        says: 'is the address of a share, and a path is wanted: mount the share on this machine, and write where, such as /mnt/nas/photos.',
      })),
      {
        written: 'C:\\Users\\Anna\\Pictures',
        says: 'is a path of Windows: write where that folder lies on this machine, such as /mnt/nas/photos.',
      },
    ])
      it(`when ${written} stands where a path is wanted`, async () => {
        const quoted = `'${written}'`;
        assert.deepEqual(await problems(`${head}sources: [{ name: A, folder: ${quoted} }]\n`), [`homeroll.yaml:2: "${written}" ${says}`]);
        const others = `immich:\n  url: http://i\n  ca_file: ${quoted}\n  accounts: { a: { key_file: ${quoted} } }\nstate: ${quoted}\nsources: [{ name: A, folder: a }]\n`;
        assert.deepEqual(
          await problems(others),
          [3, 4, 5].map((line) => `homeroll.yaml:${line}: "${written}" ${says}`),
        );
      });
    for (const folder of ['~backup', 'a~/b', '$', 'photos:2024', '/mnt//double', './x', '../y'])
      it(`not when ${folder} is a folder, however odd`, async () =>
        assert.deepEqual(await problems(`${head}sources: [{ name: A, folder: '${folder}' }]\n`), []));
  });
});
