/** Stills that carry a film in their own file, in every way that phones write them. */
import { jpegOf, stillOf } from './halves.ts';

export const motionPhotoWays = ['container', 'padded', 'micro video', 'Samsung', 'Samsung, by its place', 'HEIC'] as const;
export type MotionPhotoWay = (typeof motionPhotoWays)[number];

/** @param still what makes it another one */
export function motionPhotoOf(film: Buffer, way: MotionPhotoWay, still = 'a motion photo'): Buffer {
  const picture = jpegOf(still, { isMarked: false });
  switch (way) {
    case 'container':
      return Buffer.concat([withXmp(picture, container(film.length, 0)), film]);
    case 'padded':
      return Buffer.concat([withXmp(picture, container(film.length, 16)), film, Buffer.alloc(16)]);
    case 'micro video': {
      const xmp = `GCamera:MicroVideo="1" GCamera:MicroVideoVersion="1" GCamera:MicroVideoOffset="${film.length}"/>`;
      return Buffer.concat([withXmp(picture, xmp), film]);
    }
    case 'Samsung':
      return withTrailer(picture, film);
    case 'Samsung, by its place': {
      const place = Buffer.from('mpv2________');
      place.writeUInt32BE(picture.length, 4);
      place.writeUInt32BE(film.length, 8);
      return withTrailer(Buffer.concat([picture, film]), place);
    }
    case 'HEIC': {
      const head = Buffer.from('____mpvd');
      head.writeUInt32BE(head.length + film.length);
      return Buffer.concat([
        stillOf('', { isMarked: false }),
        head,
        film,
        Buffer.from(`\0\0\0${String.fromCharCode(still.length + 8)}free${still}`, 'latin1'),
      ]);
    }
  }
}

function container(lengthBytes: number, paddingBytes: number): string {
  const item = (semantic: string, more: string): string =>
    `<rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="${semantic}" ${more}/></rdf:li>`;
  const items = item('Primary', 'Item:Mime="image/jpeg" Item:Length="0"');
  const film = item('MotionPhoto', `Item:Mime="video/mp4" Item:Length="${lengthBytes}" Item:Padding="${paddingBytes}"`);
  return `GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1"><Container:Directory><rdf:Seq>${items}${film}</rdf:Seq></Container:Directory></rdf:Description>`;
}

function withXmp(jpeg: Buffer, said: string): Buffer {
  const spaces = {
    GCamera: 'http://ns.google.com/photos/1.0/camera/',
    Container: 'http://ns.google.com/photos/1.0/container/',
    Item: 'http://ns.google.com/photos/1.0/container/item/',
  };
  const named = Object.entries(spaces).map(([name, uri]) => `xmlns:${name}="${uri}"`);
  const packet = Buffer.from(
    `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${named.join(' ')} ${said}</rdf:RDF></x:xmpmeta>`,
  );
  const head = Buffer.of(0xff, 0xe1, 0, 0);
  head.writeUInt16BE(packet.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, packet, jpeg.subarray(2)]);
}

/** Samsung's: blocks with a type and a name, then a directory that says how far before it each begins, and its own length. */
function withTrailer(picture: Buffer, content: Buffer): Buffer {
  const name = Buffer.from('MotionPhoto_Data');
  const head = Buffer.alloc(8);
  head.writeUInt16LE(0x0a30, 2);
  head.writeUInt32LE(name.length, 4);
  const block = Buffer.concat([head, name, content]);
  const directory = Buffer.alloc(24);
  directory.write('SEFH');
  directory.writeUInt32LE(101, 4);
  directory.writeUInt32LE(1, 8);
  directory.writeUInt16LE(0x0a30, 14);
  directory.writeUInt32LE(block.length, 16);
  directory.writeUInt32LE(block.length, 20);
  const end = Buffer.from('____SEFT');
  end.writeUInt32LE(directory.length);
  return Buffer.concat([picture, block, directory, end]);
}
