/** Finds and reads the sidecar that goes along with a picture. */
import type { FileRecord } from '../../domain/index.ts';
import { type Disk, DiskError, FileChanged, joinPath, type PathBytes, readStable } from '../../files/index.ts';
import { familyOf } from '../family.ts';
import type { SourceInUse } from '../step.ts';

export interface SidecarInHand {
  readonly file: FileRecord;
  readonly bytes: Uint8Array;
}

// XMP files are some KB; 2 MB is far beyond any, and small enough to be held while it is sent.
const largestSidecarBytes = 2 * 1024 * 1024;

interface Picture {
  readonly file: FileRecord;
  readonly path: PathBytes;
  readonly others: readonly FileRecord[];
}

/** Undefined where there is none, or it cannot be read just now: the picture does not wait for that. */
export async function readSidecar(disk: Disk, { file, path, others }: Picture, source: SourceInUse): Promise<SidecarInHand | undefined> {
  const [sidecar] = familyOf([file, ...others])
    .filter(({ of, member }) => member.role === 'sidecar' && of?.id === file.id && isSendable(member))
    .map(({ member }) => member)
    // Immich takes one: `IMG_1.CR2.xmp` was written for this very file, `IMG_1.xmp` perhaps for another.
    .toSorted((one, other) => other.name.length - one.name.length);
  if (!sidecar) return undefined;
  const folder = path.subarray(0, path.length - file.name.length);
  try {
    await using open = await disk.open(joinPath(folder.subarray(0, -1), sidecar.name));
    const chunks: Buffer[] = [];
    const judged = { stat: sidecar.stat, identity: source.identity() };
    for await (const chunk of readStable(open, judged, new AbortController().signal)) chunks.push(Buffer.from(chunk));
    return { file: sidecar, bytes: Buffer.concat(chunks) };
  } catch (error) {
    if (error instanceof DiskError || error instanceof FileChanged) return undefined;
    throw error;
  }
}

function isSendable({ state, stat }: FileRecord): boolean {
  return ['held', 'sent', 'left'].includes(state) && stat.sizeBytes > 0 && stat.sizeBytes <= largestSidecarBytes;
}
