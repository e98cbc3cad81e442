/** The one switch between what happened and the number that a program ends with. */
import { JournalTrouble } from '../journal/index.ts';
import { OwnerError } from '../kernel/index.ts';

/** Documented in the owner's guide; scripts rely on them. */
export const exitCodes = {
  0: 'everything wanted is done or let go',
  1: 'a bug',
  2: 'the configuration or the command is wrong',
  3: 'something wanted is not done',
  4: 'an account could not be used: Immich is away, or refuses its key',
  5: 'another Homeroll holds the journal',
  130: '`once` was interrupted',
} as const;

export type ExitCode = keyof typeof exitCodes;

/** All that was found in the way; nothing: everything wanted is done. */
export interface Causes {
  readonly isInterrupted?: boolean;
  readonly isBug?: boolean;
  readonly isUsageWrong?: boolean;
  readonly isJournalHeld?: boolean;
  readonly isAccountUnusable?: boolean;
  readonly isSomethingUndone?: boolean;
}

/** The highest cause wins. */
export function exitCodeOf(causes: Causes): ExitCode {
  if (causes.isInterrupted) return 130;
  if (causes.isBug) return 1;
  if (causes.isUsageWrong) return 2;
  if (causes.isJournalHeld) return 5;
  if (causes.isAccountUnusable) return 4;
  return causes.isSomethingUndone ? 3 : 0;
}

/** What an error that ended everything means. One that is not for the owner is a bug. */
export function causesOf(error: unknown): Causes {
  if (!(error instanceof OwnerError)) return { isBug: true };
  if (error.code === 'journal held') return { isJournalHeld: true };
  // Nothing is wrong with what the owner wrote: the work just cannot be finished now.
  if (error instanceof JournalTrouble) return { isSomethingUndone: true };
  return error.code.startsWith('immich ') ? { isAccountUnusable: true } : { isUsageWrong: true };
}
