/** Upload: streams the file into Immich, with its sidecar, once. Immich never gets other bytes than those that were hashed. */
import { type AssetId, datesToSend, type FileRecord, type Sha1 } from '../../domain/index.ts';
import { DiskError, FileChanged, sendable } from '../../files/index.ts';
import { type Immich, ImmichError, type Stored, type Upload } from '../../immich/index.ts';
import { dateSidecar, nameForImmich } from '../../media/index.ts';
import { familyOf } from '../family.ts';
import type { Hindrances } from '../hindrances.ts';
import { happened, type Learnt, type Outcome, retry } from '../outcome.ts';
import { standing, stored } from '../presence.ts';
import { type FileIn, fewAtOnce, type SourceInUse, type Step } from '../step.ts';
import { AnswerTimes, answerPatienceMs, graceMs } from './answer-time.ts';
import { type ReplaceParts, replaceDamaged } from './replace.ts';
import { Rooms } from './rooms.ts';
import { readSidecar, type SidecarInHand } from './sidecar.ts';
import { videoOf } from './video-of.ts';

export interface UploadParts extends ReplaceParts {
  readonly hindrances: Hindrances;
}

// Three: a sidecar that is written again and again must not keep its picture from Immich.
const enoughTries = 3;

export function uploadStep(parts: UploadParts): Step {
  const { journal, disk, hindrances } = parts;
  const rooms = new Rooms(hindrances);
  // Of these nobody knows whether they arrived, and this is what is true if they did. By account: one's copy says nothing of the other's.
  const unsure = new Map<string, Learnt>();
  const answerTimes = new AnswerTimes();
  const uploadOne = async ({ file, path, standstill }: FileIn, source: SourceInUse, signal: AbortSignal): Promise<Outcome> => {
    const { sha1 } = file;
    if (!sha1) return happened('changed', { reason: 'its SHA-1 was not known' });
    const bytes = `${source.account.id} ${sha1}`;
    const others = journal.files.picture(file.folderId, file.stem).filter(({ id, state }) => id !== file.id && state !== 'gone');
    // Its still was deleted, moved away or let go: hidden, as a half is sent, nobody would ever see it.
    if (file.role === 'motion' && !isHalf(file, others)) return happened('moved', { learnt: { role: 'main' } });
    const sentBefore = unsure.get(bytes) ?? {};
    // Another path with the same bytes may have been stored while this one waited, and an earlier try may have arrived after all.
    if (file.tries > 0 || unsure.has(bytes) || journal.contents.find(source.account.id, sha1)) {
      const found = await askAgain({ file, path }, source, signal);
      unsure.delete(bytes);
      if (found) return isStoring(found) ? withLearnt(found, sentBefore) : found;
    }
    const noRoom = rooms.refusalOf(source.account, file.stat);
    if (noRoom) return noRoom;
    const found = await readSidecar(disk, { file, path, others }, source);
    if (found === 'changed' && file.tries < enoughTries) return retry('its sidecar was changed and is looked at first');
    const sidecar = found === 'changed' ? undefined : found;
    try {
      await using open = await disk.open(path);
      const judged = { stat: file.stat, identity: source.identity(), sha1 };
      const video = await videoOf({ file, sha1, others }, { journal, account: source.account, signal });
      const content = () => heard(sendable(open, judged, signal), () => standstill?.moved());
      const slowestMs = answerTimes.slowestMs(source.account.id);
      const patienceMs = answerPatienceMs({ sizeBytes: file.stat.sizeBytes, tries: file.tries, slowestMs });
      const waiting = { patienceMs, onSent: () => standstill?.sent({ patienceMs, graceMs: graceMs(file.stat.sizeBytes) }) };
      const upload = { ...uploadOf({ file, sha1, sidecar, motionId: video?.id, nowMs: parts.clock.now() }, content), ...waiting };
      if (upload.isHidden) journal.contents.rememberHidden(source.account.id, sha1, parts.clock.now());
      const sent: Learnt = {
        ...(sidecar && { companions: [{ id: sidecar.file.id, event: 'sent', reason: 'sent with its picture' }] }),
        // From now on Immich shows the sidecar's date, whatever becomes of the sidecar.
        ...(sidecar?.file.notes.taken && { notes: { ...file.notes, taken: sidecar.file.notes.taken } }),
      };
      unsure.set(bytes, sent);
      const { assetId, isDuplicate, isAlone, waitedMs } = await send(upload, source.account.immich, signal);
      standstill?.moved();
      if (waitedMs !== undefined) answerTimes.note(source.account.id, waitedMs);
      unsure.delete(bytes);
      rooms.noteTaken(source.account, file.stat);
      // A duplicate may lie in the trash, and without a read-back Immich's own checksum is all there is: ask.
      const outcome = stored(sha1, { presence: { kind: 'present', assetId, isTrashed: false }, known: undefined, source });
      const isAsked = outcome.kind === 'event' && outcome.event === 'stored';
      const isEnough = isAsked && !isDuplicate;
      const verdict = isEnough ? outcome : await askAgain({ file, path }, source, signal);
      if (!verdict) return retry('Immich took the file, but does not know its bytes');
      // It was sent before, and Immich was still at work on that when it was asked.
      if (isDuplicate) return isStoring(verdict) ? withLearnt(verdict, sentBefore) : verdict;
      const shown = isAlone ? undefined : video?.sha1;
      return withLearnt(verdict, { ...sent, ...(shown && { contents: [{ kind: 'shown', sha1: shown, by: assetId }] }) });
    } catch (error) {
      if (error instanceof ImmichError && !error.mayBeStored) unsure.delete(bytes);
      return rooms.noteRefused(error, source.account, file.stat) ?? outcomeOfUpload(error);
    }
  };

  /** @returns undefined when the bytes are to be sent */
  const askAgain = async ({ file, path }: FileIn, source: SourceInUse, signal: AbortSignal): Promise<Outcome | undefined> => {
    const { sha1 } = file;
    const [presence] = sha1 ? await source.account.immich.checkPresence([sha1], signal) : [];
    if (!sha1 || !presence) return undefined;
    const known = journal.contents.find(source.account.id, sha1);
    const verdict = standing({ sha1, presence, known, source, journal });
    if (verdict.kind === 'restore') {
      await source.account.immich.restore([verdict.presence.assetId], signal);
      return stored(sha1, { presence: verdict.presence, known, source });
    }
    if (verdict.kind === 'replace') return replaceDamaged({ file, path, sha1, assetId: verdict.assetId, source }, parts, signal);
    const { outcome } = verdict;
    return outcome.kind === 'event' && outcome.event === 'absent' ? undefined : outcome;
  };

  return {
    name: 'upload',
    from: ['missing'],
    lane: 'write',
    ...fewAtOnce,
    keyOf: (file) => file.sha1,
    run: (files, source, signal) => Promise.all(files.map((file) => uploadOne(file, source, signal))),
  };
}

