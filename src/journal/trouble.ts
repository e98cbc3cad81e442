/** What can be wrong with the journal as a thing on a disk, sorted once and said in the owner's words. None of it is a bug of ours. */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { OwnerError } from '../kernel/index.ts';

export type JournalTroubleCode = 'journal damaged' | 'journal gone' | 'journal disk full' | 'journal unwritable' | 'journal busy';

/** The journal cannot be worked with as it is: it must be replaced, or waited for. */
export class JournalTrouble extends OwnerError {
  declare readonly code: JournalTroubleCode;
  constructor(code: JournalTroubleCode, sentence: string, options?: ErrorOptions) {
    super(code, sentence, options);
  }
}

// SQLite's result codes; the lower byte says the kind, all of it says which one exactly.
const [busy, locked, readOnly, ioError, corrupt, full, cannotOpen, notADatabase] = [5, 6, 8, 10, 11, 13, 14, 26];
const shortRead = 522;

/** @returns undefined for whatever is no trouble of the file's: a bug, then */
export function troubleOf(error: unknown, path: string): JournalTrouble | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  const kind = error.errcode & 0xff;
  // A file that ends too early is no passing fault of its disk.
  if (kind === corrupt || kind === notADatabase || error.errcode === shortRead) return damaged(path, error);
  if (kind === full) return diskFull(path, error);
  // The files beside it cannot even be made on a full disk, and SQLite says of that only that it failed.
  if (kind === ioError || isAboutRights(error)) return isFull(path) ? diskFull(path, error) : unwritable(path, error);
  if (kind === busy || kind === locked) {
    return new JournalTrouble(
      'journal busy',
      `Another program holds the journal at ${path}, so nothing can be written to it now. Homeroll goes on when that lets go.`,
      {
        cause: error,
      },
    );
  }
  return undefined;
}

/** This user may not open or write it, whatever the state of the disk. */
export function isAboutRights(error: unknown): boolean {
  const kind = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
  return kind === cannotOpen || kind === readOnly;
}

export function damaged(path: string, cause?: unknown): JournalTrouble {
  const sentence = `The journal at ${path} is damaged. Put a copy of it back, or start Homeroll: it keeps the damaged one aside and begins a new one; then all is read and asked about anew, and nothing is sent twice.`;
  return new JournalTrouble('journal damaged', sentence, { cause });
}

function diskFull(path: string, cause: unknown): JournalTrouble {
  const sentence = `The disk that holds the journal at ${path} is full, so Homeroll takes no more work. Nothing is lost: make room there, and \`homeroll run\` goes on by itself.`;
  return new JournalTrouble('journal disk full', sentence, { cause });
}

function unwritable(path: string, cause: unknown): JournalTrouble {
  const why = cause instanceof Error ? cause.message : String(cause);
  const sentence = `The journal at ${path} cannot be read or written (${why}), so Homeroll takes no more work. Nothing is lost: look after that disk, and \`homeroll run\` goes on by itself.`;
  return new JournalTrouble('journal unwritable', sentence, { cause });
}

// A few pages: less than that is nothing to anybody.
const nothingBytes = 65_536;

function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < nothingBytes;
  } catch {
    return false;
  }
}
