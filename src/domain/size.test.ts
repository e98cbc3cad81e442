import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatSize, parseSize } from './size.ts';

describe('a size', () => {
  for (const [text, sizeBytes] of [
    ['20 kB', 20_000],
    ['20kb', 20_000],
    ['4 GB', 4_000_000_000],
    ['1.5 MB', 1_500_000],
    ['1 KiB', 1024],
    ['2 MiB', 2_097_152],
    ['512 B', 512],
    ['0 B', 0],
    ['20', undefined],
    ['kB', undefined],
    ['-3 kB', undefined],
    ['20 apples', undefined],
    ['99999999999 PB', undefined],
  ] as const) {
    it(`of "${text}" is ${sizeBytes ?? 'none'}`, () => assert.equal(parseSize(text), sizeBytes));
  }

  for (const [sizeBytes, text] of [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1_234_567_890, '1.2 GB'],
    [9_960_000, '10 MB'],
    [214_000_000, '214 MB'],
    [999_600, '1 MB'],
  ] as const) {
    it(`of ${sizeBytes} bytes is shown as ${text}`, () => assert.equal(formatSize(sizeBytes), text));
  }

  it('shown and read again differs by less than a tenth', () =>
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (sizeBytes) => {
        const again = parseSize(formatSize(sizeBytes));
        assert.ok(again !== undefined && Math.abs(again - sizeBytes) <= sizeBytes / 10);
      }),
    ));
});
