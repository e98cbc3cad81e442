/** The journal as one object: its tables, its transactions, its end. */
import { type AlbumTable, albumTable } from './albums.ts';
import { type BatchTable, batchTable } from './batches.ts';
import { type CalendarEntryTable, calendarEntryTable } from './calendar-entries.ts';
import { type CalendarMonthTable, calendarMonthTable } from './calendar-months.ts';
import { type ContentTable, contentTable } from './contents.ts';
import { type EarlierTable, earlierTable } from './earlier.ts';
import { type FileTable, fileTable } from './files.ts';
import { type HalfFileTable, halfFileTable } from './half-files.ts';
import { type FactTable, factTable, type HistoryTable, historyTable, type TallyTable, tallyTable } from './history.ts';
import { type MarkTable, markTable } from './marks.ts';
import { type MentionTable, mentionTable } from './mentions.ts';
import { type OpenOptions, openDatabase } from './open.ts';
import { type OrderTable, orderTable } from './orders.ts';
import { type OutboxTable, outboxTable } from './outbox.ts';
import { type SourceTable, sourceTable } from './sources.ts';
import { type StrangerTable, strangerTable } from './strangers.ts';
import { type SweepTable, sweepTable } from './sweeps.ts';
import { type VerifiedTable, verifiedTable } from './verified.ts';

export interface Journal {
  readonly files: FileTable;
  readonly sources: SourceTable;
  readonly contents: ContentTable;
  readonly verified: VerifiedTable;
  readonly albums: AlbumTable;
  readonly calendarEntries: CalendarEntryTable;
  readonly calendarMonths: CalendarMonthTable;
  readonly batches: BatchTable;
  readonly outbox: OutboxTable;
  readonly orders: OrderTable;
  readonly history: HistoryTable;
  readonly tally: TallyTable;
  readonly facts: FactTable;
  readonly sweeps: SweepTable;
  readonly mentions: MentionTable;
  readonly earlier: EarlierTable;
  readonly halfFiles: HalfFileTable;
  readonly strangers: StrangerTable;
  readonly marks: MarkTable;
  /** All of `work` or nothing of it. `work` must not wait. */
  transaction<R>(work: () => R): R;
  /** The same, and on the disk when it returns, with everything before it: what is told must have happened. */
  durably<R>(work: () => R): R;
  /** False once its file was deleted, or another was put in its place: what is written goes nowhere then. */
  isInPlace(): boolean;
  close(): void;
}

export function openJournal(stateFolder: string, options: OpenOptions = { durability: 'NORMAL' }): Journal {
  const { database, isInPlace } = openDatabase(stateFolder, options);
  return {
    files: fileTable(database),
    sources: sourceTable(database),
    contents: contentTable(database),
    verified: verifiedTable(database),
    albums: albumTable(database),
    calendarEntries: calendarEntryTable(database),
    calendarMonths: calendarMonthTable(database),
    batches: batchTable(database),
    outbox: outboxTable(database),
    orders: orderTable(database),
    history: historyTable(database),
    tally: tallyTable(database),
    facts: factTable(database),
    sweeps: sweepTable(database),
    mentions: mentionTable(database),
    earlier: earlierTable(database),
    halfFiles: halfFileTable(database),
    strangers: strangerTable(database),
    marks: markTable(database),
    transaction: (work) => database.transaction(work),
    durably: (work) => database.transaction(work, true),
    isInPlace,
    close: () => database.close(),
  };
}
