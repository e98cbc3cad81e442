import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkMetadata } from './check-metadata.ts';

describe('what the doctor says of metadata', () => {
  it('is well where exiftool answers', async () => {
    const [finding] = await checkMetadata({ exiftoolHitch: async () => undefined, lacksUnpacking: async () => false });
    assert.equal(finding?.verdict, 'ok');
  });

  it('names what is not read without perl, and the cure', async () => {
    const hitch = { because: 'perl is not on this machine', cure: 'Install Perl: "apt install perl", or what your system calls it.' };
    const [finding] = await checkMetadata({ exiftoolHitch: async () => hitch, lacksUnpacking: async () => true });
    assert.equal(finding?.verdict, 'warning');
    assert.match(finding.sentence, /perl is not on this machine.*sidecars.*may stand in another month/);
    assert.equal(finding.cure, hitch.cure);
  });

  it('names what a small Perl does not read', async () => {
    const [finding] = await checkMetadata({ exiftoolHitch: async () => undefined, lacksUnpacking: async () => true });
    assert.match(finding?.sentence ?? '', /Compress::Zlib/);
  });
});
