import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type HouseholdWish, TestHousehold } from '../../../test/kit/household.ts';
import { whyFile } from '../../desk/index.ts';
import { parseTemplate } from '../../domain/index.ts';
import { systemClock } from '../../kernel/index.ts';
import { pictures } from '../../media/fixtures.test.ts';
import { ExiftoolReader, exiftoolHitch, type SecondAnswer, type SecondReader } from '../../media/index.ts';
import { jpegWith, oddFiles, plainFiles, xmp, xmpSegment } from '../../media/odd-files.test.ts';

const hitch = await exiftoolHitch();
const isThere =
  hitch === undefined && process.platform === 'linux' ? {} : { skip: `no second reader here: ${hitch?.because ?? 'no /proc'}` };

/** A second reader of which every question is remembered. */
class HeardReader implements SecondReader, AsyncDisposable {
  asked = 0;
  readonly #exiftool = new ExiftoolReader({ clock: systemClock });
  read(...question: Parameters<SecondReader['read']>): Promise<SecondAnswer> {
    this.asked += 1;
    return this.#exiftool.read(...question);
  }
  [Symbol.asyncDispose](): Promise<void> {
    return this.#exiftool[Symbol.asyncDispose]();
  }
}
const without: SecondReader = { read: async () => ({ kind: 'not read', because: 'perl is not on this machine' }) };
const monthly = (more: HouseholdWish = {}): HouseholdWish => ({
  sources: [{ albums: [{ template: parseTemplate('{year}-{month}'), isAdoptable: false }] }],
  ...more,
});
const takenOf = (home: TestHousehold, name: string | Buffer) => {
  const { taken } = whyFile(home.path(name), home.journal, home.clock.now()) ?? {};
  return taken && `${taken.local} by ${taken.from}`;
};
const sidecar = (date: string): Buffer => xmp(`exif:DateTimeOriginal="${date}"`);

describe('the date of a picture that the quick reader does not understand', isThere, () => {
  it('decides its album, whatever its name is made of', async () => {
    await using secondReader = new HeardReader();
    await using home = await TestHousehold.open(monthly({ secondReader }));
    const names = [
      'plain.jpg',
      'new\nline.jpg',
      '-execute.jpg',
      '@a #[CSTR].jpg',
      Buffer.from([0x49, 0xff, 0xc3, 0x28, 0x2e, 0x6a, 0x70, 0x67]),
    ];
    for (const [at, name] of names.entries())
      await home.write(name, Buffer.concat([jpegWith(xmpSegment()).subarray(0, -2), Buffer.of(at, 0xff, 0xd9)]));
    await home.once();
    for (const name of names) assert.equal(takenOf(home, name), '2019-05-01T10:00:00 by XMP');
    assert.deepEqual(
      (await home.albums()).map(({ albumName, assetCount }) => [albumName, assetCount]),
      [['2019-05', names.length]],
    );
  });

  it('costs nothing for pictures whose parts are all known', async () => {
    await using secondReader = new HeardReader();
    await using home = await TestHousehold.open(monthly({ secondReader }));
    for (const [name, { kind, content }] of Object.entries(plainFiles))
      await home.write(`${name}.${kind === 'photo' ? 'jpg' : 'mp4'}`, content);
    await home.once();
    assert.equal(secondReader.asked, 0);
  });

  it('names the camera, too', async () => {
    await using secondReader = new HeardReader();
    await using home = await TestHousehold.open(monthly({ secondReader }));
    await home.write('x.mrw', oddFiles.MRW?.content);
    await home.once();
    assert.equal(whyFile(home.path('x.mrw'), home.journal, 0)?.camera, 'Minolta Co., Ltd. DiMAGE 7');
  });
});

