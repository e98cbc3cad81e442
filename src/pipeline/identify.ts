/** Learns which Immich user an account is. Another user behind the same name voids what was proven for the one before. */
import { type SourceId, stateNames, tellAccountChanged, type UserId } from '../domain/index.ts';
import type { Immich } from '../immich/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import { type NewsDesk, putNews } from './news.ts';
import { applyEvent } from './transitions.ts';

/** An account while it runs: who it is may be learnt later, and may change. */
export interface AccountHolder {
  id: number;
  userId: UserId;
  readonly name: string;
  readonly immich: Immich;
}

/** A key that could not be tried yet: the journal has no row for it, and nothing can be written under its number. */
const nobodyYet = { id: 0, userId: 'unknown' as UserId };

export interface IdentifyParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly news: NewsDesk;
  /** The names of all accounts in the configuration. */
  readonly namesInUse: readonly string[];
}

/** The account as the journal knows it, before the key was tried. */
export function holdAccount(name: string, immich: Immich, journal: Journal): AccountHolder {
  const { id, userId } = journal.sources.latestAccount(name) ?? nobodyYet;
  return { id, userId, name, immich };
}

/** @throws ImmichError when the key cannot be tried now */
export async function identify(holder: AccountHolder, parts: IdentifyParts, signal: AbortSignal): Promise<void> {
  const { journal, clock, log, news, namesInUse } = parts;
  const me = await holder.immich.me(signal);
  if (holder.userId === me.userId) return;
  if (holder.id === nobodyYet.id) {
    journal.sources.noteAccountRename(holder.name, me.userId, namesInUse);
    holder.id = journal.sources.ensureAccount(holder.name, me.userId, clock.now()).id;
    holder.userId = me.userId;
    return;
  }
  const before = { id: holder.id, userId: holder.userId };
  const now = journal.sources.ensureAccount(holder.name, me.userId, clock.now());
  const text = tellAccountChanged({ account: holder.name, before: before.userId, now: `${me.name} (${me.userId})` });
  log.error(text, { account: holder.name });
  for (const source of journal.sources.all()) if (source.accountId === before.id) voidProofs(source.id, now.id, parts);
  journal.transaction(() => {
    journal.sources.renewAccount(now.id, clock.now());
    putNews(journal, news, {
      kind: 'account changed',
      text,
      facts: { account: holder.name, before: before.userId, now: me.userId },
      nowMs: clock.now(),
    });
  });
  holder.id = now.id;
  holder.userId = me.userId;
}

/**
 * The owner sends a source to another account: what is known of the one before says nothing of the new one. An account that nobody
 * could ask yet may be the one before under a new name: until then nothing is said.
 */
export function noteAccountOf(
  source: { readonly id: SourceId; readonly account: Pick<AccountHolder, 'id'> },
  parts: Pick<IdentifyParts, 'journal' | 'clock'>,
): void {
  if (source.account.id === nobodyYet.id) return;
  const known = parts.journal.sources.byId(source.id).accountId;
  if (known === undefined) parts.journal.sources.update(source.id, { accountId: source.account.id });
  else if (known !== source.account.id) voidProofs(source.id, source.account.id, parts);
}

const perTransaction = 250;

/** Idempotent: a file that was moved on already is not moved again, and the source changes hands only after its files. */
function voidProofs(sourceId: SourceId, accountId: number, { journal, clock }: Pick<IdentifyParts, 'journal' | 'clock'>): void {
  for (const state of stateNames) {
    for (const page of journal.files.pages(sourceId, state, perTransaction)) {
      journal.transaction(() => {
        for (const file of page)
          applyEvent(journal, file, 'accountChanged', { nowMs: clock.now(), reason: 'it goes to another Immich user now' });
      });
    }
  }
  journal.sources.update(sourceId, { accountId });
}
