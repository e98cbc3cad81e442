/** Small files that keep their date where only the second reader understands it, one for each kind; and some that keep none. */
import { deflateSync } from 'node:zlib';
import { box, fullBox, text, uint } from '../practice/samples/boxes.ts';
import { encodeJpeg } from '../practice/samples/jpeg.ts';
import { encodePng } from '../practice/samples/png.ts';
import { ascii, byteRow, type Directory, fractions, type Value, writeTiff } from '../practice/samples/tiff.ts';
import { movie, pixels } from './fixtures.test.ts';
import { canonRaw, kyocera, littleEndian, minolta, sigma, taken } from './odd-raws.test.ts';

export const xmp = (attributes = 'exif:DateTimeOriginal="2019-05-01T10:00:00+02:00"'): Buffer =>
  Buffer.from(
    `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ${attributes}/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
  );

/** A JPEG with segments of ours before its own. */
export function jpegWith(...segments: readonly (readonly [marker: number, content: Buffer])[]): Buffer {
  const jpeg = encodeJpeg(pixels);
  const written = segments.map(([marker, content]) => Buffer.concat([Buffer.of(0xff, marker), uint(2, content.length + 2), content]));
  return Buffer.concat([jpeg.subarray(0, 2), ...written, jpeg.subarray(2)]);
}
export const exifSegment = (first: Directory): readonly [number, Buffer] => [0xe1, Buffer.concat([text('Exif\0\0'), writeTiff(first)])];
export const xmpSegment = (content = xmp()): readonly [number, Buffer] => [
  0xe1,
  Buffer.concat([text('http://ns.adobe.com/xap/1.0/\0'), content]),
];
/** Bytes that belong to no segment, behind the first one: readers of JPEG look for the next marker. */
export function withStrayBytes(jpeg: Buffer, stray: Buffer): Buffer {
  const first = Buffer.concat([Buffer.of(0xff, 0xe0), uint(2, 9), text('JFIF\0\x01\x02')]);
  return Buffer.concat([jpeg.subarray(0, 2), first, stray, jpeg.subarray(2)]);
}
const datedTiff = (date: string): readonly [number, Buffer] =>
  exifSegment(
    new Map<number, Value>([
      [
        0x8769,
        {
          directory: new Map<number, Value>([
            [0x9003, ascii(date)],
            [0x9004, ascii('2019:05:01 10:00:00')],
          ]),
        },
      ],
    ]),
  );
const modified: readonly [number, Value] = [0x0132, ascii('2023:08:09 10:11:12')];
const takenTiff = writeTiff(new Map<number, Value>([[0x8769, { directory: taken }]]));

const dataSet = (number: number, value: string): Buffer => Buffer.concat([Buffer.of(0x1c, 2, number), uint(2, value.length), text(value)]);
export const resource = (number: number, content: Buffer): Buffer =>
  Buffer.concat([text('8BIM'), uint(2, number, 0), uint(4, content.length), content, Buffer.alloc(content.length % 2)]);
export const iptc = (...sets: readonly Buffer[]): readonly [number, Buffer] => [
  0xed,
  Buffer.concat([text('Photoshop 3.0\0'), resource(0x03ed, Buffer.alloc(16)), resource(0x0404, Buffer.concat(sets))]),
];

function pngWith(type: string, content: Buffer): Buffer {
  const png = encodePng(pixels);
  const end = png.length - 12;
  return Buffer.concat([png.subarray(0, end), uint(4, content.length), text(type), content, uint(4, 0), png.subarray(end)]);
}
const rawProfile = (name: string, content: Buffer): string =>
  `\n${name}\n${String(content.length).padStart(8)}\n${content.toString('hex')}\n`;

const riff = (type: string, content: Buffer): Buffer =>
  Buffer.concat([text(type), littleEndian(4, content.length), content, Buffer.alloc(content.length % 2)]);
const webp = (...chunks: readonly Buffer[]): Buffer =>
  riff('RIFF', Buffer.concat([text('WEBP'), riff('VP8L', Buffer.of(0x2f, 0, 0, 0, 0, 8)), ...chunks]));

function psd(...resources: readonly Buffer[]): Buffer {
  const all = Buffer.concat(resources);
  const head = Buffer.concat([text('8BPS'), uint(2, 1), Buffer.alloc(6), uint(2, 3), uint(4, 1, 1), uint(2, 8, 3)]);
  return Buffer.concat([head, uint(4, 0, all.length), all, uint(4, 0), uint(2, 0), Buffer.alloc(3)]);
}

/** HEIF whose one item besides the picture is XMP, of type `mime`. */
function heifWithXmp(): Buffer {
  const ftyp = box('ftyp', text('heic'), uint(4, 0), text('mif1heic'));
  const metaAt = (at: number): Buffer => {
    const infe = fullBox('infe', [2, 0], uint(2, 2, 0), text('mime\0application/rdf+xml\0'));
    const iloc = fullBox('iloc', [0, 0], Buffer.of(0x44, 0), uint(2, 1), uint(2, 2, 0, 1), uint(4, at, xmp().length));
    const hdlr = fullBox('hdlr', [0, 0], uint(4, 0), text('pict'), uint(4, 0, 0, 0));
    return fullBox('meta', [0, 0], hdlr, fullBox('iinf', [0, 0], uint(2, 1), infe), iloc);
  };
  const at = ftyp.length + metaAt(0).length + 8;
  return Buffer.concat([ftyp, metaAt(at), box('mdat', xmp())]);
}

/** GIF of one pixel, with XMP as an application extension and its ramp of 258 bytes behind. */
function gif(...extensions: readonly Buffer[]): Buffer {
  const head = Buffer.concat([text('GIF89a'), Buffer.of(1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff)]);
  return Buffer.concat([head, ...extensions, Buffer.of(0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b)]);
}
const gifRamp = Buffer.concat([Buffer.of(1), Buffer.from(Array.from({ length: 256 }, (_, at) => 255 - at)), Buffer.of(0)]);

const jp2 = (...boxes: readonly Buffer[]): Buffer =>
  Buffer.concat([
    box('jP  ', Buffer.from('0d0a870a', 'hex')),
    box('ftyp', text('jp2 '), uint(4, 0), text('jp2 ')),
    box('jp2h'),
    box('jp2c'),
    ...boxes,
  ]);
const xmpUuid = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');

const avi = (...chunks: readonly Buffer[]): Buffer =>
  riff(
    'RIFF',
    Buffer.concat([
      text('AVI '),
      riff('LIST', Buffer.concat([text('hdrl'), riff('avih', Buffer.alloc(56)), ...chunks])),
      riff('LIST', text('movi')),
    ]),
  );

const element = (id: string, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from(id, 'hex'), Buffer.of(1), uint(4, 0).subarray(1), uint(4, content.length), content]);
function matroska(docType: string): Buffer {
  const nanoseconds = Buffer.alloc(8);
  nanoseconds.writeBigInt64BE(BigInt(Date.UTC(2019, 4, 1, 8) - Date.UTC(2001, 0, 1)) * 1_000_000n);
  const info = element('1549a966', Buffer.concat([element('2ad7b1', uint(4, 1_000_000)), element('4461', nanoseconds)]));
  return Buffer.concat([element('1a45dfa3', element('4282', text(docType))), element('18538067', info)]);
}

/** Windows Media: a header object with the properties of the file in it, the time in tenths of microseconds since 1601. */
function windowsMedia(): Buffer {
  const created = Buffer.alloc(8);
  created.writeBigUInt64LE(BigInt(Date.UTC(2019, 4, 1, 8) - Date.UTC(1601, 0, 1)) * 10_000n);
  const guid = (hex: string): Buffer => Buffer.from(hex, 'hex');
  const object = (id: string, content: Buffer): Buffer => Buffer.concat([guid(id), littleEndian(4, content.length + 24, 0), content]);
  const properties = object(
    'a1dcab8c47a9cf118ee400c00c205365',
    Buffer.concat([Buffer.alloc(16), littleEndian(4, 500, 0), created, Buffer.alloc(48)]),
  );
  return object('3026b2758e66cf11a6d900aa0062ce6c', Buffer.concat([littleEndian(4, 1), Buffer.of(1, 2), properties]));
}

/** A dash cam's: its clock was never set, and a table in the head leads to sentences of its GPS, which exiftool reads only if told to. */
function dashCam(): Buffer {
  const head = Buffer.concat([Buffer.alloc(40), text('20190501080000'), Buffer.alloc(14)]);
  const log = box(
    'free',
    text('GPS '),
    head,
    text(' $GPRMC,080000.000,A,5231.2000,N,01324.3000,E,55.11,125.58,010519,,,A*59\r\n'),
    Buffer.alloc(40),
  );
  const ftyp = box('ftyp', text('mp42'), uint(4, 0), text('mp42isom'));
  const moov = (at: number): Buffer =>
    box('moov', fullBox('mvhd', [0, 0], uint(4, 0, 0, 1000, 3000), Buffer.alloc(80)), box('gps ', uint(4, 0x101, 1, at, log.length)));
  return Buffer.concat([ftyp, moov(ftyp.length + moov(0).length), log, box('mdat', Buffer.alloc(64))]);
}

export interface OddFile {
  readonly content: Buffer;
  readonly kind: 'photo' | 'video';
  readonly from: string;
  /** The wall clock in Berlin; 2019-05-01T10:00:00 unless told. */
  readonly local?: string;
  readonly camera?: string;
}
const photo = (from: string, content: Buffer, more: Partial<OddFile> = {}): OddFile => ({ content, kind: 'photo', from, ...more });
const video = (from: string, content: Buffer, more: Partial<OddFile> = {}): OddFile => ({ content, kind: 'video', from, ...more });
const gps = new Map<number, Value>([
  [
    0x0007,
    fractions([
      [8, 1],
      [0, 1],
      [0, 1],
    ]),
  ],
  [0x001d, ascii('2019:05:01')],
]);

/** All of them were taken on 1 May 2019. */
export const oddFiles: Readonly<Record<string, OddFile>> = {
  'XMP in a JPEG': photo('XMP', jpegWith(xmpSegment())),
  'XMP with camera': photo(
    'XMP',
    jpegWith(xmpSegment(xmp('exif:DateTimeOriginal="2019-05-01T10:00:00" tiff:Make="Nikon" tiff:Model="Coolscan V"'))),
    { camera: 'Nikon Coolscan V' },
  ),
  'XMP beside a date of change in EXIF': photo(
    'XMP',
    jpegWith(exifSegment(new Map([modified])), xmpSegment(xmp('xmp:CreateDate="2019-05-01T10:00:00+02:00"'))),
  ),
  'XMP before a plain date of digitizing': photo(
    'XMP',
    jpegWith(
      exifSegment(new Map<number, Value>([[0x8769, { directory: new Map<number, Value>([[0x9004, ascii('2022:02:02 02:02:02')]]) }]])),
      xmpSegment(),
    ),
  ),
  'XMP of a day': photo('date that Immich ignores', jpegWith(xmpSegment(xmp('photoshop:DateCreated="2019-05-01"'))), {
    local: '2019-05-01T12:00:00',
  }),
  'XMP in a PNG': photo('XMP', pngWith('iTXt', Buffer.concat([text('XML:com.adobe.xmp\0\0\0\0\0'), xmp()]))),
  'XMP in a JPEG, behind stray bytes': photo('XMP', withStrayBytes(jpegWith(xmpSegment()), Buffer.alloc(3))),
  'XMP in a JPEG, behind a marker that has no length': photo('XMP', withStrayBytes(jpegWith(xmpSegment()), Buffer.of(0xff, 0x01))),
  'EXIF that counts to 24 hours': photo('EXIF', jpegWith(datedTiff('2019:04:30 24:00:00')), { local: '2019-05-01T00:00:00' }),
  'EXIF in a spelling that Immich does not know, before one that it knows': photo('EXIF', jpegWith(datedTiff('2021/07/08 10:00:00'))),
  'XMP in a drawing': photo(
    'XMP',
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg"><metadata>${xmp()
        .toString()
        .replaceAll(/<\?.*?\?>/g, '')}</metadata></svg>`,
    ),
  ),
  'XMP in a WebP whose chunk ends in a zero': photo('XMP', webp(riff('XMP\0', xmp()))),
  'XMP in a WebP': photo('XMP', webp(riff('XMP ', xmp()))),
  'XMP in a HEIF': photo('XMP', heifWithXmp()),
  'XMP in a GIF': photo('XMP', gif(Buffer.concat([Buffer.of(0x21, 0xff, 11), text('XMP DataXMP'), xmp(), gifRamp]))),
  'XMP in a JPEG 2000': photo('XMP', jp2(box('uuid', xmpUuid, xmp()))),
  'XMP in a TIFF': photo('XMP', writeTiff(new Map<number, Value>([modified, [0x02bc, byteRow(xmp())]]))),
  'XMP in a Photoshop file': photo('XMP', psd(resource(0x0424, xmp()))),
  'EXIF in a Photoshop file': photo('EXIF', psd(resource(1058, takenTiff))),
  'IPTC in a JPEG': photo('IPTC', jpegWith(iptc(dataSet(55, '20190501'), dataSet(60, '100000+0200')))),
  'IPTC of a day': photo('date that Immich ignores', jpegWith(iptc(dataSet(55, '20190501'))), { local: '2019-05-01T12:00:00' }),
  'a raw profile in a PNG': photo(
    'EXIF',
    pngWith('tEXt', text(`Raw profile type exif\0${rawProfile('exif', Buffer.concat([text('Exif\0\0'), takenTiff]))}`)),
  ),
  'a packed raw profile in a PNG': photo(
    'EXIF',
    pngWith(
      'zTXt',
      Buffer.concat([
        text('Raw profile type APP1\0\0'),
        deflateSync(rawProfile('generic profile', Buffer.concat([text('Exif\0\0'), takenTiff]))),
      ]),
    ),
  ),
  'only a GPS date': photo('GPS', jpegWith(exifSegment(new Map<number, Value>([[0x8825, { directory: gps }]]))), {
    local: '2019-05-01T08:00:00',
  }),
  'Olympus APP12': photo(
    'other metadata',
    jpegWith([0xec, text('OLYMPUS DIGITAL CAMERA\r\n[picture info]\r\nTimeDate=1556704800\r\nCamera=C-900Z\r\n\0')]),
  ),
  MRW: photo('EXIF', minolta(), { camera: 'Minolta Co., Ltd. DiMAGE 7' }),
  X3F: photo('RAW header', sigma(), { camera: 'SIGMA SD10' }),
  CRW: photo('maker note', canonRaw(), { camera: 'Canon EOS D30' }),
  'Kyocera RAW': photo('maker note', kyocera()),
  AVI: video('AVI', avi(riff('IDIT', text('Wed May 01 10:00:00 2019\n\0')))),
  MKV: video('Matroska', matroska('matroska')),
  WebM: video('Matroska', matroska('webm')),
  WMV: video('Windows Media', windowsMedia()),
  'a date with slashes in a film whose head tells another': video(
    'movie header',
    movie({ createdAtMs: Date.UTC(2019, 4, 1, 8), plainKeys: { date: '2021/07/08 10:00:00' } }),
  ),
  'the GPS log of a dash cam': video('GPS', dashCam()),
  'XMP in an MP4': video('XMP', Buffer.concat([movie({ createdAtMs: 0 }), box('uuid', xmpUuid, xmp())])),
  'XMP in an MP4 whose head tells when it was edited': video(
    'XMP',
    Buffer.concat([movie({ createdAtMs: Date.UTC(2022, 1, 2) }), box('uuid', xmpUuid, xmp())]),
  ),
};

