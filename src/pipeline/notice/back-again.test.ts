/** Files that leave a folder while it stays, and come back: a disk of a pool that drops out for a while. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestHousehold } from '../../../test/kit/household.ts';

const names = Array.from({ length: 6 }, (_, number) => `${number}.jpg`);
const texts = (home: TestHousehold): string[] => home.news().map(({ text }) => text);

/** Of sixteen files six are gone, which is not asked about. */
async function withGone(proof?: 'checksum'): Promise<TestHousehold> {
  const home = await TestHousehold.open({ sources: [{ identity: 'network', ...(proof && { proof: { kind: proof } as const }) }] });
  for (const name of names) await home.write(`disk2/${name}`);
  for (let number = 0; number < 10; number += 1) await home.write(`disk1/${number}.jpg`, `the bytes of ${number} on disk 1`);
  await home.once();
  for (const name of names) await home.move(`disk2/${name}`, `../out/${name}`);
  await home.once();
  assert.equal(home.numbers().gone, 6);
  assert.equal(texts(home).length, 1);
  return home;
}

async function comesBack(home: TestHousehold): Promise<void> {
  home.clock.leap(86_400_000);
  for (const name of names) await home.move(`../out/${name}`, `disk2/${name}`);
  await home.once();
}

describe('files that were away for a while', () => {
  it('and were safe before are safe again, and no news', async () => {
    await using home = await withGone();
    await comesBack(home);
    assert.equal(home.numbers().safe, 16);
    assert.equal(texts(home).length, 1, texts(home).join(' '));
    assert.equal(home.timesAsked('POST /api/assets'), 16 + home.timesAsked('POST /api/assets/'), 'nothing is sent again');
  });

  it('are no news either where no read-back is asked', async () => {
    await using home = await withGone('checksum');
    await comesBack(home);
    assert.equal(home.numbers().stored, 16);
    assert.equal(texts(home).length, 1, texts(home).join(' '));
  });

  it('are news where they came back as others', async () => {
    await using home = await withGone();
    await home.write('../out/0.jpg', 'another');
    await comesBack(home);
    assert.deepEqual(texts(home).slice(1), ['1 photo from Phone is safe.']);
  });

  it('and were not safe before are told as safe', async () => {
    await using home = await TestHousehold.open({ sources: [{ identity: 'network' }] });
    await home.goAway();
    for (const name of [...names, ...names.map((name) => `more ${name}`)]) await home.write(name);
    await home.once();
    for (const name of names) await home.move(name, `../out/${name}`);
    await home.once();
    await home.comeBack();
    home.clock.leap(86_400_000);
    for (const name of names) await home.move(`../out/${name}`, name);
    await home.once();
    assert.equal(home.numbers().safe, 12);
    assert.ok(
      texts(home).some((text) => text.includes('are safe')),
      texts(home).join(' '),
    );
  });
});
