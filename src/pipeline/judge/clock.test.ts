/** A clock that was wrong is set right: by what lies beside a movie, by the place, and by what the owner says of a camera. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';
import { type ClockCorrection, textGlob } from '../../domain/index.ts';
import { systemClock } from '../../kernel/index.ts';
import { ExiftoolReader, exiftoolHitch } from '../../media/index.ts';
import { box } from '../../practice/samples/boxes.ts';
import { exifDirectory } from '../../practice/samples/exif.ts';
import { encodeJpeg } from '../../practice/samples/jpeg.ts';
import { encodeMovie } from '../../practice/samples/movie.ts';
import { writeTiff } from '../../practice/samples/tiff.ts';

const pixels = { width: 16, height: 16, rgb: new Uint8ClampedArray(16 * 16 * 3) };
const still = (local: string): Buffer =>
  encodeJpeg(pixels, { exif: writeTiff(exifDirectory({ make: 'GoPro', model: 'HERO8 Black', local })) });
const movie = (head: string, oldKeys: Readonly<Record<string, string>> = {}): Buffer =>
  encodeMovie(
    { width: 16, height: 16, jpegs: new Array(12).fill(encodeJpeg(pixels)), perSecond: 1 },
    { brand: 'mp42', isHeadAtEnd: false, createdAtMs: Date.parse(`${head}Z`), oldKeys },
  );
const gopro = { '\u00a9mak': 'GoPro', '\u00a9mod': 'HERO8 Black' };

const hitch = await exiftoolHitch();
const isThere =
  hitch === undefined && process.platform === 'linux' ? {} : { skip: `no second reader here: ${hitch?.because ?? 'no /proc'}` };

/** A movie whose camera stands where GoPro writes it, in a box of its own kind. */
function goproMovie(head: string): Buffer {
  const entry = (key: string, type: number, content: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from(key),
      Buffer.of(type, 1, content.length >> 8, content.length & 255),
      content,
      Buffer.alloc(-content.length & 3),
    ]);
  const told = Buffer.concat([entry('DVNM', 99, Buffer.from('Global Settings')), entry('MINF', 99, Buffer.from('HERO7 Black'))]);
  const plain = encodeMovie(
    { width: 16, height: 16, jpegs: [encodeJpeg(pixels)], perSecond: 1 },
    { brand: 'mp42', isHeadAtEnd: true, createdAtMs: Date.parse(`${head}Z`) },
  );
  const userData = box('udta', box('GPMF', entry('DEVC', 0, told)));
  const headAt = plain.indexOf('moov') - 4;
  const movie = Buffer.concat([plain, userData]);
  movie.writeUInt32BE(movie.length - headAt, headAt);
  return movie;
}

function correction(wish: Partial<ClockCorrection>): ClockCorrection {
  return { isLocal: false, addMs: 0, isForImmich: false, said: 'as said', where: 'homeroll.yaml:9', ...wish };
}

async function shownDate(home: TestHousehold, name: string): Promise<string> {
  const { localDateTime } = (await home.byHand('GET', `/assets/${(await home.asset(name)).id}`)) as { localDateTime: string };
  return localDateTime.slice(0, 19);
}

describe('the clock of a movie', () => {
  it('is that of its name, where the head says local time', async () => {
    await using home = await TestHousehold.open();
    await home.write('VID_20190501_100000.mp4', movie('2019-05-01T10:00:02'));
    await home.once();
    const { taken } = home.file('VID_20190501_100000.mp4')?.notes ?? {};
    assert.deepEqual(taken, {
      local: '2019-05-01T10:00:00',
      epochMs: Date.parse('2019-05-01T08:00:00Z'),
      from: 'movie header',
      correctedBy: 'the wall clock in its name',
      elseShown: '2019-05-01T10:00:02',
    });
  });

  it('is that of a still of its stem', async () => {
    await using home = await TestHousehold.open();
    await home.write('P1010001.JPG', still('2019-05-01T10:00:00'));
    await home.write('P1010001.MP4', movie('2019-05-01T10:00:02'));
    await home.once();
    const { taken } = home.file('P1010001.MP4')?.notes ?? {};
    assert.deepEqual([taken?.local, taken?.correctedBy], ['2019-05-01T10:00:00', 'the wall clock in P1010001.JPG']);
  });

  it('is that of its place', async () => {
    await using home = await TestHousehold.open();
    await home.write('MVI_1.mp4', movie('2019-03-01T03:30:00', { '\u00a9xyz': '+40.7580-073.9855/' }));
    await home.once();
    const { taken } = home.file('MVI_1.mp4')?.notes ?? {};
    assert.deepEqual(taken, { local: '2019-02-28T22:30:00', epochMs: Date.parse('2019-03-01T03:30:00Z'), from: 'movie header' });
  });

  it('is the owner’s where nothing tells, and what Immich shows is noted', async () => {
    await using home = await TestHousehold.open();
    await home.write('MVI_1.mp4', movie('2019-02-28T23:30:00'));
    await home.once();
    const { taken } = home.file('MVI_1.mp4')?.notes ?? {};
    assert.deepEqual([taken?.local, taken?.elseShown, taken?.isSentAlong], ['2019-03-01T00:30:00', '2019-02-28T23:30:00', undefined]);
    assert.equal(await shownDate(home, 'MVI_1.mp4'), '2019-02-28T23:30:00');
  });
});

