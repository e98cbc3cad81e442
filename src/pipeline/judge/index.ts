/** Judge: do the owner's rules want the file, what does it say of itself, and what is it within its picture? */
import { type FileFacts, type FileRecord, judge, type MediaNotes, type Verdict } from '../../domain/index.ts';
import { bytesOf, type Disk, type PathBytes, showPath } from '../../files/index.ts';
import type { Journal } from '../../journal/index.ts';
import { extensionOf, readMediaFacts, sniff, takenAt } from '../../media/index.ts';
import { familyOf } from '../family.ts';
import { happened, type Learnt, type Outcome } from '../outcome.ts';
import type { FileIn, SourceInUse, Step } from '../step.ts';
import { lookAgain } from '../unchanged.ts';
import { placeOf } from './place.ts';

export interface JudgeParts {
  readonly journal: Pick<Journal, 'files' | 'sources'>;
  readonly disk: Disk;
  /** Where pictures that do not tell their zone were taken. */
  readonly timeZone: string;
}

export function judgeStep({ journal, disk, timeZone }: JudgeParts): Step {
  const judgeOne = async ({ file, path }: FileIn, source: SourceInUse): Promise<Outcome> => {
    const look = await lookAgain(disk, { file, path }, source.identity());
    if (look.kind !== 'same') return happened(look.kind);
    const byName = verdictOn(file, source);
    if (byName.kind === 'unwanted') return happened('unwanted', { reason: byName.reason });
    if (file.kind === 'sidecar') return placeOf(file, familyFor(file));
    const { notes, remark } = await readNotes(file, path);
    const known = { ...file, notes };
    const verdict = verdictOn(known, source);
    if (verdict.kind === 'unwanted') return happened('unwanted', { reason: verdict.reason, learnt: { notes } });
    return happened(file.sha1 ? 'wantedAndKnown' : 'wanted', {
      ...(remark !== undefined && { reason: remark }),
      learnt: { notes, ...rolesAround(known) },
    });
  };

  /** A live photo's motion half goes the way of photos: who wants only photos wants them whole. */
  const verdictOn = (file: FileRecord, source: SourceInUse): Verdict => {
    const isHalf = file.kind === 'video' && familyFor(file).some(({ member, role }) => member.id === file.id && role === 'motion');
    const facts = factsOf(file, journal.sources.folderPath(file.folderId));
    return judge(isHalf ? { ...facts, kind: 'photo' } : facts, source.config.rules);
  };

  const familyFor = (file: FileRecord) =>
    familyOf(journal.files.picture(file.folderId, file.stem).map((member) => (member.id === file.id ? file : member)));

  /** The file's own role and, where a photo came after the clip that is its motion half, the clip's. */
  const rolesAround = (file: FileRecord): Pick<Learnt, 'role' | 'companions'> => {
    const family = familyFor(file);
    const role = family.find(({ member }) => member.id === file.id)?.role ?? 'main';
    const lateStill = family.filter(
      ({ of, role: theirs, member }) => of?.id === file.id && theirs === 'motion' && member.role !== 'motion',
    );
    const companions = lateStill.map(({ member }) => ({ id: member.id, event: 'moved' as const, role: 'motion' as const }));
    return { role, ...(companions.length > 0 && { companions }) };
  };

  /** What the file says of itself, and a remark where its content contradicts its name. */
  const readNotes = async (file: FileRecord, path: PathBytes): Promise<{ notes: MediaNotes; remark: string | undefined }> => {
    await using open = await disk.open(path);
    const [bytes, extension] = [bytesOf(open, file.stat.sizeBytes), extensionOf(file.name)];
    const facts = await readMediaFacts(bytes, file.kind);
    const remark = await sniff(bytes, extension);
    const modifiedAtMs = Number(file.stat.mtimeNs / 1_000_000n);
    const taken = takenAt(facts.dates, { fileName: file.name.toString('utf8'), modifiedAtMs, timeZone });
    const { camera, contentIdentifier, durationMs } = facts;
    const notes = {
      taken,
      ...(camera !== undefined && { camera }),
      ...(contentIdentifier !== undefined && { contentIdentifier }),
      ...(durationMs !== undefined && { durationMs }),
    };
    return { notes, remark };
  };

  return {
    name: 'judge',
    from: ['settled'],
    lane: 'disk',
    atOnce: 16,
    run: (files, source) => Promise.all(files.map((file) => judgeOne(file, source))),
  };
}

function factsOf(file: FileRecord, folder: Buffer): FileFacts {
  return {
    kind: file.kind,
    // As text: the extension by bytes is good for telling kinds, but a reason is read by people.
    extension: showPath(file.name.subarray(file.name.length - extensionOf(file.name).length)).toLowerCase(),
    path: showPath(folder.length === 0 ? file.name : Buffer.concat([folder, Buffer.from('/'), file.name])),
    sizeBytes: file.stat.sizeBytes,
    modifiedAtMs: Number(file.stat.mtimeNs / 1_000_000n),
    ...(file.notes.taken && { taken: file.notes.taken }),
    ...(file.notes.camera && { camera: file.notes.camera }),
  };
}
