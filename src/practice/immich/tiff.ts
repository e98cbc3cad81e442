/** Reads the few EXIF tags that the practice Immich shows. Small and forgiving: what cannot be read is not there. */

export interface ExifTags {
  readonly make?: string;
  readonly model?: string;
  readonly orientation?: number;
  readonly description?: string;
  /** `2021:07:08 09:10:11`, a wall clock. */
  readonly takenAt?: string;
  readonly subSeconds?: string;
  /** `+02:00` */
  readonly offset?: string;
  readonly exposureTimeS?: number;
  readonly fNumber?: number;
  readonly iso?: number;
  readonly focalLength?: number;
  readonly lensModel?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

type Value = string | readonly number[];
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };

/** @param tiff starts at the byte order mark, `II*` or `MM*` */
export function readExif(tiff: Uint8Array): ExifTags {
  try {
    return new Tiff(tiff).tags();
  } catch {
    return {};
  }
}

class Tiff {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #isLittle: boolean;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#isLittle = bytes[0] === 0x49;
  }

  tags(): ExifTags {
    const main = this.#directory(this.#u32(4));
    const exif = this.#linked(main, 0x8769);
    const gps = this.#linked(main, 0x8825);
    const found = {
      make: text(main.get(0x010f)),
      model: text(main.get(0x0110)),
      orientation: first(main.get(0x0112)),
      description: text(main.get(0x010e)),
      takenAt: text(exif.get(0x9003)) ?? text(exif.get(0x9004)),
      subSeconds: text(exif.get(0x9291)),
      offset: text(exif.get(0x9011)) ?? text(exif.get(0x9010)),
      exposureTimeS: first(exif.get(0x829a)),
      fNumber: first(exif.get(0x829d)),
      iso: first(exif.get(0x8827)),
      focalLength: first(exif.get(0x920a)),
      lensModel: text(exif.get(0xa434)),
      latitude: degrees(gps.get(2), gps.get(1), 'S'),
      longitude: degrees(gps.get(4), gps.get(3), 'W'),
    };
    return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  }

  #linked(main: ReadonlyMap<number, Value>, tag: number): ReadonlyMap<number, Value> {
    const offset = first(main.get(tag));
    return offset === undefined ? new Map() : this.#directory(offset);
  }

  #directory(offset: number): Map<number, Value> {
    const entries = new Map<number, Value>();
    const count = this.#u16(offset);
    for (let index = 0; index < count; index += 1) {
      const at = offset + 2 + index * 12;
      const value = this.#value(at);
      if (value !== undefined) entries.set(this.#u16(at), value);
    }
    return entries;
  }

  #value(at: number): Value | undefined {
    const type = this.#u16(at + 2);
    const count = this.#u32(at + 4);
    const sizeBytes = (typeBytes[type] ?? 0) * count;
    if (sizeBytes === 0 || sizeBytes > 65_536) return undefined;
    const start = sizeBytes <= 4 ? at + 8 : this.#u32(at + 8);
    if (start + sizeBytes > this.#bytes.length) return undefined;
    if (type === 2 || type === 7)
      return Buffer.from(this.#bytes.subarray(start, start + sizeBytes))
        .toString('utf8')
        .replace(/\0.*$/s, '');
    return Array.from({ length: count }, (_, index) => this.#number(type, start + index * (typeBytes[type] ?? 1)));
  }

  #number(type: number, at: number): number {
    if (type === 1) return this.#view.getUint8(at);
    if (type === 3) return this.#u16(at);
    if (type === 4) return this.#u32(at);
    if (type === 9) return this.#view.getInt32(at, this.#isLittle);
    return this.#u32(at) / this.#u32(at + 4);
  }

  #u16(at: number): number {
    return this.#view.getUint16(at, this.#isLittle);
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, this.#isLittle);
  }
}

function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

function first(value: Value | undefined): number | undefined {
  return typeof value === 'object' && Number.isFinite(value[0]) ? value[0] : undefined;
}

function degrees(value: Value | undefined, side: Value | undefined, negative: string): number | undefined {
  if (typeof value !== 'object') return undefined;
  const [whole = 0, minutes = 0, seconds = 0] = value;
  const angle = whole + minutes / 60 + seconds / 3600;
  // A ten-millionth of a degree is a centimetre: beyond it only noise of the division is left.
  return Number.isFinite(angle) ? Math.round((side === negative ? -angle : angle) * 1e7) / 1e7 : undefined;
}
