/** Households with a live photo whose halves came apart, and what Immich shows of it. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { bytesNamed } from './halves.ts';
import { TestHousehold } from './household.ts';

/** Immich takes no file of this size. */
export const refusing = { endpoint: 'POST /assets', fault: { kind: 'status', status: 413 } } as const;

/** The still comes first, and Immich does not take it; its video is stored, hidden. */
export async function withUnsentStill(): Promise<TestHousehold> {
  const home = await TestHousehold.open();
  await home.comeBack([refusing]);
  await home.write('IMG_1.HEIC');
  await home.once();
  await home.comeBack();
  await home.write('IMG_1.MOV');
  await home.once();
  assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'blocked', 'IMG_1.MOV': 'safe' });
  assert.equal(await visibilityOf(home, 'IMG_1.MOV'), 'hidden');
  return home;
}

/** The still is stored; of its video, which came later, nothing can be read back until now. */
export async function withUnprovenVideo(): Promise<TestHousehold> {
  const home = await TestHousehold.open();
  await home.write('IMG_1.HEIC');
  await home.once();
  await home.comeBack([{ endpoint: 'GET /assets/:id/original', fault: { kind: 'status', status: 500 } }]);
  await home.write('IMG_1.MOV');
  await home.once();
  assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'joining', 'IMG_1.MOV': 'stored' });
  await home.comeBack();
  return home;
}

export async function withLivePhoto(): Promise<TestHousehold> {
  const home = await TestHousehold.open();
  await home.write('IMG_1.HEIC');
  await home.write('IMG_1.MOV');
  await home.once();
  return home;
}

/** The same, and the still was edited: as it is now Immich does not take it. */
export async function withUnsentEdit(): Promise<TestHousehold> {
  const home = await withLivePhoto();
  await home.comeBack([refusing]);
  await home.write('IMG_1.HEIC', 'edited');
  await home.once();
  assert.deepEqual(home.states(), { 'IMG_1.HEIC': 'blocked', 'IMG_1.MOV': 'safe' });
  return home;
}

/** As Immich tells it, of a file of this name with this text. */
export function checksumOf(name: string, text: string): string {
  return createHash('sha1').update(bytesNamed(name, text)).digest('base64');
}

/** The asset of this text, whatever it is called. */
export async function assetOf(home: TestHousehold, content: string) {
  const checksums = ['.HEIC', '.MOV', '.JPG', ''].map((ending) => checksumOf(ending, content));
  const asset = (await home.assets()).find((one) => checksums.includes(one.checksum));
  assert.ok(asset, `Immich has "${content}"`);
  return asset;
}

export async function visibilityOf(home: TestHousehold, name: string, content = `the bytes of ${name}`): Promise<string | undefined> {
  return (await assetOf(home, content)).visibility;
}

export async function order(home: TestHousehold, kind: 'keep' | 'let go', name: string): Promise<void> {
  await home.order(kind, home.path(name).toString('base64'));
}
