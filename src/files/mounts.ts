/** Reads the kernel's table of mounts (/proc/self/mountinfo). */
import type { PathBytes } from './path-bytes.ts';

export interface Mount {
  readonly point: PathBytes;
  /** Number of the device, `0:52`: the same for every place where it is mounted. */
  readonly device: string;
  /** As the kernel names it: `ext4`, `nfs4`, `fuse.sshfs`. */
  readonly filesystem: string;
  /** What is mounted: a device, a share, or a word of the filesystem's own. */
  readonly origin: string;
}

/**
 * The mounts in the order they were made; of two at the same point the later one is seen. Lines that do not follow proc(5) are left out.
 * @param table the file's bytes: mount points need not be text
 */
export function parseMounts(table: Buffer): Mount[] {
  return table
    .toString('latin1') // one character for each byte, so that nothing is lost
    .split('\n')
    .flatMap((line) => {
      // 36 35 98:0 /subfolder /mount/point rw,noatime shared:1 - ext3 /dev/root rw,errors=continue
      const [before, after] = line.split(' - ');
      const [, , device, , point] = before?.split(' ') ?? [];
      const [filesystem, origin = ''] = after?.split(' ') ?? [];
      if (!point || !device || !filesystem) return [];
      const words = { filesystem, origin: Buffer.from(unescaped(origin), 'latin1').toString('utf8') };
      return [{ point: Buffer.from(unescaped(point), 'latin1'), device, ...words }];
    });
}

/** @param path absolute, links resolved */
export function isMountPoint(mounts: readonly Mount[], path: PathBytes): boolean {
  return mounts.some(({ point }) => point.equals(path));
}

/** The mount points below a folder, each once, relative to it. @param folder absolute, links resolved */
export function mountsBelow(mounts: readonly Mount[], folder: PathBytes): PathBytes[] {
  const start = folder.at(-1) === slash ? folder : Buffer.concat([folder, Buffer.from('/')]);
  const below = mounts.filter(({ point }) => point.length > start.length && point.subarray(0, start.length).equals(start));
  const unique = new Map(below.map(({ point }) => [point.toString('latin1'), point.subarray(start.length)]));
  return [...unique.values()];
}

/** The mount that a path lies on. */
export function mountOf(mounts: readonly Mount[], path: PathBytes): Mount | undefined {
  const holds = ({ point }: Mount): boolean => {
    if (!path.subarray(0, point.length).equals(point)) return false;
    return path.length === point.length || point.at(-1) === slash || path[point.length] === slash;
  };
  return mounts.reduce<Mount | undefined>(
    (best, mount) => (holds(mount) && mount.point.length >= (best?.point.length ?? 0) ? mount : best),
    undefined,
  );
}

const slash = 0x2f;

// The kernel writes space, tab, newline, backslash and # as three octal digits.
function unescaped(field: string): string {
  return field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
