/** Safe pictures are looked at again: what Immich lost since is seen, nothing is assumed, and the owner's word is carried out. */
import assert from 'node:assert/strict';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { House } from './house.ts';
import { sha1Of } from './immich-by-hand.ts';
import { until } from './program.ts';

const nameOf = (number: number): string => `IMG_${String(number).padStart(2, '0')}.jpg`;
const numbers = Array.from({ length: 33 }, (_, number) => number);

/** Thirty that Immich will lose, two that it will damage, one that somebody will throw away. */
async function library(): Promise<House> {
  const house = await House.open({ sources: [{ albums: ['All'] }] });
  for (const number of numbers) await house.write(nameOf(number));
  const { code, stderr } = await house.once();
  assert.equal(code, 0, stderr);
  return house;
}

async function damage(house: House): Promise<void> {
  const assets = await house.immich.assets();
  const [flipped, cut, trashed, ...others] = assets;
  assert.ok(flipped && cut && trashed);
  const bytes = await readFile(house.server.storedPath('Anna', flipped.id));
  bytes[3] = (bytes[3] ?? 0) ^ 4;
  await writeFile(house.server.storedPath('Anna', flipped.id), bytes);
  await truncate(house.server.storedPath('Anna', cut.id), 5);
  await house.immich.trash(trashed);
  for (const asset of others.slice(0, 25)) await house.immich.erase(asset);
}

describe('an Immich that lost some of what was safe', () => {
  it("is seen through, and filled again on the owner's word", async () => {
    await using house = await library();
    await damage(house);
    const verified = await house.say('verify', '--all');
    assert.equal(verified.code, 3, verified.stderr);
    assert.match(verified.stdout, /26 are gone from Immich, all at once/);
    assert.match(verified.stdout, /7 originals were read back: 5 equal, 2 damaged/);
    const { files } = await house.status();
    assert.deepEqual([files.safe, files.blocked, files.letGo, files.wanted], [5, 28, 0, 33]);
    assert.equal(house.letterbox.told('proof failed').length, 1);
    assert.match(house.letterbox.told('proof failed')[0] ?? '', /"IMG_0[01]\.jpg" and "IMG_0[01]\.jpg" from Phone are not safe/);
    assert.equal(house.letterbox.told('many removed').length, 1);

    // Told once, however often is looked.
    assert.equal((await house.say('verify', '--all')).code, 3);
    assert.deepEqual([house.letterbox.told('proof failed').length, house.letterbox.told('many removed').length], [1, 1]);

    assert.match((await house.say('keep', '--source', 'Phone')).stdout, /^26 pictures from Phone are kept/);
    for (const number of [0, 1]) assert.equal((await house.say('keep', house.path(nameOf(number)))).code, 0);
    const { code, answer, stderr } = await house.once();
    assert.deepEqual([code, answer?.files.safe], [0, 33], stderr);
    const onDisk = await Promise.all(numbers.map(async (number) => sha1Of(await house.read(nameOf(number)))));
    assert.deepEqual(await house.immich.originals(), onDisk.toSorted(), 'each once, and every byte of it');
    assert.deepEqual(await house.immich.membersByAlbum(), { All: numbers.map(nameOf) });
    const again = await house.say('verify', '--all');
    assert.equal(again.code, 0, again.stdout + again.stderr);
    assert.match(again.stdout, /33 originals were read back, and all are equal/);
  });

  it('stays as it is when the owner lets go', async () => {
    await using house = await library();
    await damage(house);
    await house.say('verify', '--all');
    assert.match((await house.say('let-go', '--source', 'Phone')).stdout, /^26 pictures from Phone are let go/);
    for (const number of [0, 1]) assert.equal((await house.say('let-go', house.path(nameOf(number)))).code, 0);
    const before = (await house.immich.assets()).length;
    const { code, answer } = await house.once();
    assert.deepEqual([code, answer?.files.safe, answer?.files.letGo, answer?.work.uploads], [0, 5, 28, 0]);
    assert.equal((await house.immich.assets()).length, before);
    assert.equal((await house.say('verify', '--all')).code, 0);
  });
});

describe('a Homeroll at work', () => {
  it('verifies at once when it is told to, and says how far it is', async () => {
    await using house = await library();
    const running = house.start(['run', '--json']);
    await running.says('looks after');
    const before = (await house.why(nameOf(7))).provenAt;
    const ordered = await house.say('verify', '--source', 'Phone');
    assert.deepEqual(
      [ordered.code, ordered.stdout.trim()],
      [0, 'Looks again at all of Phone that Immich has. `homeroll status` says how far it is.'],
    );
    await until(async () => (await house.why(nameOf(7))).provenAt !== before, 'the proof is of today');
    await running.kill('SIGTERM');
  });
});
