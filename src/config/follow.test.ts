/** The owner's file is read again when it was changed and stands still, and whatever it points at with it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LeapClock } from '../../test/kit/leap-clock.ts';
import { ConfigFollower, type Reading } from './follow.ts';

const right =
  'immich: { url: "http://immich.local", accounts: { anna: { key_file: key } } }\nsources: [{ name: Phone, folder: /media/phone }]\n';

class World implements AsyncDisposable {
  readonly files = new Map<string, string>([
    ['/home/homeroll.yaml', right],
    ['/home/key', 'a-key-that-is-long-enough'],
  ]);
  readonly readings: Reading[] = [];
  readonly clock = new LeapClock(1);
  readonly follower: ConfigFollower;
  readonly #ending = new AbortController();
  readonly #following: Promise<void>;
  #writings = 0;

  constructor() {
    this.follower = new ConfigFollower({
      configFile: '/home/homeroll.yaml',
      surroundings: {
        environment: {},
        readText: async (path) => {
          const text = this.files.get(path);
          if (text === undefined) throw Object.assign(new Error('none'), { code: 'ENOENT' });
          return text;
        },
        realPath: async (path) => path,
        exists: async () => false,
      },
      clock: this.clock,
      stampOf: async (path) => `${this.#writings} ${this.files.get(path)}`,
    });
    this.#following = this.follower.follow(async (reading) => void this.readings.push(reading), this.#ending.signal);
  }

  write(path: string, text: string | undefined): void {
    this.#writings += 1;
    if (text === undefined) this.files.delete(path);
    else this.files.set(path, text);
  }

  /** One look later. */
  async pass(looks = 1): Promise<void> {
    for (let look = 0; look < looks; look += 1) {
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      this.clock.leap(1_000);
    }
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#following.catch(() => undefined);
  }
}

const kinds = (readings: readonly Reading[]): readonly string[] => readings.map(({ loaded }) => loaded.kind);

describe('a file that is followed', () => {
  it('is read once at the beginning, and not again as long as nothing is written', async () => {
    await using world = new World();
    await world.pass(5);
    assert.deepEqual(kinds(world.readings), ['ok']);
    assert.deepEqual([...(world.readings[0]?.texts.keys() ?? [])], ['/home/homeroll.yaml', '/home/key']);
  });

  it('is read when it stands still, so that half a file for a moment is never heard of', async () => {
    await using world = new World();
    await world.pass();
    world.write('/home/homeroll.yaml', right.slice(0, 40));
    await world.pass();
    world.write('/home/homeroll.yaml', undefined);
    await world.pass();
    world.write('/home/homeroll.yaml', `${right}log: debug\n`);
    await world.pass(4);
    assert.deepEqual(kinds(world.readings), ['ok', 'ok']);
  });

  it('is not heard of when it was written with the same text', async () => {
    await using world = new World();
    await world.pass();
    world.write('/home/homeroll.yaml', right);
    await world.pass(4);
    assert.deepEqual(kinds(world.readings), ['ok']);
  });

  it('that stays wrong is heard of once, and again when it is right', async () => {
    await using world = new World();
    await world.pass();
    world.write('/home/homeroll.yaml', 'sorces: []\n');
    await world.pass(6);
    world.write('/home/homeroll.yaml', right);
    await world.pass(4);
    assert.deepEqual(kinds(world.readings), ['ok', 'refused', 'ok']);
  });

  it('is read again for a key file that it points at, also one that turns up late', async () => {
    await using world = new World();
    await world.pass();
    world.write('/home/key', undefined);
    await world.pass(4);
    world.write('/home/key', 'another-key-that-is-long');
    await world.pass(4);
    assert.deepEqual(kinds(world.readings), ['ok', 'refused', 'ok']);
  });

  it('is read at once when somebody asks, and that is said of the reading', async () => {
    await using world = new World();
    await world.pass();
    world.follower.lookNow();
    await world.pass(2);
    assert.deepEqual(
      world.readings.map(({ isAsked }) => isAsked),
      [false, true],
    );
  });
});
