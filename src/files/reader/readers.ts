/**
 * Who reads what: local filesystems are read inside this process, everything that may fall silent by one process for each device, so that
 * a share that hangs hangs alone.
 */
import type { Clock } from '../../kernel/index.ts';
import type { Disk } from '../disk.ts';
import type { TimeOfDay } from '../disk-error.ts';
import type { Mount } from '../mounts.ts';
import type { PathBytes } from '../path-bytes.ts';
import { realDisk } from '../real-disk.ts';
import { type Subscription, systemWatcher, type Watcher } from '../watch.ts';
import { carefulFiles, type OwnFiles } from './careful-files.ts';
import { Device, Silence } from './device.ts';
import { RemoteDisk } from './remote-disk.ts';
import { watchError, watchOutside } from './remote-watch.ts';
import { type Place, Whereabouts, type WhereaboutsParts } from './whereabouts.ts';

export interface ReadersParts extends Omit<WhereaboutsParts, 'clock'> {
  readonly clock: Clock;
}

export interface View {
  /** How long one call may take; left out: as long as its device is not known to be silent. */
  readonly patienceMs?: number;
  readonly timeOfDay: TimeOfDay;
}

// A disk that must start turning first answers a beat without that.
const beatPatienceMs = 5_000;

/** While somebody goes through all folders. */
const lookEveryMs = 5_000;

/** A mount that does not answer. */
interface Silent {
  readonly silence: Silence;
  readonly point: PathBytes;
}

export class Readers {
  readonly #parts: ReadersParts;
  readonly #where: Whereabouts;
  /** By the number of the device; and those that only listen, by their root. */
  readonly #devices = new Map<string, Device>();
  #isOver = false;

  constructor(parts: ReadersParts) {
    this.#parts = parts;
    this.#where = new Whereabouts(parts);
  }

  where(path: PathBytes): Promise<Place> {
    return this.#where.ofTarget(path);
  }

  deviceOf({ device: number, point: first }: Mount): Device {
    const point = (): PathBytes => this.#where.pointOf(number) ?? first;
    return this.#device(number, point, () => this.#where.isMounted(number));
  }

  /** All disks of this machine as one. */
  disk(view: View): Disk {
    const { patienceMs = Number.POSITIVE_INFINITY, timeOfDay } = view;
    const remotes = new WeakMap<Device, Map<string, RemoteDisk>>();
    const mountsIn = (folder: PathBytes): readonly Buffer[] => this.#where.namesOfMountsIn(folder);
    const at = (place: Place): Disk => {
      if (place.kind === 'inside') return realDisk;
      const device = this.deviceOf(place.mount);
      const { point } = place.mount;
      const [key, ofDevice] = [point.toString('latin1'), remotes.get(device) ?? new Map<string, RemoteDisk>()];
      const remote = ofDevice.get(key) ?? new RemoteDisk({ device, point, patienceMs, timeOfDay, mountsIn });
      remotes.set(device, ofDevice.set(key, remote));
      return remote;
    };
    const [itself, target] = [(path: PathBytes) => this.#where.of(path), (path: PathBytes) => this.#where.ofTarget(path)];
    return {
      stat: async (path) => at(await itself(path)).stat(path),
      open: async (path) => at(await itself(path)).open(path),
      root: async (path) => at(await target(path)).root(path),
      freeSpace: async (path) => at(await target(path)).freeSpace(path),
      mountedAt: (path) => this.#where.mountedAt(path),
      entries: async function* (folder, signal, wish) {
        yield* at(await target(folder)).entries(folder, signal, wish);
      },
    };
  }

  /** Homeroll's own files: what its settings name, and what lies beside them. */
  files(view: View): OwnFiles {
    return carefulFiles({ where: (path) => this.where(path), deviceOf: (mount) => this.deviceOf(mount), ...view });
  }

  /** @param disk by which folders are looked at whose changes are heard */
  watcher(disk: Disk, view: View): Watcher {
    const inside = systemWatcher(disk, this.#parts.clock, async (root) => {
      const place = await this.where(Buffer.from(root));
      if (place.kind === 'outside' || this.#where.mountsBelow(place.path).length > 0) throw new Error('something is mounted there by now');
    });
    return {
      subscribe: async (root, onHint, signal, rules) => {
        const place = await this.where(Buffer.from(root));
        const onDevice = (device: Device, point: PathBytes): Promise<Subscription> =>
          watchOutside({ root, onHint, device, point, rules, ...view }, signal);
        if (place.kind === 'outside') return onDevice(this.deviceOf(place.mount), place.mount.point);
        const below = this.#where.mountsBelow(place.path);
        if (below.length === 0) return inside.subscribe(root, onHint, signal, rules);
        // Whoever listens goes through all folders first, also through those of mounts below: one that hangs would make everybody deaf.
        const deaf = await this.#anySilent(below, beatPatienceMs);
        if (deaf) throw watchError(deaf.silence, { root, point: deaf.point, ...view });
        const ofRoot = this.#device(
          `watch ${place.path.toString('latin1')}`,
          () => place.path,
          () => true,
        );
        const listening = onDevice(ofRoot, place.path);
        const deafened = await this.#whoFallsSilent(below, listening);
        if (!deafened) return listening;
        listening.catch(() => undefined);
        ofRoot.giveUp();
        throw watchError(deafened.silence, { root, point: deafened.point, ...view });
      },
    };
  }

  /** One of these mounts, when it falls silent before the work on them is done. */
  async #whoFallsSilent(mounts: readonly Mount[], work: Promise<unknown>): Promise<Silent | undefined> {
    const over = new AbortController();
    const isDone = work.then(
      () => true,
      () => false,
    );
    void isDone.then(() => over.abort());
    while (!over.signal.aborted) {
      const silent = await Promise.race([this.#anySilent(mounts, Number.POSITIVE_INFINITY), whenAborted(over.signal)]);
      if (silent) return silent;
      await this.#parts.clock.sleep(lookEveryMs, over.signal).catch(() => undefined);
    }
    // What fails may have met it first.
    return (await isDone) ? undefined : this.#anySilent(mounts, beatPatienceMs);
  }

  async #anySilent(mounts: readonly Mount[], patienceMs: number): Promise<Silent | undefined> {
    const looks = mounts.map(async (mount) => {
      const beat = this.deviceOf(mount).ask({ ask: 'beat', path: mount.point }, patienceMs);
      const why: unknown = await beat.then(
        () => undefined,
        (error: unknown) => error,
      );
      return why instanceof Silence ? { silence: why, point: mount.point } : undefined;
    });
    return (await Promise.all(looks)).find((one) => one !== undefined);
  }

  /** Homeroll ends: nobody waits any longer for what does not answer. */
  async letGo(): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#devices.values()].map((device) => device.letGo()));
  }

  #device(key: string, point: () => PathBytes, isMounted: () => boolean): Device {
    const known = this.#devices.get(key);
    if (known && !known.isForgettable) return known;
    for (const [other, device] of this.#devices) if (device.isForgettable) this.#forget(other, device);
    const device = new Device({ point, clock: this.#parts.clock, isMounted });
    this.#devices.set(key, device);
    if (this.#isOver) void device.letGo();
    return device;
  }

  #forget(key: string, device: Device): void {
    this.#devices.delete(key);
    void device.letGo();
  }
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
