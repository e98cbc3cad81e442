/** Reads what a file says of itself: by the quick reader, and by the second one where the file holds more than that understands. */
import type { FileRecord, TakenAt } from '../domain/index.ts';
import { bytesOf, type OpenFile } from '../files/index.ts';
import { filmMarkOf, type MediaFacts, readMediaFacts, type SecondAnswer, type SecondReader, together, toldAt } from '../media/index.ts';

export interface Readers {
  /** Left out: what the quick reader does not understand is not read (in simulations). */
  readonly secondReader?: SecondReader;
  /** Where pictures that do not tell their zone were taken. */
  readonly timeZone: string;
}

export interface FactsRead {
  readonly facts: MediaFacts;
  /** Why there may be more than was read, in a sentence without its full stop. */
  readonly unread?: string;
}

export async function readFacts(open: OpenFile, file: FileRecord, readers: Readers, signal: AbortSignal): Promise<FactsRead> {
  const bytes = bytesOf(open, file.stat.sizeBytes);
  const quick = await readMediaFacts(bytes, file.kind);
  const filmMark = await filmMarkOf(bytes, file.kind, quick.durationMs);
  const facts = filmMark === undefined ? quick : { ...quick, filmMark };
  if (!facts.holdsMore) return { facts };
  const answer = await askSecond(open, file, readers, signal);
  if (answer === undefined) return { facts };
  return answer.kind === 'told' ? { facts: together(facts, answer) } : { facts, unread: answer.because };
}

export interface SidecarRead {
  /** Missing where it tells no moment. */
  readonly taken?: TakenAt;
  readonly unread?: string;
}

/** The date that a sidecar gives its picture. Where it tells a moment, Immich ignores every date of the picture itself. */
export async function readSidecarDate(open: OpenFile, file: FileRecord, readers: Readers, signal: AbortSignal): Promise<SidecarRead> {
  const answer = await askSecond(open, file, readers, signal);
  if (answer?.kind === 'not read') return { unread: answer.because };
  const taken = answer && toldAt(answer.dates, aroundOf(file, readers));
  return taken ? { taken: { ...taken, from: 'sidecar' } } : {};
}

export function aroundOf(file: FileRecord, { timeZone }: Readers) {
  return { fileName: file.name.toString('utf8'), modifiedAtMs: Number(file.stat.mtimeNs / 1_000_000n), timeZone };
}

async function askSecond(open: OpenFile, file: FileRecord, readers: Readers, signal: AbortSignal): Promise<SecondAnswer | undefined> {
  const { secondReader } = readers;
  const { kind, stat } = file;
  if (!secondReader || kind === 'other') return undefined;
  const { procPath } = open;
  if (procPath === undefined) return { kind: 'not read', because: 'this system cannot hand an open file to exiftool' };
  return secondReader.read({ procPath, device: String(stat.device), kind }, signal);
}
