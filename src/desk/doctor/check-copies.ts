/** Do pictures of this source lie in an external library of Immich, too? Those it knows by their path, so it would store them twice. */
import type { SourceConfig } from '../../config/index.ts';
import { grouped } from '../../domain/index.ts';
import { type Immich, ImmichError } from '../../immich/index.ts';
import { type Finding, note, ok, warning } from './finding.ts';
import { type SampledFile, type SampleParts, sampleFiles } from './sample-files.ts';

/** @param immich of the account that the source belongs to */
export async function checkCopies(
  source: SourceConfig,
  { immich, ...parts }: SampleParts & { readonly immich: Immich },
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const about = source.name;
  const files = await sampleFiles(source, parts, signal);
  if (files.length === 0) return [];
  try {
    const copies = await countCopies(files, immich, signal);
    if (copies === 0) return [ok(about, `None of ${inAll(files)} looked at lies in an external library of Immich, too.`)];
    return [
      warning(
        about,
        `${grouped(copies)} of ${inAll(files)} looked at ${copies === 1 ? 'is' : 'are'} in Immich already, from an external library: backing them up doubles them.`,
        'Remove the external library in Immich once all is safe, or leave its folder out of this source ("skip").',
      ),
    ];
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ImmichError)) throw error;
    return [note(about, `Whether its pictures lie in an external library of Immich, too, cannot be seen: ${error.message}`)];
  }
}

const inAll = (files: readonly SampledFile[]): string => `${files.length} ${files.length === 1 ? 'picture' : 'pictures'}`;

/** By name and size: of an external asset Immich knows no more that could be compared. */
async function countCopies(files: readonly SampledFile[], immich: Immich, signal: AbortSignal): Promise<number> {
  let copies = 0;
  for (const { name, sizeBytes } of files) {
    const namesakes = await immich.findByName(name, signal);
    if (namesakes.some((asset) => asset.isExternal && asset.sizeBytes === sizeBytes)) copies += 1;
  }
  return copies;
}
