import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isSameFileMoved, isUnchanged, type MoveKey } from './stat-key.ts';

const known: MoveKey = { sizeBytes: 500, mtimeNs: 1000n, ctimeNs: 2000n, birthtimeNs: 900n, device: 1n, inode: 7n };

describe('a file is unchanged', () => {
  for (const { name, seen, local, network } of [
    { name: 'when nothing differs', seen: known, local: true, network: true },
    { name: 'not with another size', seen: { ...known, sizeBytes: 501 }, local: false, network: false },
    { name: 'not with another mtime, be it a nanosecond', seen: { ...known, mtimeNs: 1001n }, local: false, network: false },
    { name: 'on a share, with another ctime', seen: { ...known, ctimeNs: 2001n }, local: false, network: true },
    { name: 'on a share, with another inode', seen: { ...known, inode: 8n }, local: false, network: true },
    { name: 'with another device number, as after a reboot', seen: { ...known, device: 2n }, local: true, network: true },
  ])
    it(name, () => assert.deepEqual([isUnchanged(known, seen, 'local'), isUnchanged(known, seen, 'network')], [local, network]));
});

describe('a file at a new path is the known one', () => {
  const moved = { ...known, ctimeNs: 3000n };
  for (const { name, seen, is, identity = 'local' } of [
    { name: 'when device, inode, birth, size and mtime agree', seen: moved, is: true },
    { name: 'not on a share', seen: moved, is: false, identity: 'network' },
    { name: 'not when born later (a freed inode used again)', seen: { ...moved, birthtimeNs: 2500n }, is: false },
    { name: 'not with another size', seen: { ...moved, sizeBytes: 1 }, is: false },
    { name: 'not with another mtime', seen: { ...moved, mtimeNs: 1n }, is: false },
    { name: 'not on another device', seen: { ...moved, device: 2n }, is: false },
    { name: 'not with another inode', seen: { ...moved, inode: 8n }, is: false },
  ] as const)
    it(name, () => assert.equal(isSameFileMoved(known, seen, identity), is));

  it('not where the filesystem knows no birth times', () => {
    const unborn = { ...known, birthtimeNs: 0n };
    assert.equal(isSameFileMoved(unborn, { ...moved, birthtimeNs: 0n }, 'local'), false);
    const standIn = { ...known, birthtimeNs: 2000n, ctimeNs: 2000n };
    assert.equal(isSameFileMoved(standIn, standIn, 'local'), false);
  });

  it('never when any of the five differs', () => {
    const few = fc.bigInt(1n, 3n);
    const key = fc.record({ sizeBytes: fc.nat(2), mtimeNs: few, ctimeNs: few, birthtimeNs: few, device: few, inode: few });
    const five = ({ ctimeNs: _, ...rest }: MoveKey): MoveKey => ({ ...rest, ctimeNs: 0n });
    fc.assert(
      fc.property(key, key, (one, other) => {
        if (isSameFileMoved(one, other, 'local')) assert.deepEqual(five(one), five(other));
      }),
    );
  });
});
