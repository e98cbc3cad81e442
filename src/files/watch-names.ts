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
  readonly #lettingGo = new Map<string, Promise<void>>();

  nameOf(root: string): string {
    return anotherWay.repeat(this.#spoilt.get(root) ?? 0) + root;
  }

  /** Who closes a subscription need not wait for that, and whoever listens anew must: until then the watcher has one list for both. */
  async lettingGo(root: string, work: Promise<void>): Promise<void> {
    const before = this.#lettingGo.get(root);
    const all = Promise.all([before, work]).then(() => undefined);
    this.#lettingGo.set(root, all);
    await all;
    if (this.#lettingGo.get(root) === all) this.#lettingGo.delete(root);
  }

  async whenLetGo(root: string): Promise<void> {
    await this.#lettingGo.get(root);
  }

  /** The watcher could not let go of what it knows by this root's name. */
  spoil(root: string): void {
    // Elsewhere the system watches whole trees, and there is no list.
    if (process.platform === 'linux') this.#spoilt.set(root, Math.min(mostWays, (this.#spoilt.get(root) ?? 0) + 1));
  }
}
