/** Bytes of an open file by position, for readers that want a few here and there (EXIF, a movie's header). */
import type { OpenFile } from './disk.ts';

export interface ReadableBytes {
  readonly sizeBytes: number;
  /** Fewer bytes than asked for only at the end of the file. */
  readAt(offsetBytes: number, lengthBytes: number): Promise<Uint8Array>;
}

/** @param sizeBytes of the judged file: nothing beyond it is read, though the file may have grown */
export function bytesOf(file: OpenFile, sizeBytes: number): ReadableBytes {
  return {
    sizeBytes,
    async readAt(offsetBytes, lengthBytes) {
      const wanted = Buffer.allocUnsafe(Math.max(0, Math.min(lengthBytes, sizeBytes - offsetBytes)));
      let filled = 0;
      while (filled < wanted.length) {
        const count = await file.read(wanted.subarray(filled), offsetBytes + filled, wanted.length - filled);
        if (count === 0) break;
        filled += count;
      }
      return wanted.subarray(0, filled);
    },
  };
}
