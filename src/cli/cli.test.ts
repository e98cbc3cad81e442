/** The command line as its users meet it: the real program, spawned, on a household of its own. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'homeroll');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the command line', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeroll-cli-'));
    writeFileSync(join(folder, 'broken.yaml'), 'immich:\n  url: http://127.0.0.1:1\n  accounts: { a: { key: k } }\nsorces: []\n');
    writeFileSync(join(folder, 'no-faults.json'), '{}');
    writeFileSync(join(folder, 'null.json'), 'null');
    writeFileSync(join(folder, 'list.json'), '[]');
    writeFileSync(join(folder, 'bytes.json'), Buffer.from([0x1b, 0x5b, 0x32, 0x4a, 0x00, 0xff]));
    writeFileSync(join(folder, 'plan.json'), '{ "faults": [{ "endpoint": "GET /x", "fault": { "kind": "bogus" } }] }');
  });
  after(() => rmSync(folder, { recursive: true }));

  const homeroll = (...words: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const env = { PATH: process.env.PATH ?? '', HOME: folder };
      execFile(launcher, words, { cwd: folder, env }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });

  for (const { words, says } of [
    { words: ['stauts'], says: "Unknown command 'stauts'. Did you mean status? See homeroll --help." },
    { words: ['status', '--jsn'], says: "Unknown option '--jsn'. Did you mean --json? See homeroll --help." },
    { words: ['status'], says: 'There is no homeroll.yaml yet' },
    { words: ['files', '--state', 'blokced'], says: '"blokced" is not a state. Did you mean "blocked"?' },
    { words: ['live-photos', 'sho'], says: '"sho" is not possible here. There is: show, leave. See homeroll --help.' },
    { words: ['check-config', '--config', 'gone.yaml'], says: '' },
    { words: ['once', '--config', 'broken.yaml'], says: 'broken.yaml:4' },
    { words: ['once', '--patience', '5'], says: 'Write a span of time' },
    { words: ['practice-immich', '--data', 'broken.yaml'], says: 'broken.yaml is a file, or lies in one: name a folder with --data.' },
    { words: ['practice-immich', '--faults', 'plan.json'], says: 'The fault plan is wrong at faults.0.fault.kind: there is "status", ' },
    { words: ['practice-immich', '--faults', 'no-faults.json'], says: 'The fault plan is wrong at faults: it must be a list in [ ].' },
    { words: ['practice-immich', '--faults', 'null.json'], says: 'The fault plan null.json is no plan: it must be { "faults": [ … ] }.' },
    { words: ['practice-immich', '--faults', 'list.json'], says: 'The fault plan list.json is no plan: it must be { "faults": [ … ] }.' },
    { words: ['practice-immich', '--faults', 'bytes.json'], says: 'The fault plan bytes.json is no JSON' },
    { words: ['practice-immich', '--port', ''], says: 'Write a number from 0 to 65535.' },
    { words: ['practice', '--folder', 'broken.yaml'], says: 'name a folder that can be written with --folder.' },
  ]) {
    it(`answers \`${words.join(' ')}\` with a sentence and 2`, async () => {
      const { code, stdout, stderr } = await homeroll(...words);
      assert.equal(code, 2);
      assert.ok((stdout + stderr).includes(says), stdout + stderr);
      assert.doesNotMatch(stdout + stderr, /\n\s+at |Warning|Invalid input/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they would work on the terminal.
      assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f]/);
    });
  }

  it('has help with examples', async () => {
    const { code, stdout, stderr } = await homeroll('why', '--help');
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /Examples:\n {2}homeroll why /);
  });

  it('practises: everything is safe, and a second time nothing is opened or sent', async () => {
    const first = await homeroll('start', '--once', '--json', '--folder', 'practice');
    assert.equal(first.code, 0, first.stderr);
    const said = JSON.parse(first.stdout) as { files: { safe: number; wanted: number }; configFile: string };
    assert.ok(said.files.safe >= 25, first.stdout);
    assert.equal(said.files.safe, said.files.wanted);

    const second = await homeroll('practice', '--once', '--json', '--folder', 'practice');
    assert.equal(second.code, 0, second.stderr);
    assert.deepEqual((JSON.parse(second.stdout) as { work: unknown }).work, { uploads: 0, filesOpened: 0, proofs: 0 });

    const [status, files, why] = await Promise.all([
      homeroll('status', '--json', '--config', said.configFile),
      homeroll('files', '--json', '--state', 'safe', '--config', said.configFile),
      homeroll('why', '--json', '--config', said.configFile, join('practice', 'pictures', 'Scans', 'Scan 0007.jpg')),
    ]);
    assert.deepEqual([status.code, files.code, why.code], [0, 0, 0]);
    const lines = files.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(lines.filter(({ role }) => role === 'main').length, (JSON.parse(status.stdout) as typeof said).files.safe);
    for (const key of ['path', 'source', 'state', 'reason', 'sha1', 'assetId', 'provenAt', 'albums'])
      assert.ok(key in (lines[0] ?? {}), key);
    const { history, albums } = JSON.parse(why.stdout) as { history: readonly { to: string }[]; albums: readonly string[] };
    assert.equal(history.at(-1)?.to, 'safe');
    assert.deepEqual(albums, ['1994/August']);
    const inWords = await homeroll('why', '--config', said.configFile, join('practice', 'pictures', 'Scans', 'Scan 0007.jpg'));
    assert.match(inWords.stdout, /\n {2}albums +"1994\/August"\n/);
    const empty = await homeroll('why', '--config', said.configFile, join('practice', 'pictures', 'Camera', '20250608_054211.jpg'));
    assert.match(empty.stdout, /\nNot wanted: empty \(0 bytes\)\.\n/);
    assert.deepEqual(readdirSync(join(folder, 'practice')).toSorted(), [
      'homeroll.yaml',
      'immich',
      'pictures',
      'samples-made.txt',
      'secrets.yaml',
      'state',
    ]);
  });
});
