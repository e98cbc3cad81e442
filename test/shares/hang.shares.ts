/** A share that hangs hangs alone: with real mounts, whose server stops, or takes what it is asked and never answers. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { House, type HouseWish } from '../journeys/house.ts';
import { type Ended, until } from '../journeys/program.ts';
import { type Hang, HangingShare } from '../kit/fuse/share.ts';

const sources = [{}, { name: 'NAS', folder: 'nas' }];
const silent = /nas does not answer since \d\d:\d\d\./;

interface Scene extends AsyncDisposable {
  readonly house: House;
  readonly share: HangingShare;
  /** What the others on the network see of it. */
  readonly behind: string;
}

async function sceneOf(hang: Hang, wish: HouseWish = { sources }, point = 'nas'): Promise<Scene> {
  const house = await House.open(wish);
  const behind = join(house.folder, 'behind');
  const share = await HangingShare.mount({ point: join(house.folder, point), folder: behind, hang });
  return {
    house,
    share,
    behind,
    // First the share: as long as it hangs, even a look at the folders above hangs.
    async [Symbol.asyncDispose]() {
      await share[Symbol.asyncDispose]();
      await house[Symbol.asyncDispose]();
    },
  };
}

async function isSafe(house: House, ...names: readonly string[]): Promise<void> {
  const lines = async () => (await house.files()).filter(({ state }) => state === 'safe').map(({ path }) => path.split('/').at(-1));
  await until(
    async () => {
      const safe = await lines();
      return names.every((name) => safe.includes(name));
    },
    `${names.join(', ')} are safe`,
  );
}

/** Far more than the two seconds that are promised, for a busy machine; who hangs takes for ever. */
async function answers(house: House, ...words: readonly string[]): Promise<Ended> {
  const ended = await house.start(words, { deadlineMs: 15_000 }).ended;
  assert.equal(ended.signal, null, `${words.join(' ')} gave no answer:\n${ended.stderr}`);
  return ended;
}

async function stopsAsPromised(homeroll: ReturnType<House['start']>): Promise<void> {
  const startedMs = performance.now();
  const { code, signal, stderr } = await homeroll.kill('SIGTERM');
  assert.deepEqual([code, signal], [0, null], stderr);
  assert.ok(performance.now() - startedMs < 10_000, 'as promised');
}

const awaySource = async (house: House) => (await house.status()).sources.find(({ name, state }) => name === 'NAS' && state === 'away');

