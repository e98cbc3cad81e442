/** Immich and the disk with a tally: what was sent, opened and read back, to show that nothing is done twice; and what Immich is. */
import type { WorkDone } from '../cli/index.ts';
import type { Disk } from '../files/index.ts';
import type { Immich } from '../immich/index.ts';

export function noWork(): WorkDone {
  return { uploads: 0, uploadedBytes: 0, filesOpened: 0, proofs: 0, provenBytes: 0, inHand: undefined };
}

export function countingDisk(disk: Disk, work: WorkDone): Disk {
  return {
    ...disk,
    open(path) {
      work.filesOpened += 1;
      return disk.open(path);
    },
  };
}

/** What Immich said of itself. */
export interface Heard {
  version?: string;
}

export function countingImmich(immich: Immich, work: WorkDone, heard: Heard): Immich {
  return {
    ...immich,
    async serverVersion(signal) {
      const answer = await immich.serverVersion(signal);
      heard.version = answer.version;
      return answer;
    },
    async upload(upload, signal) {
      work.uploads += 1;
      work.inHand = upload.fileName;
      try {
        return await immich.upload({ ...upload, content: () => counted(upload.content(), work) }, signal);
      } finally {
        if (work.inHand === upload.fileName) work.inHand = undefined;
      }
    },
    async readBack(assetId, signal, onBytes) {
      const proof = await immich.readBack(assetId, signal, onBytes);
      work.proofs += 1;
      work.provenBytes += proof.sizeBytes;
      return proof;
    },
  };
}

async function* counted(content: AsyncIterable<Uint8Array>, work: WorkDone): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    work.uploadedBytes += chunk.length;
    yield chunk;
  }
}
