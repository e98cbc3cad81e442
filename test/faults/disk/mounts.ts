/** Disks and shares that are lazily unmounted and mounted again, by the kernel's own mounts: a source's folder, or one below it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { House } from '../../journeys/house.ts';
import { TestHousehold } from '../../kit/household.ts';
import { noMounts } from '../../kit/may-mount.ts';
import type { Fault } from '../fault.ts';
import { tollOfHouse, tollOfHousehold } from '../scenes.ts';
import { all, comeToRest, expecting, isUndone, newsOf, onHousehold, onProcess, run } from './kit.ts';

/** What is mounted at a point, and taken away without a word to anybody. */
class Share implements Disposable {
  readonly #point: string;
  readonly #disks: string[];
  readonly #shown: string;

  /** @param kind `bind`: a folder of the very disk that the point lies on, so that no device number tells */
  constructor({ point, aside, kind }: { point: string; aside: string; kind: 'disk' | 'bind' }) {
    this.#point = point;
    this.#disks = kind === 'disk' ? [`${aside}/one`, `${aside}/other`] : [];
    for (const disk of this.#disks) {
      mkdirSync(disk, { recursive: true });
      run('mount', '-t', 'tmpfs', 'none', disk);
    }
    this.#shown = join(this.#disks[0] ?? aside, 'share');
    mkdirSync(this.#shown, { recursive: true });
    mkdirSync(point, { recursive: true });
  }

  mount(): void {
    run('mount', '--bind', this.#shown, this.#point);
  }

  /** The same files on another device, under other inodes. */
  mountCopy(): void {
    const [one, other = `${this.#shown}-copy`] = this.#disks;
    const copy = one === undefined ? other : join(other, 'share');
    run('cp', '-a', this.#shown, copy);
    run('mount', '--bind', copy, this.#point);
  }

  unmount(): void {
    run('umount', '-l', this.#point);
  }

  [Symbol.dispose](): void {
    for (const place of [this.#point, ...this.#disks]) {
      try {
        this.unmountAll(place);
      } catch {
        // Not mounted any more.
      }
    }
  }

  private unmountAll(place: string): void {
    for (;;) run('umount', '-l', place);
  }
}

const cases = (['disk', 'bind'] as const).flatMap((kind) =>
  [false, true].flatMap((isCopy) =>
    [/bulk-upload-check/, /POST \/api\/assets$/, /original/, undefined].map((during) => ({ kind, isCopy, during })),
  ),
);

export const mountFaults: readonly Fault[] = [
  ...(['root', 'part'] as const).map((place) => ({
    ...onHousehold({
      name:
        place === 'root'
          ? 'a source is lazily unmounted and mounted again'
          : 'a mount below a source is lazily unmounted and mounted again',
      tries: cases.length,
      async strike(seed: number) {
        const { kind, isCopy, during } = cases[(seed - 1) % cases.length] ?? { kind: 'disk' as const, isCopy: false, during: undefined };
        await using home = await TestHousehold.open();
        const below = place === 'root' ? '' : 'nas/';
        using share = new Share({ point: join(home.folder(), below), aside: join(home.folder(), '..', 'aside'), kind });
        share.mount();
        for (let number = 0; number < 8; number += 1) await home.write(`${below}${number}.jpg`);
        if (place === 'part') await home.write('home.jpg');
        let isMounted = true;
        const leave = (): void => {
          if (isMounted) share.unmount();
          isMounted = false;
        };
        home.onAsk = (question) => {
          if (during?.test(question)) leave();
        };
        await home.once();
        leave();
        for (let day = 0; day < 2; day += 1) {
          home.clock.leap(86_400_000);
          await home.once();
        }
        const isSaid = newsOf(home, place === 'root' ? 'source away' : 'part away').length === 1;
        const meanwhile = expecting(
          [home.numbers().gone === 0, `${home.numbers().gone} files were called gone`],
          [isUndone(home), '`once` ended with 0 though not all is there'],
          [isSaid, 'that it is away was not told once'],
        );
        const before = home.asked.length;
        const safe = home.numbers().safe;
        home.onAsk = () => undefined;
        if (isCopy) share.mountCopy();
        else share.mount();
        await comeToRest(home);
        const isSentAgain = safe === (place === 'root' ? 8 : 9) && home.asked.slice(before).includes('POST /api/assets');
        return all(
          meanwhile,
          await tollOfHousehold(home),
          expecting(
            [!isUndone(home), 'it is back, and something is not done'],
            [newsOf(home, 'lost before safe').length === 0, 'something was told as lost'],
            [newsOf(home, place === 'root' ? 'source back' : 'part back').length === 1, 'that it is back was not told once'],
            [!isSentAgain, 'what was safe was sent again'],
          ),
        );
      },
    }),
    skip: noMounts,
  })),
  onProcess({
    name: 'a share is lazily unmounted between two runs and mounted again',
    tries: 4,
    skip: noMounts,
    async strike(seed) {
      await using house = await House.open();
      const below = seed % 2 === 0 ? '' : 'nas/';
      using share = new Share({ point: house.path(below), aside: join(house.folder, 'aside'), kind: seed > 2 ? 'bind' : 'disk' });
      share.mount();
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await house.write(`${below}${name}.jpg`);
      await house.write('home.jpg');
      const first = await house.once();
      share.unmount();
      const away = await house.once();
      share.mount();
      const back = await house.once();
      const again = back.answer?.work.uploads;
      return all(
        await tollOfHouse(house),
        expecting(
          [first.code === 0 && away.code === 3 && back.code === 0, `the exit codes were ${first.code}, ${away.code}, ${back.code}`],
          [away.answer?.files.gone === 0, `${away.answer?.files.gone} files were called gone`],
          [again === 0, `${again} were sent again`],
        ),
      );
    },
  }),
];
