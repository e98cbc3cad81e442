/**
 * Shows a folder once more through FUSE, read only: `node server.ts FOLDER POINT`. Told to hang, it takes each request and answers none,
 * which is what no signal wakes anybody from; told to answer, it answers those as well. It ends with whoever started it.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, lstatSync, openSync, read, readdirSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as fuse from './protocol.ts';

const [folder = '', point = ''] = process.argv.slice(2);
const device = openSync('/dev/fuse', 'r+');
const nodes = new Map<bigint, string>([[1n, folder]]);
const numbers = new Map<string, bigint>([[folder, 1n]]);
const kept: fuse.Request[] = [];
let isHanging = false;

function nodeOf(path: string): bigint {
  const node = numbers.get(path) ?? BigInt(numbers.size + 1);
  numbers.set(path, node);
  nodes.set(node, path);
  return node;
}

function answerTo({ opcode, node, body }: fuse.Request): Buffer | undefined {
  const path = nodes.get(node) ?? '';
  switch (opcode) {
    case fuse.opcode.init:
      return fuse.initBody();
    case fuse.opcode.lookup: {
      const child = join(path, body.subarray(0, body.indexOf(0)).toString());
      return fuse.entryBody(nodeOf(child), lstatSync(child, { bigint: true }));
    }
    case fuse.opcode.getAttributes:
      return fuse.attributesBody(node, lstatSync(path, { bigint: true }));
    case fuse.opcode.open:
    case fuse.opcode.openFolder:
      return fuse.openBody();
    case fuse.opcode.read:
      return bytesOf(path, Number(body.readBigUInt64LE(8)), body.readUInt32LE(16));
    case fuse.opcode.readFolder: {
      const entries = readdirSync(path, { withFileTypes: true }).map((one) => ({
        name: Buffer.from(one.name),
        type: one.isDirectory() ? 4 : 8,
      }));
      return fuse.folderBody(entries, Number(body.readBigUInt64LE(8)), body.readUInt32LE(16));
    }
    case fuse.opcode.statfs:
      return fuse.statfsBody();
    case fuse.opcode.release:
    case fuse.opcode.releaseFolder:
    case fuse.opcode.flush:
      return Buffer.alloc(0);
    default:
      return undefined;
  }
}

function bytesOf(path: string, position: number, length: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, position));
  } finally {
    closeSync(file);
  }
}

function serve(request: fuse.Request): void {
  const isUnanswered = [fuse.opcode.forget, fuse.opcode.forgetMany, fuse.opcode.interrupt].some((one) => one === request.opcode);
  if (isUnanswered) return;
  let message: Buffer;
  try {
    const answer = answerTo(request);
    message = answer ? fuse.reply(request.unique, answer) : fuse.reply(request.unique, Buffer.alloc(0), fuse.errno.ENOSYS);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    message = fuse.reply(request.unique, Buffer.alloc(0), fuse.errno[code as keyof typeof fuse.errno] ?? fuse.errno.EIO);
  }
  try {
    writeSync(device, message);
  } catch {
    // Whoever asked was killed meanwhile.
  }
}

// Never read by another thread at the same time: one buffer is enough.
const buffer = Buffer.alloc(1024 * 1024);

function next(): void {
  read(device, buffer, 0, buffer.length, null, (error, count) => {
    // ENODEV: it was unmounted.
    if (error && 'code' in error && error.code === 'ENODEV') process.exit();
    if (!error) {
      const request = fuse.requestIn(buffer.subarray(0, count));
      if (isHanging) kept.push(request);
      else serve(request);
    }
    next();
  });
}

process.on('message', (wish) => {
  isHanging = wish === 'hang';
  if (!isHanging) for (const request of kept.splice(0)) serve(request);
  process.send?.('done');
});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
const options = 'fd=3,rootmode=40000,user_id=0,group_id=0,default_permissions,allow_other';
// -i: by the kernel alone, since helpers of FUSE start servers of their own.
const mounted = spawnSync('mount', ['-i', '-t', 'fuse.homeroll-test', '-o', options, 'homeroll-test', point], {
  stdio: ['ignore', 'ignore', 'pipe', device],
});
if (mounted.status !== 0) {
  process.stderr.write(mounted.stderr);
  process.exit(1);
}
next();
process.send?.('mounted');
