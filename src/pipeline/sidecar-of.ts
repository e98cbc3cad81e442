/** Which sidecar goes along with a picture. Pure. */
import type { FileRecord } from '../domain/index.ts';
import { familyOf } from './family.ts';

// XMP files are some KB; 2 MB is far beyond any, and small enough to be held while it is sent.
const largestSidecarBytes = 2 * 1024 * 1024;

/** Immich takes one: `IMG_1.CR2.xmp` was written for this very file, `IMG_1.xmp` perhaps for another. */
export function sidecarOf(file: FileRecord, others: readonly FileRecord[], states: readonly FileRecord['state'][]): FileRecord | undefined {
  const [sidecar] = familyOf([file, ...others])
    .filter(({ role, of, member }) => role === 'sidecar' && of?.id === file.id && states.includes(member.state) && hasFitSize(member))
    .map(({ member }) => member)
    .toSorted((one, other) => other.name.length - one.name.length);
  return sidecar;
}

export function hasFitSize({ stat }: FileRecord): boolean {
  return stat.sizeBytes > 0 && stat.sizeBytes <= largestSidecarBytes;
}
