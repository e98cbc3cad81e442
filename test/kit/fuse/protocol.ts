/** The kernel's words for FUSE (include/uapi/linux/fuse.h), as far as a filesystem that is only read needs them. */
import type { BigIntStats } from 'node:fs';

export const opcode = {
  lookup: 1,
  forget: 2,
  getAttributes: 3,
  open: 14,
  read: 15,
  statfs: 17,
  release: 18,
  flush: 25,
  init: 26,
  openFolder: 27,
  readFolder: 28,
  releaseFolder: 29,
  interrupt: 36,
  forgetMany: 42,
} as const;

export const errno = { ENOENT: 2, ENOTDIR: 20, EIO: 5, ENOSYS: 38 } as const;

export interface Request {
  readonly opcode: number;
  readonly unique: bigint;
  readonly node: bigint;
  readonly body: Buffer;
}

const headerBytes = 40;

export function requestIn(message: Buffer): Request {
  return {
    opcode: message.readUInt32LE(4),
    unique: message.readBigUInt64LE(8),
    node: message.readBigUInt64LE(16),
    body: Buffer.from(message.subarray(headerBytes)),
  };
}

export function reply(unique: bigint, body: Buffer, error = 0): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(16 + body.length, 0);
  header.writeInt32LE(-error, 4);
  header.writeBigUInt64LE(unique, 8);
  return Buffer.concat([header, body]);
}

/** Version 7.31, reading ahead up to 128 KiB. */
export function initBody(): Buffer {
  const body = Buffer.alloc(64);
  for (const [at, value] of [7, 31, 131_072].entries()) body.writeUInt32LE(value, at * 4);
  body.writeUInt16LE(12, 16);
  body.writeUInt16LE(9, 18);
  body.writeUInt32LE(131_072, 20);
  body.writeUInt32LE(1, 24);
  return body;
}

/** Nothing is remembered by the kernel: every look comes to the server. */
export function attributesBody(node: bigint, stat: BigIntStats): Buffer {
  return Buffer.concat([Buffer.alloc(16), attributesOf(node, stat)]);
}

export function entryBody(node: bigint, stat: BigIntStats): Buffer {
  const head = Buffer.alloc(40);
  head.writeBigUInt64LE(node, 0);
  return Buffer.concat([head, attributesOf(node, stat)]);
}

export function openBody(): Buffer {
  return Buffer.alloc(16);
}

export function statfsBody(): Buffer {
  const body = Buffer.alloc(80);
  for (const at of [0, 8, 16]) body.writeBigUInt64LE(1_000_000n, at);
  for (const [at, value] of [4096, 255, 4096].entries()) body.writeUInt32LE(value, 40 + at * 4);
  return body;
}

export interface Listed {
  readonly name: Buffer;
  /** As `d_type`: 4 a folder, 8 a file. */
  readonly type: number;
}

/** What fits of a folder's entries from `offset` on, which counts entries. */
export function folderBody(entries: readonly Listed[], offset: number, mostBytes: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (const [index, { name, type }] of entries.entries()) {
    if (index < offset) continue;
    const entry = Buffer.alloc(24 + Math.ceil(name.length / 8) * 8);
    entry.writeBigUInt64LE(BigInt(index + 1), 0);
    entry.writeBigUInt64LE(BigInt(index + 1), 8);
    entry.writeUInt32LE(name.length, 16);
    entry.writeUInt32LE(type, 20);
    name.copy(entry, 24);
    length += entry.length;
    if (length > mostBytes) break;
    parts.push(entry);
  }
  return Buffer.concat(parts);
}

function attributesOf(node: bigint, stat: BigIntStats): Buffer {
  const body = Buffer.alloc(88);
  const seconds = (ns: bigint): bigint => ns / 1_000_000_000n;
  const wide = [node, stat.size, stat.blocks, seconds(stat.atimeNs), seconds(stat.mtimeNs), seconds(stat.ctimeNs)];
  for (const [at, value] of wide.entries()) body.writeBigUInt64LE(value, at * 8);
  const rest = [stat.atimeNs, stat.mtimeNs, stat.ctimeNs].map((ns) => Number(ns % 1_000_000_000n));
  const narrow = [...rest, Number(stat.mode), Number(stat.nlink), 0, 0, 0, 4096, 0];
  for (const [at, value] of narrow.entries()) body.writeUInt32LE(value, 48 + at * 4);
  return body;
}
