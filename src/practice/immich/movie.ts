/** Reads length, size and date of an MP4 or MOV by walking its boxes; `moov` may lie at either end. */

export type ReadAt = (offset: number, length: number) => Uint8Array;

export interface MovieFacts {
  readonly durationMs?: number;
  readonly width?: number;
  readonly height?: number;
  /** Unix milliseconds; absent when the camera left it empty. */
  readonly createdAtMs?: number;
}

// From 1904-01-01, where QuickTime counts from, to 1970-01-01.
const epochGapS = 2_082_844_800;
// The end of 9999, behind which no calendar goes.
const lastS = 253_402_300_800 + epochGapS;
// A moov with a frame table for hours of video; beyond it the facts stay unknown.
const largestMoovBytes = 16 << 20;

// An `integer` of Postgres: 24 days.
const mostMs = 2 ** 31 - 1;

export function readMovie(readAt: ReadAt, sizeBytes: number): MovieFacts {
  for (let at = 0; at + 8 <= sizeBytes; ) {
    const head = view(readAt(at, 16));
    if (head.byteLength < 8) break;
    const { type, boxBytes, headBytes } = readBox(head, 0, sizeBytes - at);
    if (type === 'moov' && boxBytes <= largestMoovBytes) return readMoov(view(readAt(at + headBytes, boxBytes - headBytes)));
    if (boxBytes < headBytes) break;
    at += boxBytes;
  }
  return {};
}

function readMoov(moov: DataView): MovieFacts {
  const facts: { durationMs?: number; width?: number; height?: number; createdAtMs?: number } = {};
  for (const { type, body } of boxesOf(moov)) {
    if (type === 'mvhd') Object.assign(facts, readMovieHeader(body));
    if (type !== 'trak') continue;
    for (const inner of boxesOf(body)) {
      if (inner.type !== 'tkhd' || inner.body.byteLength < 84) continue;
      const end = inner.body.byteLength;
      const [width, height] = [inner.body.getUint32(end - 8) >>> 16, inner.body.getUint32(end - 4) >>> 16];
      if (width > 0 && height > 0) Object.assign(facts, { width, height });
    }
  }
  return facts;
}

function readMovieHeader(body: DataView): { durationMs?: number; createdAtMs?: number } {
  const isLong = body.getUint8(0) === 1;
  const createdS = isLong ? Number(body.getBigUint64(4)) : body.getUint32(4);
  const scale = body.getUint32(isLong ? 20 : 12);
  const units = isLong ? Number(body.getBigUint64(24)) : body.getUint32(16);
  return {
    ...lengthFrom(units / scale),
    ...(createdS > epochGapS && createdS < lastS ? { createdAtMs: (createdS - epochGapS) * 1000 } : {}),
  };
}

/** Real cameras leave any number there. What the real server's database cannot hold is not known to it either. */
function lengthFrom(seconds: number): { durationMs?: number } {
  const durationMs = Math.round(seconds * 1000);
  return durationMs <= mostMs ? { durationMs } : {};
}

function* boxesOf(parent: DataView): Generator<{ type: string; body: DataView }> {
  for (let at = 0; at + 8 <= parent.byteLength; ) {
    const { type, boxBytes, headBytes } = readBox(parent, at, parent.byteLength - at);
    if (boxBytes < headBytes || at + boxBytes > parent.byteLength) return;
    yield { type, body: new DataView(parent.buffer, parent.byteOffset + at + headBytes, boxBytes - headBytes) };
    at += boxBytes;
  }
}

function readBox(bytes: DataView, at: number, leftBytes: number): { type: string; boxBytes: number; headBytes: number } {
  const short = bytes.getUint32(at);
  const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => bytes.getUint8(at + offset)));
  if (short === 1 && bytes.byteLength >= at + 16) return { type, boxBytes: Number(bytes.getBigUint64(at + 8)), headBytes: 16 };
  // 0: the box reaches to the end of the file.
  return { type, boxBytes: short === 0 ? leftBytes : short, headBytes: 8 };
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
