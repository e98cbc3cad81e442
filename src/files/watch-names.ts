/** Under which name a folder is watched: another one after the watcher could not let go of it. */

/**
 * @parcel/watcher keeps a list of all folders below each root it was given, by the root's name, for as long as it watches any of them. Where
 * it fails to let go of one, as of a folder whose removal it never heard of, it forgets to let go of the rest: under the same name it would go
 * by the old list from then on, hear no new folder, and refuse the root because of the one that is gone. Under another name it reads anew.
 */
const anotherWay = '/proc/self/root';
// 64: beyond it the name gets too long for the system, and nothing that goes wrong so often is mended by a name.
const mostWays = 64;

export class WatchNames {
  readonly #spoilt = new Map<string, number>();

  nameOf(root: string): string {
    return anotherWay.repeat(this.#spoilt.get(root) ?? 0) + root;
  }

  /** The watcher could not let go of what it knows by this root's name. */
  spoil(root: string): void {
    // Elsewhere the system watches whole trees, and there is no list.
    if (process.platform === 'linux') this.#spoilt.set(root, Math.min(mostWays, (this.#spoilt.get(root) ?? 0) + 1));
  }
}
