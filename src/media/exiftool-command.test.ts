import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exiftoolHitch, hitchOf } from './exiftool-command.ts';

describe('why there is no second reader', () => {
  it('is that perl is missing', () => assert.equal(hitchOf({ output: '', exitCode: 127 })?.because, 'perl is not on this machine'));

  it('is that exiftool does not run by it', () => {
    for (const answer of [
      { output: '', exitCode: 2 },
      { output: 'Usage: perl', exitCode: 0 },
    ]) {
      assert.equal(hitchOf(answer)?.because, 'perl is there, but exiftool does not run by it');
    }
  });

  it('is nothing where exiftool says its version', () => assert.equal(hitchOf({ output: '13.59\n', exitCode: 0 }), undefined));

  it('is found out by asking', async () => {
    const hitch = await exiftoolHitch();
    assert.ok(hitch === undefined || hitch.cure.length > 0);
  });
});
