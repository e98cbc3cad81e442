/** Notices when a file's content contradicts its name. Only a remark for the owner: nothing is decided by it. */
import type { Bytes } from './bytes.ts';

/** What file-type wants to see of a file. */
const headBytes = 4100;

/** Names and contents that go together: one word for all that is written alike or cannot be told apart by its first bytes. */
const families: Readonly<Record<string, string>> = {
  'a JPEG picture': 'jpg jpeg jpe insp mpo',
  'a PNG picture': 'png apng',
  'a TIFF or RAW picture': 'tif tiff 3fr ari arw cr2 dcr dng erf fff iiq k25 kdc nef nrw orf ori pef raw rw2 rwl sr2 srf srw',
  'a HEIF picture': 'heic heif hif heics heifs avif',
  'a WebP picture': 'webp',
  'a GIF picture': 'gif',
  'a BMP picture': 'bmp',
  'a JPEG 2000 picture': 'jp2 jpx jpm j2c',
  'a JPEG XL picture': 'jxl',
  'a Photoshop picture': 'psd',
  'a Canon RAW picture': 'cr3 crw',
  'a Fujifilm RAW picture': 'raf',
  'an MP4 or QuickTime movie': 'mp4 mov m4v 3gp 3gpp 3g2 insv f4v m4a',
  'a Matroska movie': 'mkv webm',
  'an MPEG movie': 'mpg mpeg mpe vob ts m2t m2ts mts',
  'an AVI movie': 'avi',
  'a Windows movie': 'wmv asf wma',
  'a Flash movie': 'flv',
  'an MXF movie': 'mxf',
};
const familyOf: ReadonlyMap<string, string> = new Map(
  Object.entries(families).flatMap(([family, extensions]) =>
    extensions.split(' ').map((extension): [string, string] => [extension, family]),
  ),
);

/**
 * A remark such as `named .jpg, but holds a PNG picture`, or nothing when name and content agree or nobody can tell.
 * @param extension lower case, no dot
 */
export async function sniff(bytes: Bytes, extension: string): Promise<string | undefined> {
  const remark = (holds: string): string => `named .${extension}, but holds ${holds}`;
  if (bytes.sizeBytes === 0) return remark('nothing at all');
  const expected = familyOf.get(extension);
  if (!expected) return undefined;
  const head = await bytes.readAt(0, Math.min(headBytes, bytes.sizeBytes));
  const detected = await detect(head);
  if (detected) {
    const found = familyOf.get(detected) ?? `a file of the kind .${detected}`;
    return found === expected ? undefined : remark(found);
  }
  return isText(head) ? remark('text') : undefined;
}

async function detect(head: Uint8Array): Promise<string | undefined> {
  try {
    // Large, and most commands look into no file.
    const { fileTypeFromBuffer } = await import('file-type');
    return (await fileTypeFromBuffer(head))?.ext;
  } catch {
    return undefined; // a head cut off in the middle: no opinion
  }
}

function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) && head.every((byte) => byte !== 0x7f);
}
