import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rm, stat, truncate, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Clock, systemClock } from '../../kernel/index.ts';
import {
  type Bytes,
  extensionOf,
  kindOfName,
  type MediaFacts,
  type Member,
  pictureStem,
  readMediaFacts,
  rolesOf,
  sniff,
  takenAt,
} from '../../media/index.ts';
import { samples, slowSample } from './catalogue.ts';
import { makeSamples, type SampleSummary } from './make-samples.ts';
import { bytesOf } from './sample.ts';

/** A clock that is never in a hurry to wait. */
const hastyClock: Clock = { ...systemClock, sleep: async (_delayMs, signal) => signal.throwIfAborted() };
const never = new AbortController().signal;

interface Read {
  readonly facts: MediaFacts;
  readonly readBytes: number;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly remark: string | undefined;
}

async function read(path: string): Promise<Read> {
  const file = await open(path);
  try {
    const { size: sizeBytes, mtimeMs: modifiedAtMs } = await file.stat();
    let readBytes = 0;
    const bytes: Bytes = {
      sizeBytes,
      async readAt(offset, lengthBytes) {
        readBytes += lengthBytes;
        const { buffer, bytesRead } = await file.read(Buffer.alloc(lengthBytes), 0, lengthBytes, offset);
        return buffer.subarray(0, bytesRead);
      },
    };
    const extension = extensionOf(Buffer.from(path));
    const facts = await readMediaFacts(bytes, kindOfName(Buffer.from(basename(path))));
    return { facts, readBytes, sizeBytes, modifiedAtMs, remark: await sniff({ ...bytes }, extension) };
  } finally {
    await file.close();
  }
}

