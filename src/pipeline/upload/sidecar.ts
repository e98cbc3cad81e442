/** Finds and reads the sidecar that goes along with a picture. */
import type { FileRecord } from '../../domain/index.ts';
import { type Disk, DiskError, FileChanged, joinPath, type PathBytes, readStable } from '../../files/index.ts';
import { sidecarOf } from '../sidecar-of.ts';
import type { SourceInUse } from '../step.ts';

export interface SidecarInHand {
  readonly file: FileRecord;
  readonly bytes: Uint8Array;
}

interface Picture {
  readonly file: FileRecord;
  readonly path: PathBytes;
  readonly others: readonly FileRecord[];
}

/**
 * Undefined where there is none, or it cannot be read just now: the picture does not wait for that. `changed`: it was written anew,
 * and is to be judged first, since its date counts.
 */
export async function readSidecar(
  disk: Disk,
  { file, path, others }: Picture,
  source: SourceInUse,
): Promise<SidecarInHand | 'changed' | undefined> {
  const sidecar = sidecarOf(file, others, ['held', 'sent', 'left']);
  if (!sidecar) return undefined;
  const folder = path.subarray(0, path.length - file.name.length);
  try {
    await using open = await disk.open(joinPath(folder.subarray(0, -1), sidecar.name));
    const chunks: Buffer[] = [];
    const judged = { stat: sidecar.stat, identity: source.identity() };
    for await (const chunk of readStable(open, judged, new AbortController().signal)) chunks.push(Buffer.from(chunk));
    return { file: sidecar, bytes: Buffer.concat(chunks) };
  } catch (error) {
    if (error instanceof FileChanged) return 'changed';
    if (error instanceof DiskError) return undefined;
    throw error;
  }
}
