import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';

const checksum = { proof: { kind: 'checksum' } } as const;

describe('a sidecar', () => {
  for (const proof of [{ kind: 'every' }, { kind: 'checksum' }, { kind: 'sample', share: 0 }] as const) {
    it(`is sent with its picture (proof: ${proof.kind})`, async () => {
      await using home = await TestHousehold.open({ sources: [{ proof }] });
      await home.write('IMG_1.jpg');
      await home.write('IMG_1.jpg.xmp', '<x:xmpmeta/>');
      await home.once();
      assert.equal(home.state('IMG_1.jpg.xmp'), 'sent');
      assert.equal(home.file('IMG_1.jpg.xmp')?.reason, 'sent with its picture');
      assert.equal(home.numbers().total, 1);
    });
  }

  it('that comes late is left, with the reason', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.jpg');
    await home.once();
    await home.write('IMG_1.xmp', '<x:xmpmeta/>');
    await home.once();
    assert.equal(home.state('IMG_1.xmp'), 'left');
    assert.match(home.file('IMG_1.xmp')?.reason ?? '', /only together with its picture/);
  });

  const [nfc, nfd] = ['Grüße'.normalize('NFC'), 'Grüße'.normalize('NFD')];
  for (const [picture, sidecar] of [
    [nfc, nfd],
    [nfd, nfc],
  ] as const)
    for (const name of [`${sidecar}.xmp`, `${sidecar}.jpg.xmp`]) {
      it(`is that of its picture, though a Mac spelled the name of one of them (${[...name].length} letters)`, async () => {
        await using home = await TestHousehold.open();
        await home.write(`${picture}.jpg`);
        await home.write(name, '<x:xmpmeta/>');
        await home.once();
        assert.deepEqual([home.state(`${picture}.jpg`), home.state(name)], ['safe', 'sent']);
      });
      it(`is known to be late for such a picture (${[...name].length} letters)`, async () => {
        await using home = await TestHousehold.open();
        await home.write(`${picture}.jpg`);
        await home.once();
        await home.write(name, '<x:xmpmeta/>');
        await home.once();
        assert.equal(home.state(name), 'left');
        assert.match(home.file(name)?.reason ?? '', /only together with its picture/);
      });
    }

  it('goes with the picture that is spelled as it is, where two are called alike', async () => {
    await using home = await TestHousehold.open();
    for (const spelling of [nfc, nfd]) {
      await home.write(`${spelling}.jpg`, `of ${[...spelling].length}`);
      await home.write(`${spelling}.xmp`, `<x:xmpmeta>${[...spelling].length}</x:xmpmeta>`);
    }
    await home.once();
    for (const spelling of [nfc, nfd]) {
      assert.deepEqual([home.state(`${spelling}.jpg`), home.state(`${spelling}.xmp`)], ['safe', 'sent']);
    }
  });

  it('that is changed after it was sent is left, with the reason', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.jpg');
    await home.write('IMG_1.xmp', '<x:xmpmeta/>');
    await home.once();
    await home.write('IMG_1.xmp', '<x:xmpmeta>stars</x:xmpmeta>');
    await home.once();
    assert.equal(home.state('IMG_1.xmp'), 'left');
  });

  it('whose picture Immich has already is left, with the reason: it cannot be sent any more', async () => {
    await using home = await TestHousehold.open({ sources: [{}, { name: 'Card' }] });
    await home.write('a.jpg', 'the same', 'Card');
    await home.once();
    await home.write('IMG_1.jpg', 'the same');
    await home.write('IMG_1.xmp', '<x:xmpmeta/>');
    await home.once();
    assert.equal(home.state('IMG_1.jpg'), 'safe');
    assert.equal(home.state('IMG_1.xmp'), 'left');
    assert.match(home.file('IMG_1.xmp')?.reason ?? '', /only together with its picture/);
  });

  for (const [general, own, picture] of [
    ['IMG_1.xmp', 'IMG_1.CR2.xmp', 'IMG_1.CR2'],
    ['a.xmp', 'a.mp4.xmp', 'a.mp4'],
  ] as const) {
    it(`with the whole name of ${picture} goes before one with its stem, which is left and says why`, async () => {
      await using home = await TestHousehold.open();
      for (const name of [general, own]) await home.write(name, '<x:xmpmeta/>');
      await home.write(picture);
      await home.once();
      assert.deepEqual(home.states(), { [general]: 'left', [own]: 'sent', [picture]: 'safe' });
      assert.equal(home.file(general)?.reason, `"${own}" went along with its picture; Immich takes one sidecar for each`);
    });
  }

  it('whose picture is not wanted is held, and does not say that there is none', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.jpg', '');
    await home.write('IMG_1.xmp', '<x:xmpmeta/>');
    await home.once();
    assert.equal(home.state('IMG_1.xmp'), 'held');
    assert.equal(home.file('IMG_1.xmp')?.reason, 'no wanted picture of this name is there yet');
  });

  it('without a picture is held until the picture comes', async () => {
    await using home = await TestHousehold.open({ sources: [checksum] });
    await home.write('IMG_1.xmp', '<x:xmpmeta/>');
    await home.once();
    assert.equal(home.state('IMG_1.xmp'), 'held');
    await home.write('IMG_1.CR2');
    await home.once();
    assert.equal(home.state('IMG_1.xmp'), 'sent');
  });

  it('that cannot be read does not keep its picture waiting', async () => {
    await using home = await TestHousehold.open();
    await home.write('IMG_1.jpg');
    await home.write('IMG_1.xmp', '<x:xmpmeta/>');
    const { DiskError } = await import('../../files/index.ts');
    home.onLook = (question, path) => {
      if (question === 'open' && path.endsWith('.xmp')) throw new DiskError('forbidden', Buffer.from(path));
    };
    await home.once();
    assert.equal(home.state('IMG_1.jpg'), 'safe');
    assert.equal(home.state('IMG_1.xmp'), 'left');
  });
});