describe('a clock that the owner sets right', () => {
  const open = (clock: readonly ClockCorrection[]) => TestHousehold.open({ sources: [{ clock }] });

  it('dates what this camera took, and nothing else', async () => {
    await using home = await open([correction({ camera: textGlob('HERO*'), addMs: 3_600_000 })]);
    await home.write('a.jpg', still('2019-04-30T23:30:00'));
    await home.write('IMG_20190430_233000.jpg');
    await home.once();
    const { taken } = home.file('a.jpg')?.notes ?? {};
    assert.equal(taken?.local, '2019-05-01T00:30:00');
    assert.equal(taken?.correctedBy, 'clock: as said (homeroll.yaml:9)');
    assert.equal(taken?.elseShown, '2019-04-30T23:30:00');
    assert.equal(home.file('IMG_20190430_233000.jpg')?.notes.taken?.local, '2019-04-30T23:30:00');
    assert.equal(await shownDate(home, 'a.jpg'), '2019-04-30T23:30:00');
  });

  it('reaches Immich where the owner says so', async () => {
    await using home = await open([correction({ addMs: 3_600_000, isForImmich: true })]);
    await home.write('a.jpg', still('2019-04-30T23:30:00'));
    await home.once();
    assert.equal(await shownDate(home, 'a.jpg'), '2019-05-01T00:30:00');
    assert.equal(home.state('a.jpg'), 'safe');
  });

  it('reaches Immich by a date in a name anyway', async () => {
    await using home = await open([correction({ addMs: 3_600_000 })]);
    await home.write('IMG_20190430_233000.jpg');
    await home.once();
    assert.equal(home.file('IMG_20190430_233000.jpg')?.notes.taken?.elseShown, undefined);
    assert.equal(await shownDate(home, 'IMG_20190430_233000.jpg'), '2019-05-01T00:30:00');
  });

  it('makes way for a sidecar of the owner’s', async () => {
    await using home = await open([correction({ addMs: 3_600_000, isForImmich: true })]);
    await home.write('a.jpg', still('2019-04-30T23:30:00'));
    await home.write('a.jpg.xmp', '<x exif:DateTimeOriginal="2018-01-02T03:04:05+01:00"/>');
    await home.once();
    assert.equal(await shownDate(home, 'a.jpg'), '2018-01-02T03:04:05');
  });

  it('takes the head of a movie for local time, and adds to that', async () => {
    const clock = [correction({ camera: textGlob('HERO*'), isLocal: true, addMs: -60_000 })];
    await using home = await open(clock);
    await home.write('GX010001.MP4', movie('2019-05-01T00:31:00', gopro));
    await home.once();
    assert.equal(home.file('GX010001.MP4')?.notes.taken?.local, '2019-05-01T00:30:00');
  });

  it('knows a GoPro by its movies, with the second reader', isThere, async () => {
    await using secondReader = new ExiftoolReader({ clock: systemClock });
    const clock = [correction({ camera: textGlob('HERO*'), isLocal: true })];
    await using home = await TestHousehold.open({ sources: [{ clock }], secondReader });
    await home.write('GX010001.MP4', goproMovie('2019-05-01T00:30:00'));
    await home.once();
    const { taken, camera } = home.file('GX010001.MP4')?.notes ?? {};
    assert.deepEqual([taken?.local, taken?.from, camera], ['2019-05-01T00:30:00', 'movie header', 'HERO7 Black']);
  });

  it('adds once to a movie that a still of its stem dates', async () => {
    await using home = await open([correction({ addMs: 3_600_000 })]);
    await home.write('P1010001.JPG', still('2019-05-01T10:00:00'));
    await home.write('P1010001.MP4', movie('2019-05-01T10:00:02'));
    await home.once();
    assert.equal(home.file('P1010001.MP4')?.notes.taken?.local, '2019-05-01T11:00:00');
  });

  it('shows in Immich the owner’s wall clock of all movies, if that is all that is asked', async () => {
    await using home = await open([correction({ isForImmich: true })]);
    await home.write('MVI_1.mp4', movie('2019-02-28T23:30:00'));
    await home.write('a.jpg', still('2019-04-30T23:30:00'));
    await home.once();
    assert.equal(await shownDate(home, 'MVI_1.mp4'), '2019-03-01T00:30:00');
    assert.equal(home.file('a.jpg')?.notes.taken?.isSentAlong, undefined);
  });
});
