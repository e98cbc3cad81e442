/** Judge: do the owner's rules want the file, what does it say of itself, and what is it within its picture? */
import { type FileFacts, type FileRecord, judge, type MediaNotes, type Verdict } from '../../domain/index.ts';
import { bytesOf, type Disk, DiskError, joinPath, type LeaveAlone, leaveAlone, type PathBytes, showPath } from '../../files/index.ts';
import type { Journal } from '../../journal/index.ts';
import { extensionOf, sniff, takenAt, zoneOfPlace } from '../../media/index.ts';
import { familyOf } from '../family.ts';
import { whyLeftAloneAt } from '../left-alone.ts';
import { happened, type Learnt, type Outcome } from '../outcome.ts';
import { wasOwed } from '../owed.ts';
import { aroundOf, type Readers, readFacts, readSidecarDate, type SidecarRead } from '../read-facts.ts';
import { hasFitSize, sidecarOf } from '../sidecar-of.ts';
import type { FileIn, SourceInUse, Step } from '../step.ts';
import { lookAgain } from '../unchanged.ts';
import { placeOf } from './place.ts';
import { setClock } from './set-clock.ts';

export interface JudgeParts extends Readers {
  readonly journal: Pick<Journal, 'files' | 'sources' | 'history'>;
  readonly disk: Disk;
}

interface Within {
  readonly source: SourceInUse;
  readonly leave: LeaveAlone;
}

