/** What an owner may say about clocks, and what becomes of it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { SourceConfig } from './config.ts';
import { rulesFingerprint } from './fingerprint.ts';
import { loadConfig } from './load.ts';
import { onDisk } from './surroundings.ts';

/** The source with these lines. */
async function sourceWith(lines: string): Promise<SourceConfig> {
  const home = await mkdtemp(join(tmpdir(), 'homeroll-clock-'));
  try {
    const text = `immich: { url: "http://i", accounts: { me: { key: k } } }\nsources:\n  - name: A\n    folder: a\n${lines}`;
    await writeFile(join(home, 'homeroll.yaml'), text);
    const loaded = await loadConfig(join(home, 'homeroll.yaml'), onDisk({}));
    assert.ok(loaded.kind === 'ok');
    const [source] = loaded.config.sources;
    assert.ok(source);
    return source;
  } finally {
    await rm(home, { recursive: true });
  }
}

describe('what is wrong with clocks', () => {
  const nothing = { isLocal: false, addMs: 0, isForImmich: false, said: '', where: 'homeroll.yaml:5' };
  for (const [lines, expected] of [
    ['', undefined],
    ['    clock: +1h\n', [{ ...nothing, addMs: 3_600_000, said: '+1h' }]],
    ['    clock: local\n', [{ ...nothing, isLocal: true, said: 'local' }]],
    ['    clock: { camera: "HERO*", is: local }\n', [{ ...nothing, camera: 'HERO*', isLocal: true, said: 'local' }]],
    [
      '    clock:\n      - { camera: "HERO*", is: local, add: -30 min }\n      - { tell immich: true }\n',
      [
        { ...nothing, camera: 'HERO*', isLocal: true, addMs: -1_800_000, said: 'local, -30 min', where: 'homeroll.yaml:6' },
        { ...nothing, isForImmich: true, where: 'homeroll.yaml:7' },
      ],
    ],
  ] as const) {
    it(`is said by ${JSON.stringify(lines)}`, async () => {
      const { clock } = await sourceWith(lines);
      assert.deepEqual(
        clock?.map(({ camera, ...rest }) => ({ ...(camera && { camera: camera.text }), ...rest })),
        expected,
      );
    });
  }

  it('changes the fingerprint of the rules, for those may ask for dates', async () => {
    const skip = '    skip: ["*.gif"]\n';
    assert.notEqual(rulesFingerprint(await sourceWith(skip)), rulesFingerprint(await sourceWith(`${skip}    clock: +1h\n`)));
    // As it was before clocks could be set: nobody's files are judged again for an update.
    assert.equal(rulesFingerprint(await sourceWith(skip)), 'e23fea57771bbefc969aef998b2d5c28');
  });
});