describe('the practice household’s pictures', () => {
  let folder: string;
  let summary: SampleSummary;
  const found = new Map<string, Read>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'homeroll-samples-'));
    summary = await makeSamples(folder, { clock: hastyClock, signal: never, isSlowFileWanted: true });
    await summary.slowFileDone;
    for (const path of summary.paths) found.set(path, await read(join(folder, path)));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const reading = (path: string): Read => found.get(path) ?? assert.fail(`${path} is missing`);

  it('lie in their folders, and nothing else with them', async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    assert.deepEqual(files.toSorted(), [...summary.paths].toSorted());
    assert.equal(new Set(summary.paths).size, summary.paths.length);
  });

  it('are small: under 4 MB in all, none over 150 KB', () => {
    const sizes = [...found.values()].map(({ sizeBytes }) => sizeBytes);
    assert.ok(Math.max(...sizes) <= 150_000);
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 4_000_000);
  });

  it('say of themselves what their makers wrote, in a few hundred bytes', () => {
    for (const sample of [...samples, slowSample]) {
      const { facts, readBytes, modifiedAtMs } = reading(sample.path);
      assert.ok(readBytes < 1_000, `${sample.path}: ${readBytes} bytes`);
      if (!('note' in sample) || !sample.note || sample.kind === 'movie') continue;
      const { local, offset, place, contentIdentifier, model } = sample.note;
      const taken = takenAt(facts.dates, { fileName: basename(sample.path), modifiedAtMs, timeZone: 'Europe/Berlin' });
      assert.deepEqual([taken.local, taken.from], [local, offset ? 'EXIF with time zone' : 'EXIF'], sample.path);
      assert.ok(facts.camera?.endsWith(model), sample.path);
      assert.equal(facts.contentIdentifier, contentIdentifier, sample.path);
      for (const side of ['latitude', 'longitude'] as const) {
        assert.ok(Math.abs((facts.place?.[side] ?? 0) - (place?.[side] ?? 0)) < 0.00001, sample.path);
      }
    }
  });

  for (const [path, local, from] of [
    ['2024 Summer at the sea/IMG_2041.MOV', '2024-07-14T20:47:33', 'QuickTime creation date'],
    ['2024 Summer at the sea/IMG_2050.MOV', '2024-07-17T21:01:12', 'QuickTime creation date'],
    ['2024 Kyoto/PXL_20241119_073015222.mp4', '2024-11-19T08:30:15', 'movie header'],
    ['2025 Alps/VID_20250222_141503.mp4', '2025-02-22T14:15:03', 'file name'],
    ['From Ben/IMG-20250105-WA0003.jpg', '2025-01-05T12:00:00', 'file name'],
    ['Screenshots/Screenshot_20250302-201455.png', '2025-03-02T20:14:55', 'file name'],
    ['Scans/1987-06-21 Grandma’s garden.png', '1987-06-21T12:00:00', 'file name'],
  ] as const) {
    it(`know the date of ${path} by its ${from}`, () => {
      const { facts, modifiedAtMs } = reading(path);
      const taken = takenAt(facts.dates, { fileName: basename(path), modifiedAtMs, timeZone: 'Europe/Berlin' });
      assert.deepEqual([taken.local, taken.from], [local, from]);
    });
  }

  it('hold what their names say, but for the empty one', () => {
    const remarks = [...found].flatMap(([path, { remark }]) => (remark ? [`${path}: ${remark}`] : []));
    assert.deepEqual(remarks, ['Camera/20250608_054211.jpg: named .jpg, but holds nothing at all']);
  });

  it('belong together as a household’s pictures do, and at least 25 of them count', () => {
    const groups = Map.groupBy(summary.paths, (path) => join(dirname(path), pictureStem(Buffer.from(basename(path))).toString()));
    const roles = new Map<string, string>();
    for (const paths of groups.values()) {
      const members: Member[] = paths.map((path) => {
        const extension = extensionOf(Buffer.from(path));
        const { contentIdentifier, durationMs } = reading(path).facts;
        return {
          name: Buffer.from(basename(path)),
          extension,
          kind: kindOfName(Buffer.from(basename(path))),
          contentIdentifier,
          durationMs,
        };
      });
      for (const [index, { role }] of rolesOf(members).entries()) roles.set(paths[index] ?? '', role);
    }
    const pathsAs = (role: string): string[] => summary.paths.filter((path) => roles.get(path) === role);
    assert.deepEqual(pathsAs('motion'), ['2024 Summer at the sea/IMG_2041.MOV']);
    assert.deepEqual(pathsAs('sidecar'), ['2024 Lofoten/DSC_4417.xmp']);
    const countable = pathsAs('main').filter((path) => kindOfName(Buffer.from(basename(path))) !== 'other' && reading(path).sizeBytes > 0);
    assert.ok(countable.length >= 25, `${countable.length}`);
  });

  it('hold a NEF whose first directory is no JPEG: Nikon’s NRW is known by that', async () => {
    const nef = await readFile(join(folder, '2024 Lofoten/DSC_4410.NEF'));
    const rows = Array.from({ length: nef.readUInt16LE(8) }, (_, row) => nef.subarray(10 + row * 12, 22 + row * 12));
    assert.deepEqual(
      rows.filter((row) => row.readUInt16LE(0) === 0x0103),
      [],
    );
    assert.ok(nef.includes(Buffer.from('ffd8ff', 'hex')), 'the preview');
  });

  it('keep their EXIF at the very end where HEIC does', async () => {
    const heic = await readFile(join(folder, '2024 Summer at the sea/IMG_2042.HEIC'));
    assert.ok(heic.lastIndexOf('2024:07:15 11:04:58') > heic.length - 500);
  });

  it('hold one picture twice, and no other', async () => {
    const digests = await Promise.all(
      summary.paths.map(async (path) => ({
        path,
        sha1: createHash('sha1')
          .update(await readFile(join(folder, path)))
          .digest('hex'),
      })),
    );
    const twice = [...Map.groupBy(digests, ({ sha1 }) => sha1).values()].filter((alike) => alike.length > 1);
    assert.deepEqual(
      twice.map((alike) => alike.map(({ path }) => path)),
      [['2024 Lofoten/DSC_4417.JPG', 'From Ben/The fjord before breakfast.JPG']],
    );
  });

  it('are the same bytes every time', () => {
    for (const kind of ['jpeg', 'png', 'heif', 'raw', 'movie', 'text']) {
      const sample = samples.find((each) => each.kind === kind) ?? assert.fail(kind);
      assert.ok(bytesOf(sample).equals(bytesOf(sample)), kind);
    }
  });

  it('are left alone when they are there already, but for the slow one, which grows on', async () => {
    const slowPath = join(folder, summary.slowFile);
    const whole = await readFile(slowPath);
    await truncate(slowPath, 1_000);
    const path = join(folder, '2024 Lofoten/DSC_4417.JPG');
    await utimes(path, 1, 1);
    const { ctimeMs } = await stat(path);
    await (await makeSamples(folder, { clock: hastyClock, signal: never, isSlowFileWanted: false })).slowFileDone;
    assert.equal((await stat(path)).ctimeMs, ctimeMs);
    assert.deepEqual(await readFile(slowPath), whole);
  });

  it('stop growing when the signal comes', async () => {
    const slowPath = join(folder, summary.slowFile);
    await rm(slowPath);
    const stop = new AbortController();
    const clock: Clock = {
      ...systemClock,
      async sleep(_delayMs, signal) {
        stop.abort();
        signal.throwIfAborted();
      },
    };
    const { slowFileDone } = await makeSamples(folder, { clock, signal: stop.signal, isSlowFileWanted: true });
    await slowFileDone;
    const { size } = await stat(slowPath);
    assert.ok(size > 0 && size < bytesOf(slowSample).length);
    await assert.rejects(makeSamples(folder, { clock, signal: stop.signal, isSlowFileWanted: true }), { name: 'AbortError' });
  });
});
