/** Hash: what is the file's SHA-1, and did it stand still while it was read? */
import type { FileRecord } from '../../domain/index.ts';
import { type Disk, hashFile, type ToHash } from '../../files/index.ts';
import type { Journal } from '../../journal/index.ts';
import { assertNever } from '../../kernel/index.ts';
import { happened, type Outcome } from '../outcome.ts';
import { type FileIn, fewAtOnce, type SourceInUse, type Step } from '../step.ts';

export interface HashParts {
  readonly journal: Pick<Journal, 'earlier' | 'halfFiles'>;
  readonly disk: Disk;
}

export function hashStep({ journal, disk }: HashParts): Step {
  const hashOne = async ({ file, path }: FileIn, source: SourceInUse, signal: AbortSignal): Promise<Outcome> => {
    const before = beforeOf(file);
    const hashed = await hashFile(disk, { path, stat: file.stat, identity: source.identity(), before }, signal);
    switch (hashed.kind) {
      case 'hashed': {
        const { sha1, isWrittenOn = false } = hashed;
        const more = isWrittenOn ? { reason: 'more was written to it since it was first taken for finished' } : {};
        return happened('hashed', { ...more, learnt: { sha1, isWrittenOn } });
      }
      case 'changed':
        return happened('changed', { reason: 'it changed while it was read' });
      case 'vanished':
        return happened('vanished');
      case 'unreadable':
        throw hashed.why;
      default:
        return assertNever(hashed);
    }
  };
  /** What was read of it before it changed. */
  const beforeOf = ({ id }: FileRecord): ToHash['before'] => {
    const half = journal.halfFiles.openOf(id);
    if (half) return half;
    const earlier = journal.earlier.openOf(id);
    return earlier?.sha1 && { sizeBytes: earlier.stat.sizeBytes, sha1: earlier.sha1 };
  };

  return {
    name: 'hash',
    from: ['wanted'],
    lane: 'disk',
    ...fewAtOnce,
    run: (files, source, signal) => Promise.all(files.map((file) => hashOne(file, source, signal))),
  };
}
