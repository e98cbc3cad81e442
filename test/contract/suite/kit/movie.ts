/** An MP4 or QuickTime file with a head and no pictures: enough to be a video, too little to be played. */

/** `ftyp`, a `moov` that says one second made on 2022-03-04, and the stamp as its `mdat`. */
export function movie(brand: string, stamp: string): Buffer {
  const header = Buffer.alloc(100);
  const madeAt = Date.UTC(2022, 2, 4, 5, 6, 7) / 1000 + 2_082_844_800; // QuickTime counts from 1904
  header.writeUInt32BE(madeAt, 4);
  header.writeUInt32BE(madeAt, 8);
  header.writeUInt32BE(1000, 12);
  header.writeUInt32BE(1000, 16);
  header.writeUInt32BE(0x0001_0000, 20);
  header.writeUInt16BE(0x0100, 24);
  for (const [at, value] of [
    [36, 0x0001_0000],
    [52, 0x0001_0000],
    [68, 0x4000_0000],
    [96, 1],
  ] as const)
    header.writeUInt32BE(value, at);
  return Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\x02\0${brand}`, 'latin1')),
    box('moov', box('mvhd', header)),
    box('mdat', Buffer.from(stamp)),
  ]);
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.from(`\0\0\0\0${type}`, 'latin1');
  head.writeUInt32BE(content.length + 8);
  return Buffer.concat([head, content]);
}
