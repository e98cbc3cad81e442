/** Immich's own disk in a simulation: originals in memory, which can rot, and which tells the truth about what it holds. */
import { createHash } from 'node:crypto';
import type { Clock, Random } from '../../src/kernel/index.ts';
import { ConnectionLost, type Damage, type Place, type Receiving, type Store } from '../../src/practice/index.ts';

interface Kept {
  readonly bytes: Uint8Array;
  /** Of the bytes as they lie there, not as they came. */
  readonly sha1: string;
  readonly modifiedAtMs: number;
}

const keyOf = ({ ownerId, assetId }: Place): string => `${ownerId}/${assetId}`;

export class SimulatedStore implements Store {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  /** How often what is stored is damaged on its way to the disk, 0 to 1. */
  spoilage = 0;
  readonly #random: Random;
  /** Assets whose original is not what was sent. */
  readonly spoiled = new Set<string>();

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  sha1Of(place: Place): string | undefined {
    return this.#kept.get(keyOf(place))?.sha1;
  }

  /** One of the originals loses a bit, or its end. */
  rot(place: Place, damage: Damage): void {
    const kept = this.#kept.get(keyOf(place));
    if (kept) this.#keep(place, damaged(kept.bytes, damage));
    this.spoiled.add(place.assetId);
  }

  receive(): Receiving {
    const chunks: Uint8Array[] = [];
    let whole: Uint8Array | undefined;
    const bytes = (): Uint8Array => {
      if (!whole) throw new ConnectionLost();
      return whole;
    };
    return {
      write: (chunk) => {
        // The sender may use its buffer again.
        chunks.push(Uint8Array.from(chunk));
        return undefined;
      },
      flush: async () => {
        whole = Buffer.concat(chunks);
      },
      readAt: (offset, length) => bytes().subarray(offset, offset + length),
      keep: (place) => {
        if (this.#random.next() >= this.spoilage) return this.#keep(place, bytes());
        this.spoiled.add(place.assetId);
        this.#keep(place, damaged(bytes(), aDamage(this.#random, bytes().length)));
      },
      discard: () => void chunks.splice(0),
    };
  }

  open(place: Place) {
    const kept = this.#kept.get(keyOf(place));
    if (!kept) return undefined;
    const { bytes, modifiedAtMs } = kept;
    return { sizeBytes: bytes.length, modifiedAtMs, read: (offset: number, length: number) => bytes.subarray(offset, offset + length) };
  }

  remove(place: Place): void {
    this.#kept.delete(keyOf(place));
  }

  #keep(place: Place, bytes: Uint8Array): void {
    const sha1 = createHash('sha1').update(bytes).digest('hex');
    this.#kept.set(keyOf(place), { bytes, sha1, modifiedAtMs: this.#clock.now() });
  }
}

export function aDamage(random: Random, sizeBytes: number): Damage {
  const at = Math.floor(random.next() * sizeBytes);
  return random.next() < 0.5 ? { kind: 'truncated', toBytes: at } : { kind: 'flipped', at };
}

function damaged(bytes: Uint8Array, damage: Damage): Uint8Array {
  if (damage.kind === 'truncated') return bytes.subarray(0, damage.toBytes);
  const copy = Uint8Array.from(bytes);
  const at = Math.min(damage.at, copy.length - 1);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