export function judgeStep(parts: JudgeParts): Step {
  const { journal, disk } = parts;
  const judgeOne = async ({ file, path }: FileIn, { source, leave }: Within, signal: AbortSignal): Promise<Outcome> => {
    const look = await lookAgain(disk, { file, path }, source.identity());
    if (look.kind !== 'same') return happened(look.kind);
    const left = whyLeftAloneAt(leave, joinPath(journal.sources.folderPath(file.folderId), file.name));
    if (left !== undefined) return happened('unwanted', { reason: left, ...(wasOwed(file, journal) && { mention: 'left alone' }) });
    const byName = verdictByName(file, source);
    if (byName.kind === 'unwanted') return happened('unwanted', { reason: byName.reason });
    if (file.kind === 'sidecar') return judgeSidecar({ file, path }, signal);
    const { notes, remark } = await readNotes({ file, path }, source, signal);
    const known = { ...file, notes };
    const { taken } = goesByDate(source) ? await readItsSidecar({ file: known, path }, signal) : {};
    const verdict = verdictOn(taken ? { ...known, notes: { ...notes, taken } } : known, source, isHalf(known));
    if (verdict.kind === 'unwanted') return happened('unwanted', { reason: verdict.reason, learnt: { notes } });
    return happened(file.sha1 ? 'wantedAndKnown' : 'wanted', {
      ...(remark !== undefined && { reason: remark }),
      learnt: { notes, ...rolesAround(known) },
    });
  };

  /** A live photo's motion half goes the way of photos: who wants only photos wants them whole. */
  const verdictOn = (file: FileRecord, source: SourceInUse, isTakenForHalf: boolean): Verdict => {
    const facts = factsOf(file, journal.sources.folderPath(file.folderId));
    return judge(isTakenForHalf ? { ...facts, kind: 'photo' } : facts, source.config.rules);
  };

  /** Whether a film is a half is known only when it was read: by its name it may be one as long as a photo lies beside it. */
  const verdictByName = (file: FileRecord, source: SourceInUse): Verdict => {
    const asItself = verdictOn(file, source, false);
    const isPhotoBeside = file.kind === 'video' && familyFor(file).some(({ member }) => member.kind === 'photo');
    return asItself.kind === 'unwanted' && isPhotoBeside && verdictOn(file, source, true).kind === 'wanted' ? { kind: 'wanted' } : asItself;
  };

  const isHalf = (file: FileRecord): boolean => familyFor(file).some(({ member, role }) => member.id === file.id && role === 'motion');

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

  /** What the file says of itself, and a remark where its content contradicts its name, or could not be read whole. */
  const readNotes = async ({ file, path }: FileIn, source: SourceInUse, signal: AbortSignal): Promise<Notes> => {
    await using open = await disk.open(path);
    const { facts, unread } = await readFacts(open, file, parts, signal);
    const mismatch = await sniff(bytesOf(open, file.stat.sizeBytes), extensionOf(file.name));
    const placeZone = zoneOfPlace(facts.place);
    const timeZone = placeZone ?? parts.timeZone;
    const told = takenAt(facts.dates, aroundOf(file, { timeZone }));
    const picture = journal.files.picture(file.folderId, file.stem).filter(({ id }) => id !== file.id);
    const taken = {
      ...setClock(told, { file, facts, picture, source, placeZone, timeZone }),
      ...(unread !== undefined && { isUnread: true }),
    };
    const { camera, contentIdentifier, durationMs, filmMark } = facts;
    const notes = {
      taken,
      ...(camera !== undefined && { camera }),
      ...(contentIdentifier !== undefined && { contentIdentifier }),
      ...(durationMs !== undefined && { durationMs }),
      ...(filmMark !== undefined && { filmMark }),
    };
    const unreadRemark = unread && `it may hold a better date than that of its ${taken.from}, but ${unread}`;
    return { notes, remark: [mismatch, unreadRemark].filter((part) => part !== undefined).join('; ') || undefined };
  };

  /** A sidecar's notes are the date that it gives its picture. */
  const judgeSidecar = async ({ file, path }: FileIn, signal: AbortSignal): Promise<Outcome> => {
    const outcome = placeOf(file, familyFor(file));
    if (outcome.kind !== 'event' || outcome.event !== 'held' || !hasFitSize(file)) return outcome;
    const { taken, unread } = await readSidecar(file, path, signal);
    const doubt = unread && `if it tells a date, Immich will show that, and it is not known here: ${unread}`;
    const reason = [outcome.reason, doubt].filter((part) => part !== undefined).join('; ');
    return { ...outcome, reason, learnt: { ...outcome.learnt, notes: taken ? { taken } : {} } };
  };

  /** The rules go by what Immich will show. The sidecar itself is mostly judged after its picture; where it was before, its date is known. */
  const readItsSidecar = async ({ file, path }: FileIn, signal: AbortSignal): Promise<SidecarRead> => {
    const others = journal.files.picture(file.folderId, file.stem).filter(({ id }) => id !== file.id);
    const sidecar = sidecarOf(file, others, ['settled', 'held']);
    if (!sidecar) return {};
    if (sidecar.state === 'held' && sidecar.notes.taken) return { taken: sidecar.notes.taken };
    return readSidecar(sidecar, joinPath(path.subarray(0, path.length - file.name.length - 1), sidecar.name), signal);
  };

  /** One that cannot be read must not keep its picture from Immich: it goes without. */
  const readSidecar = async (sidecar: FileRecord, path: PathBytes, signal: AbortSignal): Promise<SidecarRead> => {
    if (!parts.secondReader) return {};
    try {
      await using open = await disk.open(path);
      return await readSidecarDate(open, sidecar, parts, signal);
    } catch (error) {
      if (error instanceof DiskError) return {};
      throw error;
    }
  };

  return {
    name: 'judge',
    from: ['settled'],
    lane: 'disk',
    atOnce: 16,
    run: (files, source, signal) => {
      const within = { source, leave: leaveAlone(source.ignoring()) };
      return Promise.all(files.map((file) => judgeOne(file, within, signal)));
    },
  };
}

/** For all but these rules the sidecar's date matters only once it is judged itself: it need not be read twice. */
function goesByDate({ config }: SourceInUse): boolean {
  return config.rules.some(({ kind }) => kind === 'taken before' || kind === 'taken after');
}

interface Notes {
  readonly notes: MediaNotes;
  readonly remark: string | undefined;
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
