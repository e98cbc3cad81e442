/** The database of every file's journey. */
export type { AlbumRecord, AlbumToRename, TagRecord } from './albums.ts';
export type { BatchKind, BatchRecord } from './batches.ts';
export type { CalendarNews, EntryFacts, EntryName, EntryRecord } from './calendar-entries.ts';
export type { CalendarMonth } from './calendar-months.ts';
export type { ContentRecord } from './contents.ts';
export type { EarlierRecord, Replaced } from './earlier.ts';
export type { FilePatch } from './file-rows.ts';
export type { NewFile } from './files.ts';
export type { HistoryEntry, NumberedEntry, TallyEntry } from './history.ts';
export { type Hold, holdState } from './hold.ts';
export { type Journal, openJournal } from './journal.ts';
export type { Mention, MentionKind } from './mentions.ts';
export type { Order, OrderKind } from './orders.ts';
export type { News, Posted } from './outbox.ts';
export { identityOf, journalPath, keepAside, newestAside } from './place.ts';
export type { AccountRecord, SourcePatch, SourceRecord, SourceState } from './sources.ts';
export { JournalTrouble } from './trouble.ts';
export { type AfterProof, fromTheOldest, type StoredContent } from './verified.ts';
