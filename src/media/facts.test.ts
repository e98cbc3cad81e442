import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ExifReader from 'exifreader';
import { box, fullBox, text, uint } from '../practice/samples/boxes.ts';
import { exifDirectory } from '../practice/samples/exif.ts';
import { encodeJpeg } from '../practice/samples/jpeg.ts';
import { ascii, type Value, writeTiff } from '../practice/samples/tiff.ts';
import { bytesInMemory } from './bytes.ts';
import type { MediaFacts } from './evidence.ts';
import { readMediaFacts } from './facts.ts';
import { counted, movie, note, pictures, pixels } from './fixtures.test.ts';
import { extensionOf, kindOf } from './kinds.ts';

function factsOf(name: string, content: Uint8Array): Promise<MediaFacts> {
  return readMediaFacts(bytesInMemory(content), kindOf(extensionOf(Buffer.from(name))));
}

describe('the facts of a picture', () => {
  for (const [name, content] of Object.entries(pictures)) {
    it(`are read from ${name}`, async () => {
      const { dates, camera, place, contentIdentifier } = await factsOf(name, content);
      const date = { from: 'EXIF', text: '2024:07:14 09:21:33', fraction: undefined, offset: '+02:00' };
      assert.deepEqual(dates, [date, date]);
      assert.equal(camera, 'Apple iPhone 15');
      assert.ok(Math.abs((place?.latitude ?? 0) - 54.3521) < 0.00001);
      assert.ok(Math.abs((place?.longitude ?? 0) + 13.6104) < 0.00001);
      assert.equal(contentIdentifier, note.contentIdentifier);
    });
  }

  it('cost few bytes, wherever in the file they stand', async () => {
    for (const [name, content] of Object.entries(pictures)) {
      const bytes = counted(content);
      await readMediaFacts(bytes, 'photo');
      assert.ok(bytes.seen.bytes < 2_000, `${name}: ${bytes.seen.bytes} bytes`);
    }
  });

  for (const name of ['x.jpg', 'x.png', 'x.webp', 'x.heic', 'x.dng']) {
    it(`of ${name} are those that another reader finds, given the whole file`, () => {
      const { exif, gps } = ExifReader.load(pictures[name] ?? Buffer.of(), { expanded: true });
      assert.equal(exif?.DateTimeOriginal?.description, '2024:07:14 09:21:33');
      assert.equal(exif?.Model?.description, 'iPhone 15');
      assert.ok(Math.abs((gps?.Latitude ?? 0) - 54.3521) < 0.0001 && Math.abs((gps?.Longitude ?? 0) + 13.6104) < 0.0001);
    });
  }

  for (const [make, model, camera] of [
    ['Canon', 'Canon EOS R7', 'Canon EOS R7'],
    ['NIKON CORPORATION', 'NIKON Z 6_2', 'NIKON Z 6_2'],
    ['samsung', 'SM-S921B', 'samsung SM-S921B'],
    ['  SONY  ', ' ILCE-7M4', 'SONY ILCE-7M4'],
    ['EPSON', '', 'EPSON'],
    ['', 'Scanner  3', 'Scanner 3'],
    ['', '', undefined],
  ] as const) {
    it(`name the camera of "${make}" and "${model}" ${camera ?? 'not at all'}`, async () => {
      const exif = writeTiff(exifDirectory({ ...note, make, model }));
      assert.equal((await factsOf('x.jpg', encodeJpeg(pixels, { exif }))).camera, camera);
    });
  }

  it('name the camera that HTC writes into the EXIF directory', async () => {
    const inside = new Map<number, Value>([
      [0x010f, ascii('HTC')],
      [0x0110, ascii('HTC One_M8')],
    ]);
    const exif = writeTiff(new Map<number, Value>([[0x8769, { directory: inside }]]));
    assert.equal((await factsOf('x.jpg', encodeJpeg(pixels, { exif }))).camera, 'HTC One_M8');
  });

  it('hold no place where a camera wrote zeros before it knew', async () => {
    const exif = writeTiff(exifDirectory({ ...note, place: { latitude: 0, longitude: 0 } }));
    assert.equal((await factsOf('x.jpg', encodeJpeg(pixels, { exif }))).place, undefined);
  });

  it('are in the order in which Immich believes them: with a fraction or a zone before without', async () => {
    const datesWith = async (original: string, ...more: readonly [number, Value][]): Promise<readonly string[]> => {
      const inside = new Map<number, Value>([[0x9003, ascii(original)], [0x9004, ascii('2024:07:14 09:21:33')], ...more]);
      const exif = writeTiff(new Map<number, Value>([[0x8769, { directory: inside }]]));
      const { dates } = await factsOf('x.jpg', encodeJpeg(pixels, { exif }));
      return dates.map((date) => ('text' in date ? `${date.text} ${date.offset ?? date.fraction ?? 'plain'}` : date.from));
    };
    const [zone, fraction]: [[number, Value], [number, Value]] = [
      [0x9012, ascii('+02:00')],
      [0x9291, ascii('25')],
    ];
    const [scan, picture] = ['2024:07:14 09:21:33', '1987:06:21 12:00:00'];
    assert.deepEqual(await datesWith(picture), [`${picture} plain`, `${scan} plain`]);
    assert.deepEqual(await datesWith(picture, zone), [`${scan} +02:00`, `${picture} plain`]);
    assert.deepEqual(await datesWith(picture, zone, fraction), [`${picture} 25`, `${scan} +02:00`]);
  });

  it('hold the date of the last change only where no date of taking can be read', async () => {
    const first = new Map([...exifDirectory(note)].filter(([tag]) => tag !== 0x8769));
    const exif = new Map<number, Value>([
      [0x9003, ascii('0000:00:00 00:00:00')],
      [0x9010, ascii('+05:30')],
    ]);
    const change = { from: 'EXIF date of change', text: '2024:07:14 09:21:33', fraction: undefined };
    const dated = encodeJpeg(pixels, { exif: writeTiff(new Map<number, Value>([...first, [0x8769, { directory: exif }]])) });
    assert.deepEqual((await factsOf('x.jpg', dated)).dates, [{ ...change, offset: '+05:30' }]);
    const scanned = encodeJpeg(pixels, { exif: writeTiff(first) });
    assert.deepEqual((await factsOf('x.jpg', scanned)).dates, [{ ...change, offset: undefined }]);
  });

  it('are few in files that hold none, and nothing is read of kinds that never do', async () => {
    assert.deepEqual(await factsOf('x.jpg', encodeJpeg(pixels)), { dates: [], holdsMore: false });
    assert.deepEqual(await factsOf('x.jpg', Buffer.alloc(0)), { dates: [], holdsMore: false });
    for (const kind of ['sidecar', 'other'] as const) {
      const bytes = counted(pictures['x.jpg'] ?? Buffer.of());
      assert.deepEqual(await readMediaFacts(bytes, kind), { dates: [], holdsMore: false });
      assert.equal(bytes.seen.looks, 0);
    }
  });

  it('are those of the content where a name contradicts it', async () => {
    const createdAtMs = Date.UTC(2024, 6, 14, 7, 21, 33);
    assert.deepEqual((await factsOf('x.jpg', movie({ createdAtMs }))).dates, [{ from: 'movie header', epochMs: createdAtMs }]);
    for (const name of ['x.jpg', 'x.heic']) assert.equal((await factsOf('x.mov', pictures[name] ?? Buffer.of())).camera, 'Apple iPhone 15');
  });

  it('end with the error of a file that cannot be read', async () => {
    const broken = { sizeBytes: 1000, readAt: () => Promise.reject(new Error('EIO')) };
    await assert.rejects(readMediaFacts(broken, 'photo'), /EIO/);
  });
});

