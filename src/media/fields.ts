/** Takes numbers and names from a run of bytes one after another, without ever overstepping its end. */

export type ByteOrder = 'big' | 'little';

export interface Fields {
  /** The next unsigned number of 0 to 8 bytes. Beyond the end NaN: it fails every comparison, and so ends every loop. */
  number(lengthBytes: number): number;
  /** The next characters, one per byte; fewer at the end. */
  text(lengthBytes: number): string;
  skip(lengthBytes: number): void;
}

export function fieldsOf(run: Buffer, order: ByteOrder = 'big'): Fields {
  let at = 0;
  return {
    number(lengthBytes) {
      at += lengthBytes;
      if (!(at <= run.length)) return Number.NaN;
      const digits = run.subarray(at - lengthBytes, at);
      return (order === 'big' ? digits : Buffer.from(digits).reverse()).reduce((sum, byte) => sum * 256 + byte, 0);
    },
    text(lengthBytes) {
      const text = run.toString('latin1', at, at + lengthBytes);
      at += lengthBytes;
      return text;
    },
    skip(lengthBytes) {
      at += lengthBytes;
    },
  };
}
