/** RAW files of makers who went their own way before TIFF: one small file for each. */
import { text, uint } from '../practice/samples/boxes.ts';
import { ascii, type Directory, type Value, writeTiff } from '../practice/samples/tiff.ts';

export const taken: Directory = new Map<number, Value>([[0x9003, ascii('2019:05:01 10:00:00')]]);

export const littleEndian = (length: 2 | 4, ...numbers: readonly number[]): Buffer =>
  Buffer.concat(numbers.map((number) => Buffer.from(uint(length, number)).reverse()));

/** Minolta: blocks in one another, the TIFF structure in the block TTW. */
export function minolta(): Buffer {
  const block = (name: string, content: Buffer): Buffer => Buffer.concat([text(`\0${name}`), uint(4, content.length), content]);
  const tiff = writeTiff(
    new Map<number, Value>([
      [0x010f, ascii('Minolta Co., Ltd.')],
      [0x0110, ascii('DiMAGE 7')],
      [0x8769, { directory: taken }],
    ]),
  );
  return block('MRM', block('TTW', tiff));
}

/** Sigma: sections listed at the end; the properties are pairs of offsets into text of two bytes a letter. */
export function sigma(): Buffer {
  const properties = { CAMMANUF: 'SIGMA', CAMMODEL: 'SIGMA SD10', TIME: String(Date.UTC(2019, 4, 1, 10) / 1000) };
  const letters: string[] = [];
  const offsets = Object.entries(properties)
    .flat()
    .map((word) => {
      const at = letters.join('').length;
      letters.push(`${word}\0`);
      return at;
    });
  const content = Buffer.from(letters.join(''), 'utf16le');
  const section = Buffer.concat([
    text('SECp'),
    littleEndian(4, 0x20000, offsets.length / 2, 0, 0, content.length / 2),
    littleEndian(4, ...offsets),
    content,
  ]);
  const head = Buffer.concat([text('FOVb'), littleEndian(4, 0x20000), Buffer.alloc(256)]);
  const directory = Buffer.concat([text('SECd'), littleEndian(4, 0x20000, 1, head.length, section.length), text('PROP')]);
  return Buffer.concat([head, section, directory, littleEndian(4, head.length + section.length)]);
}

/** Canon's CIFF: directories at the end of what they list. */
export function canonRaw(): Buffer {
  const directory = (entries: readonly (readonly [tag: number, content: Buffer])[]): Buffer => {
    const contents = entries.map(([, content]) => content);
    const rows = entries.map(([tag, { length }], at) =>
      Buffer.concat([
        littleEndian(2, tag),
        littleEndian(
          4,
          length,
          contents.slice(0, at).reduce((sum, one) => sum + one.length, 0),
        ),
      ]),
    );
    const all = Buffer.concat(contents);
    return Buffer.concat([all, littleEndian(2, entries.length), ...rows, littleEndian(4, all.length)]);
  };
  const time = littleEndian(4, Date.UTC(2019, 4, 1, 10) / 1000, 0, 0);
  const properties = directory([[0x180e, time]]);
  const camera = directory([[0x080a, text('Canon\0Canon EOS D30\0')]]);
  return Buffer.concat([
    text('II'),
    littleEndian(4, 26),
    text('HEAPCCDR'),
    littleEndian(4, 0x10002),
    Buffer.alloc(8),
    directory([
      [0x300a, properties],
      [0x2807, camera],
    ]),
  ]);
}

/** Contax: everything at its place, each four letters in reverse. */
export function kyocera(): Buffer {
  const file = Buffer.alloc(512);
  const put = (at: number, word: string): void => void file.set(Buffer.from(word).reverse(), at);
  put(0x01, '2.00');
  put(0x0c, 'N DIGITAL');
  put(0x19, 'KYOCERA');
  put(0x21, '2019:05:01 10:00:00');
  return file;
}