describe('the facts of a movie', () => {
  const keys = {
    'com.apple.quicktime.make': 'Apple',
    'com.apple.quicktime.model': 'iPhone 15',
    'com.apple.quicktime.creationdate': '2024-07-14T09:21:33+0200',
    'com.apple.quicktime.location.ISO6709': '+54.3521-013.6104+007.000/',
    'com.apple.quicktime.content.identifier': note.contentIdentifier ?? '',
  };
  const head = { from: 'movie header', epochMs: Date.UTC(2024, 6, 14, 7, 21, 33) };

  for (const isHeadAtEnd of [true, false]) {
    it(`are read with the head ${isHeadAtEnd ? 'behind' : 'before'} the frames, in some hundred bytes`, async () => {
      const bytes = counted(movie({ isHeadAtEnd, keys }));
      assert.deepEqual(await readMediaFacts(bytes, 'video'), {
        dates: [{ from: 'QuickTime creation date', text: '2024-07-14T09:21:33+0200' }, head],
        camera: 'Apple iPhone 15',
        place: { latitude: 54.3521, longitude: -13.6104 },
        contentIdentifier: note.contentIdentifier,
        durationMs: 1500,
        holdsMore: false,
      });
      assert.ok(bytes.seen.bytes < 1_000, `${bytes.seen.bytes} bytes`);
    });
  }

  it('of a plain one cost about a hundred bytes', async () => {
    const bytes = counted(movie());
    assert.deepEqual(await readMediaFacts(bytes, 'video'), { dates: [head], durationMs: 1500, holdsMore: false });
    assert.ok(bytes.seen.bytes <= 128, `${bytes.seen.bytes} bytes`);
  });

  it('are read from the boxes of Android and of older cameras', async () => {
    const oldKeys = { '\xa9xyz': '+35.0116+135.7681/', '\xa9day': '2024-07-14T09:21:33+0200', '\xa9mak': 'SONY', '\xa9mod': 'HDR-CX450' };
    const { dates, camera, place } = await factsOf('x.mp4', movie({ brand: 'mp42', oldKeys }));
    assert.deepEqual(dates, [head, { from: 'date that Immich ignores', text: '2024-07-14T09:21:33+0200' }]);
    assert.deepEqual([camera, place], ['SONY HDR-CX450', { latitude: 35.0116, longitude: 135.7681 }]);
  });

  it('are rather those of Apple’s keys where both are there', async () => {
    const both = movie({ keys, oldKeys: { '\xa9day': '2024', '\xa9mod': 'Editor 7' } });
    const { dates, camera } = await factsOf('x.mov', both);
    assert.deepEqual([dates[0], camera], [{ from: 'QuickTime creation date', text: '2024-07-14T09:21:33+0200' }, 'Apple iPhone 15']);
  });

  const inFragments = (firstMs: number, ...mvex: readonly Buffer[]): Buffer => {
    const seconds = Math.floor(head.epochMs / 1000) + 2_082_844_800;
    const mvhd = fullBox('mvhd', [0, 0], uint(4, seconds, seconds, 1000, firstMs), Buffer.alloc(80));
    return Buffer.concat([
      box('ftyp', text('iso5'), uint(4, 0)),
      box('moov', mvhd, box('mvex', ...mvex)),
      box('moof'),
      box('mdat', Buffer.alloc(99)),
    ]);
  };

  it('hold the length of a recording in fragments where it is told', async () => {
    const { dates, durationMs } = await factsOf('x.mp4', inFragments(0, fullBox('mehd', [0, 0], uint(4, 3500))));
    assert.deepEqual([dates, durationMs], [[head], 3500]);
    assert.equal((await factsOf('x.mp4', inFragments(2000, fullBox('mehd', [1, 0], uint(4, 0, 3500))))).durationMs, 3500);
  });

  for (const firstMs of [0, 2000]) {
    it(`call a recording in fragments longer than any live photo where it tells only of the first ${firstMs} ms`, async () => {
      const { durationMs = 0 } = await factsOf('x.mp4', inFragments(firstMs, fullBox('trex', [0, 0], uint(4, 1, 1, 0, 0, 0))));
      assert.ok(durationMs > 3_600_000 && Number.isSafeInteger(durationMs));
    });
  }

  it('are told by an old box of Apple before the head', async () => {
    const { dates } = await factsOf('x.mov', movie({ plainKeys: { date: '2012-03-04T05:06:07+0900' } }));
    assert.deepEqual(dates, [{ from: 'QuickTime creation date', text: '2012-03-04T05:06:07+0900' }, head]);
  });

  it('hold the date of the first track where the movie’s own head has none', async () => {
    assert.deepEqual((await factsOf('x.mp4', movie({ createdAtMs: 0, trackCreatedAtMs: head.epochMs }))).dates, [head]);
  });

  for (const [name, headMs] of Object.entries({ 'has none': 0, 'was never set': -1 })) {
    it(`hold the date of the first track that has one where the movie’s own head ${name}`, async () => {
      const since1904 = (epochMs: number): number => epochMs / 1000 + 2_082_844_800;
      const track = (seconds: number): Buffer =>
        box('trak', box('mdia', fullBox('mdhd', [0, 0], uint(4, seconds, seconds, 1000, 1500, 0))));
      const mvhd = fullBox('mvhd', [0, 0], uint(4, headMs === 0 ? 0 : since1904(0), 0, 1000, 1500), Buffer.alloc(80));
      const moov = box('moov', mvhd, track(0), track(since1904(Math.floor(head.epochMs / 1000) * 1000)));
      const { dates } = await factsOf('x.mov', Buffer.concat([box('ftyp', text('qt  '), uint(4, 0)), moov]));
      assert.deepEqual(dates, [head]);
    });
  }

  it('hold no date where the clock was never set', async () => {
    assert.deepEqual((await factsOf('x.mp4', movie({ createdAtMs: 0 }))).dates, []);
  });

  it('hold the right date where a program counted from 1970', async () => {
    const from1904Ms = 2_082_844_800_000;
    assert.deepEqual((await factsOf('x.mp4', movie({ createdAtMs: head.epochMs - from1904Ms }))).dates, [head]);
  });
});
