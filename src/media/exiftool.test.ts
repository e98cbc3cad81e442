import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { heldOpen } from '../../test/kit/open-for-exiftool.ts';
import { systemClock } from '../kernel/index.ts';
import { bytesInMemory } from './bytes.ts';
import { ExiftoolReader, shorten } from './exiftool.ts';
import { exiftoolHitch } from './exiftool-command.ts';
import { readMediaFacts } from './facts.ts';
import { jpegWith, oddFiles, xmp, xmpSegment } from './odd-files.test.ts';
import { type SecondAnswer, together } from './second-reader.ts';
import { takenAt } from './taken-at.ts';

const hitch = await exiftoolHitch();
const isThere =
  hitch === undefined && existsSync('/proc/self/fd') ? {} : { skip: `no second reader here: ${hitch?.because ?? 'no /proc'}` };
const never = new AbortController().signal;
const around = { fileName: 'x', modifiedAtMs: Date.UTC(2026, 10, 30), timeZone: 'Europe/Berlin' };

/** Processes below this one that run exiftool. */
function exiftools(): readonly number[] {
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return children.split('\n').flatMap((line) => (/perl .*exiftool .*-stay_open/.test(line) ? [Number.parseInt(line, 10)] : []));
}

describe('the second reader', isThere, () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeroll-exiftool-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const reader = (limitMs?: number): ExiftoolReader =>
    new ExiftoolReader({ clock: systemClock, ...(limitMs !== undefined && { limitMs }) });
  const ask = async (one: ExiftoolReader, content: Uint8Array, kind: 'photo' | 'video' | 'sidecar' = 'photo'): Promise<SecondAnswer> => {
    await using file = await heldOpen(folder, content);
    return await one.read({ procPath: file.procPath, device: 'here', kind }, never);
  };
  const takenOf = async (answer: SecondAnswer, content: Uint8Array, kind: 'photo' | 'video' = 'photo') => {
    assert.equal(answer.kind, 'told');
    const facts = await readMediaFacts(bytesInMemory(content), kind);
    const both = answer.kind === 'told' ? together(facts, answer) : facts;
    return { ...takenAt(both.dates, around), camera: both.camera };
  };

  it('finds what only it understands, and says what told it', async () => {
    await using one = reader();
    for (const [name, { content, kind, from, local = '2019-05-01T10:00:00', camera }] of Object.entries(oddFiles)) {
      const taken = await takenOf(await ask(one, content, kind), content, kind);
      assert.deepEqual([taken.local, taken.from], [local, from], name);
      if (camera) assert.equal(taken.camera, camera, name);
    }
    assert.equal(exiftools().length, 1, 'one process for one device');
  });

  it('reads the date of a sidecar', async () => {
    await using one = reader();
    const answer = await ask(one, xmp('exif:DateTimeOriginal="2019-01-02T03:04:05+02:00"'), 'sidecar');
    assert.deepEqual(answer.kind === 'told' && answer.dates, [{ from: 'XMP', text: '2019-01-02T03:04:05.000', offset: '+02:00' }]);
  });

  it('ends with its owner, and leaves no process behind', async () => {
    const one = reader();
    await ask(one, jpegWith());
    const [pid] = exiftools();
    await one[Symbol.asyncDispose]();
    assert.ok(pid);
    await goes(pid);
  });

  it('asks again when its process was killed', async () => {
    await using one = reader();
    await ask(one, jpegWith());
    const [first] = exiftools();
    process.kill(first ?? 0, 'SIGKILL');
    const answer = await ask(one, jpegWith(xmpSegment()));
    assert.equal(answer.kind === 'told' && answer.dates.length, 1);
    assert.notEqual(exiftools()[0], first);
  });

  it('does not wait for a process that hangs, and goes on with another', async () => {
    await using one = reader(6_000); // a busy machine takes a second or two to start one
    await ask(one, jpegWith());
    process.kill(exiftools()[0] ?? 0, 'SIGSTOP');
    const hanging = await ask(one, jpegWith(xmpSegment()));
    assert.deepEqual(hanging, { kind: 'not read', because: 'exiftool did not come to an end within 6 s' });
    const answer = await ask(one, jpegWith(xmpSegment()));
    assert.equal(answer.kind === 'told' && answer.dates.length, 1);
    assert.equal(exiftools().length, 1);
  });

  it('keeps a device that hangs from holding up another', async () => {
    await using one = reader(30_000);
    await ask(one, jpegWith());
    const [pid = 0] = exiftools();
    process.kill(pid, 'SIGSTOP');
    const stopping = new AbortController();
    await using file = await heldOpen(folder, jpegWith(xmpSegment()), 'y');
    const hanging = one.read({ procPath: file.procPath, device: 'here', kind: 'photo' }, stopping.signal);
    const other = await one.read({ procPath: file.procPath, device: 'elsewhere', kind: 'photo' }, never);
    assert.equal(other.kind, 'told');
    stopping.abort(new Error('stopped'));
    await assert.rejects(hanging, /stopped/);
  });

  it('is not harmed by garbage', async () => {
    await using one = reader();
    for (const content of [
      Buffer.alloc(0),
      Buffer.alloc(5000, 7),
      jpegWith([0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta')]),
      Buffer.from('-execute\n-ver\n'),
    ]) {
      const answer = await ask(one, content);
      assert.ok(answer.kind === 'not read' || answer.dates.length === 0, JSON.stringify(answer));
    }
    assert.equal((await ask(one, jpegWith(xmpSegment()))).kind, 'told');
  });

  it('takes nothing but the number of an open file', async () => {
    await using one = reader();
    for (const procPath of ['/etc/passwd', '/proc/1/fd/2\n-execute', '-ver', '/proc/self/fd/0']) {
      assert.equal((await one.read({ procPath, device: 'here', kind: 'photo' }, never)).kind, 'not read');
    }
  });

  it('runs no settings that somebody planted, at home or where Homeroll was started', async () => {
    const [home, trace] = [mkdtempSync(join(folder, 'home-')), join(folder, 'trace')];
    writeFileSync(join(home, '.ExifTool_config'), `open(my $f, '>', '${trace}'); print $f "ran"; close $f; 1;`);
    const script = `
      import { ExiftoolReader } from '${join(import.meta.dirname, 'exiftool.ts')}';
      import { systemClock } from '${join(import.meta.dirname, '..', 'kernel', 'index.ts')}';
      import { openSync } from 'node:fs';
      const one = new ExiftoolReader({ clock: systemClock });
      const procPath = '/proc/' + process.pid + '/fd/' + openSync(process.argv[1], 'r');
      console.log((await one.read({ procPath, device: 'here', kind: 'photo' }, AbortSignal.timeout(60_000))).dates.length);
      await one[Symbol.asyncDispose]();`;
    writeFileSync(join(home, 'x.jpg'), jpegWith(xmpSegment()));
    const env = { ...process.env, HOME: home, EXIFTOOL_HOME: home, PERL5OPT: '-MNoSuchModule', PERL5LIB: home };
    const told = execFileSync(process.execPath, ['--input-type=module', '-e', script, join(home, 'x.jpg')], {
      cwd: home,
      env,
      encoding: 'utf8',
    });
    assert.equal(told.trim(), '1');
    assert.equal(existsSync(trace), false);
    // The test can fail: exiftool does run it when it is called plainly.
    const plain = join(import.meta.dirname, '../../node_modules/exiftool-vendored.pl/bin/exiftool');
    execFileSync('perl', [plain, '-ver'], { cwd: home, env: { PATH: process.env.PATH, HOME: home } });
    assert.equal(readFileSync(trace, 'utf8'), 'ran');
  });

  it('ends by itself when whoever started it is killed', async () => {
    const script = `
      import { ExiftoolReader } from '${join(import.meta.dirname, 'exiftool.ts')}';
      import { systemClock } from '${join(import.meta.dirname, '..', 'kernel', 'index.ts')}';
      import { execFileSync } from 'node:child_process';
      import { openSync } from 'node:fs';
      const one = new ExiftoolReader({ clock: systemClock });
      const procPath = '/proc/' + process.pid + '/fd/' + openSync(process.argv[1], 'r');
      await one.read({ procPath, device: 'here', kind: 'photo' }, AbortSignal.timeout(60_000));
      console.log(execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' }).split('\\n').find((line) => line.includes('stay_open')));
      process.kill(process.pid, 'SIGKILL');`;
    writeFileSync(join(folder, 'z.jpg'), jpegWith(xmpSegment()));
    let said = '';
    try {
      execFileSync(process.execPath, ['--input-type=module', '-e', script, join(folder, 'z.jpg')], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch (error) {
      said = String((error as { stdout?: string }).stdout);
    }
    await goes(Number.parseInt(said, 10));
  });
});

describe('without perl', () => {
  it('there is no second reader, and it says why', async () => {
    await using one = new ExiftoolReader({ clock: systemClock, hitch: async () => ({ because: 'perl is not on this machine' }) });
    assert.deepEqual(await one.read({ procPath: '/proc/1/fd/1', device: 'here', kind: 'photo' }, never), {
      kind: 'not read',
      because: 'perl is not on this machine',
    });
  });
});

/** Waits until a process is gone. */
async function goes(pid: number): Promise<void> {
  assert.ok(pid > 0);
  for (let tries = 0; tries < 200; tries++) {
    if (!existsSync(`/proc/${pid}`) || readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`${pid} is still there`);
}

describe('what exiftool died of is said', () => {
  for (const [message, said] of [
    [
      'Process terminated before task completed ({"gracefully":false,"lastTask":{"command":"-json',
      'Process terminated before task completed',
    ],
    ['File format error\n at line 3', 'File format error'],
  ] as const)
    it(`in one line for people: ${said}`, () => assert.equal(shorten(new Error(message)), said));
});