describe('the date of a sidecar', isThere, () => {
  const picture = jpegWith(xmpSegment());
  const { 'x.jpg': dated = Buffer.of() } = pictures;

  it('goes before every date of its picture, as in Immich', async () => {
    await using secondReader = new HeardReader();
    await using home = await TestHousehold.open(monthly({ secondReader }));
    await home.write('x.jpg', picture);
    await home.write('x.jpg.xmp', sidecar('1987-06-05T04:03:02+02:00'));
    await home.once();
    assert.equal(takenOf(home, 'x.jpg'), '1987-06-05T04:03:02 by sidecar');
    assert.deepEqual(
      (await home.albums()).map(({ albumName }) => albumName),
      ['1987-06'],
    );
  });

  it('is read once, where no rule goes by dates', async () => {
    await using secondReader = new HeardReader();
    await using home = await TestHousehold.open(monthly({ secondReader }));
    await home.write('x.jpg', dated);
    await home.write('x.jpg.xmp', sidecar('1987-06-05T04:03:02+02:00'));
    await home.once();
    assert.equal(takenOf(home, 'x.jpg'), '1987-06-05T04:03:02 by sidecar');
    assert.equal(secondReader.asked, 1);
  });

  it('does not count where it tells a day only, as in Immich', async () => {
    await using secondReader = new HeardReader();
    await using home = await TestHousehold.open(monthly({ secondReader }));
    await home.write('x.jpg', picture);
    await home.write('x.xmp', sidecar('1987-06-05'));
    await home.once();
    assert.equal(takenOf(home, 'x.jpg'), '2019-05-01T10:00:00 by XMP');
  });

  it('counts as it is when the picture is sent', async () => {
    await using secondReader = new HeardReader();
    await using home = await TestHousehold.open(monthly({ secondReader }));
    await home.write('x.jpg', picture);
    await home.write('x.xmp', sidecar('1987-06-05T04:03:02+02:00'));
    await home.onceUntilCrash('before POST /assets');
    assert.equal(takenOf(home, 'x.jpg'), '1987-06-05T04:03:02 by sidecar', 'seen while it waits');
    await home.write('x.xmp', sidecar('1988-07-06T05:04:03+02:00'));
    await home.once();
    home.clock.leap(60_000);
    await home.once();
    assert.equal(home.state('x.jpg'), 'safe');
    assert.equal(takenOf(home, 'x.jpg'), '1988-07-06T05:04:03 by sidecar');
    assert.deepEqual(
      (await home.albums()).map(({ albumName }) => albumName),
      ['1988-07'],
    );
  });

  it('no longer counts when the sidecar is gone before the picture is sent', async () => {
    await using secondReader = new HeardReader();
    await using home = await TestHousehold.open(monthly({ secondReader }));
    await home.write('x.jpg', picture);
    await home.write('x.xmp', sidecar('1987-06-05T04:03:02+02:00'));
    await home.onceUntilCrash('before POST /assets');
    await home.remove('x.xmp');
    await home.once();
    assert.equal(takenOf(home, 'x.jpg'), '2019-05-01T10:00:00 by XMP');
  });

  it('does not count when it comes after the picture was sent, nor does one that was sent stop counting when it goes', async () => {
    await using secondReader = new HeardReader();
    await using home = await TestHousehold.open(monthly({ secondReader }));
    await home.write('late.jpg', picture);
    await home.write('sent.jpg', Buffer.concat([picture, Buffer.of(0)]));
    await home.write('sent.xmp', sidecar('1987-06-05T04:03:02+02:00'));
    await home.once();
    await home.write('late.xmp', sidecar('1987-06-05T04:03:02+02:00'));
    await home.remove('sent.xmp');
    await home.once();
    assert.equal(home.state('late.xmp'), 'left');
    assert.equal(takenOf(home, 'late.jpg'), '2019-05-01T10:00:00 by XMP');
    assert.equal(takenOf(home, 'sent.jpg'), '1987-06-05T04:03:02 by sidecar');
  });

  it('is what the rules go by', async () => {
    await using secondReader = new HeardReader();
    const before = { kind: 'taken before', date: '2001-01-01', where: 'homeroll.yaml:10' } as const;
    await using home = await TestHousehold.open({ secondReader, sources: [{ rules: [before] }] });
    await home.write('x.jpg', picture);
    await home.write('x.xmp', sidecar('1987-06-05T04:03:02+02:00'));
    await home.once();
    assert.equal(home.state('x.jpg'), 'unwanted');
  });

  it('is what the rules go by, as it was read when the sidecar came before its picture', async () => {
    await using secondReader = new HeardReader();
    const before = { kind: 'taken before', date: '2001-01-01', where: 'homeroll.yaml:10' } as const;
    await using home = await TestHousehold.open({ secondReader, sources: [{ rules: [before] }] });
    await home.write('x.xmp', sidecar('1987-06-05T04:03:02+02:00'));
    await home.once();
    await home.write('x.jpg', dated);
    await home.once();
    assert.equal(home.state('x.jpg'), 'unwanted');
    assert.equal(secondReader.asked, 1);
  });
});

describe('without a second reader', () => {
  it('a picture goes its way, and why says what is not known of its date', async () => {
    await using home = await TestHousehold.open(monthly({ secondReader: without }));
    await home.write('IMG_20200102_030405.jpg', jpegWith(xmpSegment()));
    await home.write('IMG_20200102_030405.xmp', sidecar('1987-06-05T04:03:02+02:00'));
    await home.once();
    assert.equal(takenOf(home, 'IMG_20200102_030405.jpg'), '2020-01-02T03:04:05 by file name');
    assert.equal(home.file('IMG_20200102_030405.jpg')?.notes.taken?.isUnread, true, 'so no sidecar of ours may hide what Immich finds');
    const reasons = (name: string) => home.journal.history.of(home.file(name)?.id ?? (0 as never)).map(({ reason }) => reason);
    assert.ok(
      reasons('IMG_20200102_030405.jpg').includes('it may hold a better date than that of its file name, but perl is not on this machine'),
    );
    assert.ok(reasons('IMG_20200102_030405.xmp').some((reason) => reason?.endsWith('it is not known here: perl is not on this machine')));
  });
});