/** A still whose video somebody removed in Immich meanwhile is refused with that video, and taken without. */
async function send(upload: Upload, immich: Immich, signal: AbortSignal): Promise<Stored & { readonly isAlone: boolean }> {
  const { livePhotoVideoId, ...alone } = upload;
  try {
    return { ...(await immich.upload(upload, signal)), isAlone: livePhotoVideoId === undefined };
  } catch (error) {
    if (livePhotoVideoId === undefined || !(error instanceof ImmichError) || error.kind !== 'refused') throw error;
    return { ...(await immich.upload(alone, signal)), isAlone: true };
  }
}

/** The same bytes, of which somebody hears as they leave. */
async function* heard(content: AsyncIterable<Uint8Array>, onBytes: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    yield chunk;
    onBytes();
  }
}

function outcomeOfUpload(error: unknown): Outcome {
  if (error instanceof FileChanged) return happened('changed', { reason: 'it changed while it was sent' });
  if (error instanceof DiskError && error.kind === 'vanished') return happened('vanished');
  throw error;
}

interface Sending {
  readonly file: FileRecord;
  readonly sha1: Sha1;
  readonly sidecar: SidecarInHand | undefined;
  readonly motionId: AssetId | undefined;
  readonly nowMs: number;
}

function uploadOf({ file, sha1, sidecar, motionId, nowMs }: Sending, content: Upload['content']): Upload {
  const { createdAtMs, modifiedAtMs, inSidecar } = datesToSend(sidecar?.file.notes.taken ?? file.notes.taken, {
    modifiedAtMs: Number(file.stat.mtimeNs / 1_000_000n),
    nowMs,
  });
  const fileName = nameForImmich(file.name);
  // One of the owner's goes along as it is: what it tells counts, and Immich takes one only. Of a half Immich shows no date.
  const written = inSidecar !== undefined && file.role !== 'motion' ? dateSidecar(inSidecar) : undefined;
  const along = sidecar ? { fileName: sidecar.file.name.toString('utf8'), bytes: sidecar.bytes } : undefined;
  const goesAlong = along ?? (written && { fileName: `${fileName}.xmp`, bytes: written });
  return {
    sha1,
    sizeBytes: file.stat.sizeBytes,
    fileName,
    createdAtMs,
    modifiedAtMs,
    content,
    ...(file.role === 'motion' && { isHidden: true }),
    ...(motionId && { livePhotoVideoId: motionId }),
    ...(goesAlong && { sidecar: goesAlong }),
  };
}

function isStoring(outcome: Outcome): boolean {
  return outcome.kind === 'event' && ['stored', 'storedUnasked', 'storedAndProven'].includes(outcome.event);
}

function isHalf(file: FileRecord, others: readonly FileRecord[]): boolean {
  return familyOf([file, ...others]).some(({ member, role, of }) => member.id === file.id && role === 'motion' && of?.state !== 'letGo');
}

function withLearnt(outcome: Outcome, { contents = [], ...more }: Learnt): Outcome {
  if (outcome.kind !== 'event') return outcome;
  return { ...outcome, learnt: { ...outcome.learnt, ...more, contents: [...(outcome.learnt?.contents ?? []), ...contents] } };
}
