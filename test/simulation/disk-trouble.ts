/** A disk that fails for a while: errors of the system at some of the calls, in some places. */
import { DiskError, type DiskErrorKind, type PathBytes } from '../../src/files/index.ts';
import type { Random } from '../../src/kernel/index.ts';

export type DiskCall = 'stat' | 'entries' | 'open' | 'read' | 'root';

export interface DiskTrouble {
  readonly kind: Extract<DiskErrorKind, 'broken' | 'forbidden' | 'busy' | 'away'>;
  readonly calls: readonly DiskCall[];
  /** How many of the calls fail, 0 to 1. */
  readonly share: number;
  /** Only at or below this path. */
  readonly at: PathBytes;
}

export interface DiskTroubles {
  begin(trouble: DiskTrouble): void;
  /** All of them unless told which. */
  end(trouble?: DiskTrouble): void;
  /** @throws DiskError when the call fails */
  strike(call: DiskCall, path: PathBytes): void;
}

const codeOf: Readonly<Record<DiskTrouble['kind'], string>> = { broken: 'EIO', forbidden: 'EACCES', busy: 'EBUSY', away: 'ESTALE' };

export function troublesOf(random: Random): DiskTroubles {
  const troubles = new Set<DiskTrouble>();
  return {
    begin: (trouble) => void troubles.add(trouble),
    end: (trouble) => void (trouble ? troubles.delete(trouble) : troubles.clear()),
    strike(call, path) {
      for (const { kind, calls, share, at } of troubles) {
        if (!calls.includes(call) || !path.subarray(0, at.length).equals(at) || random.next() >= share) continue;
        throw new DiskError(kind, path, Object.assign(new Error(codeOf[kind]), { code: codeOf[kind] }));
      }
    },
  };
}