for (const hang of ['stopped', 'deaf'] as const) {
  describe(`a share whose server is ${hang}`, () => {
    it('is away while Homeroll works, alone, and goes on by itself', async () => {
      await using scene = await sceneOf(hang);
      const { house, share, behind } = scene;
      writeFileSync(join(behind, 'n1.jpg'), 'the bytes of n1');
      await house.write('p1.jpg');
      const homeroll = house.start(['run'], { deadlineMs: 240_000 });
      await isSafe(house, 'n1.jpg', 'p1.jpg');
      await share.hang();
      await house.write('p2.jpg');
      await isSafe(house, 'p2.jpg');
      await until(async () => (await awaySource(house)) !== undefined, 'the share is away');
      assert.match((await awaySource(house))?.reason ?? '', silent);
      assert.equal((await house.status()).files.gone, 0);
      for (const words of [
        ['status'],
        ['files'],
        ['check-config'],
        ['why', house.path('p1.jpg')],
        ['why', join(house.folder, 'nas', 'n1.jpg')],
      ])
        assert.equal((await answers(house, ...words)).code, 0, words.join(' '));
      assert.match((await answers(house, 'doctor')).stdout, silent);
      assert.match((await answers(house, 'why', join(house.folder, 'nas', 'unknown.jpg'))).stderr, silent);
      await house.write('p3.jpg');
      await isSafe(house, 'p3.jpg');
      await share.answer();
      writeFileSync(join(behind, 'n2.jpg'), 'the bytes of n2');
      await until(async () => (await awaySource(house)) === undefined, 'the share is back');
      await isSafe(house, 'n1.jpg', 'n2.jpg', 'p1.jpg', 'p2.jpg', 'p3.jpg');
      assert.equal((await house.immich.assets()).length, 5);
      assert.equal((await house.status()).files.gone, 0);
      await stopsAsPromised(homeroll);
    });

    it('keeps no Homeroll from its start, nor from its end', async () => {
      await using scene = await sceneOf(hang);
      const { house, share } = scene;
      await house.write('p1.jpg');
      await share.hang();
      const homeroll = house.start(['run'], { deadlineMs: 240_000 });
      await isSafe(house, 'p1.jpg');
      await house.write('p2.jpg');
      await isSafe(house, 'p2.jpg');
      // While it is still asked, and nobody knows yet.
      await stopsAsPromised(homeroll);
      const again = house.start(['run'], { deadlineMs: 240_000 });
      await until(async () => (await awaySource(house)) !== undefined, 'the share is away');
      await stopsAsPromised(again);
      assert.equal((await house.once({ deadlineMs: 120_000 })).code, 3, 'not all was looked at');
    });

    it('below a local folder takes nothing else with it', async () => {
      await using scene = await sceneOf(hang, { sources: [{ 'sweep every': '2 s' }] }, 'Phone/nas');
      const { house, share, behind } = scene;
      writeFileSync(join(behind, 'n1.jpg'), 'the bytes of n1');
      await house.write('a/p1.jpg');
      const homeroll = house.start(['run'], { deadlineMs: 240_000 });
      await isSafe(house, 'n1.jpg', 'p1.jpg');
      await share.hang();
      await house.write('z/p2.jpg');
      await isSafe(house, 'p2.jpg');
      await until(async () => silent.test((await answers(house, 'status')).stdout.replaceAll(/\s+/g, ' ')), 'status tells it');
      const {
        files,
        sources: [phone],
      } = await house.status();
      assert.deepEqual([files.gone, phone?.state], [0, 'present']);
      assert.match((await answers(house, 'doctor')).stdout.replaceAll(/\s+/g, ' '), silent);
      await share.answer();
      writeFileSync(join(behind, 'n2.jpg'), 'the bytes of n2');
      await isSafe(house, 'n2.jpg');
      await stopsAsPromised(homeroll);
    });

    it('that settings, keys or the journal lie on is named, and not waited for', async () => {
      await using scene = await sceneOf(hang);
      const { house, share, behind } = scene;
      mkdirSync(join(behind, 'deep'));
      writeFileSync(join(behind, 'homeroll.yaml'), '{}');
      writeFileSync(join(behind, 'ca.pem'), '-----BEGIN CERTIFICATE-----');
      symlinkSync(join(house.folder, 'nas', 'deep'), join(house.folder, 'link'));
      await share.hang();
      const named = await answers(house, 'status', '--config', 'nas/homeroll.yaml');
      assert.deepEqual([named.code, /nas does not answer since \d\d:\d\d/.test(named.stderr)], [2, true], named.stderr);
      await house.configure({ state: 'link/state' });
      for (const words of [['status'], ['files'], ['pause'], ['run'], ['once']]) {
        const { code, stderr } = await answers(house, ...words);
        assert.notEqual(code, 0, words.join(' '));
        assert.match(stderr, /^The journal in .*\/link\/state cannot be reached: .*nas does not answer since/, words.join(' '));
      }
      assert.match((await answers(house, 'doctor')).stdout.replaceAll(/\s+/g, ' '), /The journal in .* cannot be reached/);
      const server = { url: house.server.url, accounts: { anna: { key_file: 'nas/key' } }, ca_file: 'nas/ca.pem' };
      await house.configure({ immich: server });
      const { code, stdout } = await answers(house, 'check-config');
      assert.deepEqual(
        [code, /key file .*nas does not answer/.test(stdout), /ca.pem cannot be read: .*nas does not answer/.test(stdout)],
        [2, true, true],
        stdout,
      );
    });
  });
}
