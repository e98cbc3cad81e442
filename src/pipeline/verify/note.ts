/** Writes down what a look or a read-back means for a content and for every file that holds its bytes. Call inside a transaction. */
import {
  damagedInImmich,
  type FileRecord,
  isStored,
  missingWithOthers,
  onlyCopyDamaged,
  otherAssetNow,
  type State,
  tellNamelessDamaged,
  unreadableInImmich,
} from '../../domain/index.ts';
import type { Journal, StoredContent } from '../../journal/index.ts';
import { joinBatch } from '../batching.ts';
import { type Bytes, mentionLetGo, tellCopies } from '../copies.ts';
import { type NewsDesk, putNews } from '../news.ts';
import { applyEvent, isHeldByHalf } from '../transitions.ts';

export interface NoteParts {
  readonly journal: Journal;
  readonly news: NewsDesk;
  readonly accountId: number;
  readonly nowMs: number;
}

/** The content as it is by now; undefined when what was learnt of it no longer holds. */
function asItIs({ sha1, assetId }: StoredContent, { journal, accountId }: NoteParts) {
  const known = journal.contents.find(accountId, sha1);
  return known?.assetId === assetId && known.letGoAtMs === undefined ? known : undefined;
}

const bytesOf = ({ sha1 }: StoredContent, { accountId }: NoteParts): Bytes => ({ accountId, sha1 });

export function noteEqual(content: StoredContent, parts: NoteParts): void {
  const { journal, accountId, nowMs } = parts;
  const known = asItIs(content, parts);
  if (!known) return;
  journal.contents.markProven(accountId, content.sha1, nowMs);
  for (const file of journal.files.withBytes(accountId, content.sha1)) {
    if (known.brokenAtMs !== undefined && file.state === 'blocked') {
      applyEvent(journal, file, 'retryOrdered', { nowMs, reason: 'it was read back once more, and is whole' });
    } else if (known.brokenAtMs !== undefined && file.state === 'gone') {
      journal.files.update(file.id, { reason: 'no longer on disk' });
    } else if (file.state === 'kept' || file.state === 'unproven' || file.state === 'stored') {
      applyEvent(journal, file, 'verified', { nowMs, reason: 'it was read back' });
      if (file.state === 'stored') joinBatch(journal, file, nowMs);
    }
  }
}

/** An alarm, told once: a damage that is known is no news. */
export function noteDamaged(content: StoredContent, reading: 'other bytes' | 'unreadable', parts: NoteParts): void {
  const { journal, news, accountId, nowMs } = parts;
  const known = asItIs(content, parts);
  if (!known || known.brokenAtMs !== undefined) return;
  journal.contents.markBroken(accountId, content.sha1, nowMs);
  const reason = reading === 'unreadable' ? unreadableInImmich : damagedInImmich;
  const files = [...journal.files.withBytes(accountId, content.sha1)];
  const onDisk = needsOwner(content, reason, parts);
  const others = files.filter(({ state }) => state !== 'gone');
  const isOnDisk = others.length > 0;
  // Its name is still known: Immich had the only copy.
  for (const { id } of isOnDisk ? [] : files) journal.files.update(id, { reason: onlyCopyDamaged });
  const named = onDisk.length > 0 ? onDisk : (isOnDisk ? others : files).slice(0, 1);
  for (const file of named) journal.mentions.add(file, 'proof failed', nowMs);
  if (files.length > 0) return;
  const source = journal.sources.byId(content.sourceId).name;
  const text = tellNamelessDamaged({ source, assetId: content.assetId });
  putNews(journal, news, { kind: 'proof failed', text, facts: { source, count: 1, assetId: content.assetId, onNoDisk: 1 }, nowMs });
}

/** The owner's hand: taken out of Immich. */
export function noteLetGo(content: StoredContent, parts: NoteParts): void {
  const { journal, accountId, nowMs } = parts;
  if (!asItIs(content, parts)) return;
  journal.contents.markLetGo(accountId, content.sha1, nowMs, 'hand');
  const files = [...journal.files.withBytes(accountId, content.sha1)];
  const reason = 'it was removed from Immich after it had been stored there';
  const bytes = bytesOf(content, parts);
  const onDisk = tellCopies(journal, bytes, { event: 'letGo', reason, nowMs, isFor: (state) => state !== 'gone' });
  mentionLetGo(journal, bytes, onDisk.length > 0 ? onDisk : files.slice(0, 1), nowMs);
}

/** One of many that are gone at once: no longer called safe, and nothing else is assumed. */
export function noteAsked(content: StoredContent, parts: NoteParts): void {
  const { journal, accountId, nowMs } = parts;
  if (!asItIs(content, parts)) return;
  journal.verified.markAsked(accountId, [content.sha1], nowMs);
  needsOwner(content, missingWithOthers(journal.sources.byId(content.sourceId).name), parts);
}

/** @returns the files that it moved, as they were before */
function needsOwner(content: StoredContent, reason: string, parts: NoteParts): readonly FileRecord[] {
  const { journal, accountId, nowMs } = parts;
  const held = [...journal.files.withBytes(accountId, content.sha1)].filter(isHeldByHalf);
  const moved = tellCopies(journal, bytesOf(content, parts), { event: 'blocked', reason, nowMs, isFor: isStored });
  // They need their owner for their half already, and from now on for themselves.
  for (const { id } of held) journal.files.update(id, { reason });
  return moved;
}

/** Immich has it again, as the same asset: nothing need be sent. */
export function noteBack(content: StoredContent, parts: NoteParts): void {
  const { journal, accountId, nowMs } = parts;
  journal.verified.markPresent(accountId, [content.sha1]);
  const isFor = (state: State): boolean => state === 'blocked';
  tellCopies(journal, bytesOf(content, parts), { event: 'retryOrdered', reason: 'Immich has it again', nowMs, isFor });
}

/** The owner, or another app, stored the same bytes anew: what was proven of the asset before says nothing of this one. */
export function noteOtherAsset(content: StoredContent, assetId: StoredContent['assetId'], parts: NoteParts): void {
  const { journal, accountId, nowMs } = parts;
  journal.contents.markStored(accountId, content.sha1, { assetId, sourceId: content.sourceId, nowMs });
  const isFor = (state: State): boolean => isStored(state) || state === 'blocked';
  tellCopies(journal, bytesOf(content, parts), { event: 'changed', reason: otherAssetNow, nowMs, isFor });
}