/** Pictures and films as they come by chat: nothing in them that anybody could read a date from. */
export const plainFiles: Readonly<Record<string, Pick<OddFile, 'content' | 'kind'>>> = {
  JPEG: { kind: 'photo', content: jpegWith() },
  'JPEG with a date of change': { kind: 'photo', content: jpegWith(exifSegment(new Map([modified]))) },
  'JPEG with colours and thumbnails': {
    kind: 'photo',
    content: jpegWith([0xe0, text('JFIF\0\x01\x02')], [0xe2, text('ICC_PROFILE\0\x01\x01')], [0xee, text('Adobe\0')]),
  },
  'JPEG of a social network': { kind: 'photo', content: jpegWith(iptc(dataSet(40, 'FBMD0f000776010000'), dataSet(103, 'x'))) },
  'PNG of a screen': { kind: 'photo', content: pngWith('tEXt', text('Software\0gnome-screenshot')) },
  WebP: { kind: 'photo', content: webp() },
  GIF: { kind: 'photo', content: gif() },
  BMP: { kind: 'photo', content: Buffer.concat([text('BM'), Buffer.alloc(60)]) },
  TIFF: { kind: 'photo', content: writeTiff(new Map([modified])) },
  'JPEG 2000': { kind: 'photo', content: jp2() },
  'a drawing': { kind: 'photo', content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>') },
  'JPEG whose date was never filled in': {
    kind: 'photo',
    content: jpegWith(
      exifSegment(new Map<number, Value>([[0x8769, { directory: new Map<number, Value>([[0x9003, ascii('0000:00:00 00:00:00')]]) }]])),
    ),
  },
  'an empty file': { kind: 'photo', content: Buffer.alloc(0) },
  'a film without a clock': { kind: 'video', content: movie({ createdAtMs: 0, oldKeys: { '\xa9too': 'Lavf60' } }) },
  'a film of a phone': { kind: 'video', content: movie({ brand: 'mp42', oldKeys: { '\xa9xyz': '+35.0116+135.7681/' } }) },
  'a film cut off before its head': {
    kind: 'video',
    content: Buffer.concat([box('ftyp', text('qt  '), uint(4, 0)), box('mdat', Buffer.alloc(64))]),
  },
};
