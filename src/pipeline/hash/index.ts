/** Hash: what is the file's SHA-1, and did it stand still while it was read? */
import { type Disk, hashFile } from '../../files/index.ts';
import { assertNever } from '../../kernel/index.ts';
import { happened, type Outcome } from '../outcome.ts';
import { type FileIn, fewAtOnce, type SourceInUse, type Step } from '../step.ts';

export function hashStep({ disk }: { readonly disk: Disk }): Step {
  const hashOne = async ({ file, path }: FileIn, source: SourceInUse, signal: AbortSignal): Promise<Outcome> => {
    const hashed = await hashFile(disk, { path, stat: file.stat, identity: source.identity() }, signal);
    switch (hashed.kind) {
      case 'hashed':
        return happened('hashed', { learnt: { sha1: hashed.sha1 } });
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
  return {
    name: 'hash',
    from: ['wanted'],
    lane: 'disk',
    ...fewAtOnce,
    run: (files, source, signal) => Promise.all(files.map((file) => hashOne(file, source, signal))),
  };
}
