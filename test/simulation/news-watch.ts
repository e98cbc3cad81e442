/** Reads over Homeroll's shoulder while it writes news: are the numbers true, is it the time, is it said once? */
import type { News } from '../../src/journal/index.ts';
import { accountOf } from './config.ts';
import type { FileOnDisk } from './disk.ts';
import { type Finding, found } from './finding.ts';
import type { SimulatedServer } from './immich.ts';
import { type LeftUnsafe, type Records, sha1Of } from './records.ts';
import { show } from './show.ts';
import type { JournalRow, Truth } from './truth.ts';
import { writtenWithinMs } from './verify-watch.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { Source } from './volumes.ts';

const quietMs = 600_000;

/** What is looked at while news are written. */
export interface Observed {
  readonly clock: VirtualClock;
  readonly truth: Truth;
  readonly server: SimulatedServer;
  readonly records: Records;
  readonly findings: Finding[];
  /** How many files each source was said to have lost. */
  readonly lostTold: Map<Source, number>;
  readonly replacedTold: Map<Source, number>;
  readonly wasClockSet: boolean;
}

interface OpenBatch {
  readonly kind: string;
  readonly life: number;
  /** By elapsed time. */
  lastAtMs: number;
}

export class NewsWatch {
  readonly #world: Observed;
  readonly #batches = new Map<number, OpenBatch>();
  #lives = 0;
  /** By elapsed time. */
  #diedAtMs = Number.NEGATIVE_INFINITY;

  constructor(world: Observed) {
    this.#world = world;
  }

  /** Homeroll died: what was written and not committed is not known any more. */
  forget(): void {
    this.#lives += 1;
    this.#diedAtMs = this.#world.clock.elapsed();
  }

  hear(call: string, args: readonly unknown[], result: unknown): void {
    if (call === 'batches.begin') this.#begin(Number(result), String(args[1]));
    if (call === 'batches.join') this.#join(Number(args[0]));
    if (call === 'batches.close') this.#close(Number(args[0]));
    if (call === 'outbox.put') this.#hear(args[0] as News);
  }

  /** A file leaves the disk by hand: if it was wanted, known and not safe, the household must hear of it. */
  noteLeaving(file: FileOnDisk): void {
    this.#noteUnsafe(file, this.#world.records.leftUnsafe);
  }

  /** The same where other bytes take its name. Of what was never read nobody can tell whether it was only written on. */
  noteReplacing(file: FileOnDisk): void {
    if (this.#world.truth.rowAt(file.path.toString('latin1'))?.sha1 !== sha1Of(file.bytes)) return;
    this.#noteUnsafe(file, this.#world.records.replacedUnsafe);
  }

  #noteUnsafe({ path, bytes, mtimeMs }: FileOnDisk, unsafe: LeftUnsafe[]): void {
    const row = this.#world.truth.rowAt(path.toString('latin1'));
    const isOpen = row && ['wanted', 'hashed', 'missing', 'joining', 'stored', 'blocked'].includes(row.state);
    const sha1 = sha1Of(bytes);
    if (!isOpen || row.role === 'sidecar' || (row.sha1 !== null && row.sha1 !== sha1)) return;
    const { records, server } = this.#world;
    const userId = server.userId(accountOf[row.source]);
    // What Immich lost since it was proven is told when that is noticed, by another word.
    if (this.#isBelievedSafe(userId, sha1)) return;
    const wasLostInImmich = records.everLost.has(`${userId} ${sha1}`);
    unsafe.push({ source: row.source, path: row.path, sha1, sizeBytes: bytes.length, mtimeMs, wasLostInImmich });
  }

  #isBelievedSafe(userId: string, sha1: string): boolean {
    const sql = `SELECT 1 FROM content JOIN account ON account.id = content.account_id WHERE account.user_id = ? AND lower(hex(sha1)) = ?
      AND proven_at IS NOT NULL AND let_go_at IS NULL AND missing_at IS NULL`;
    return this.#world.truth.ask(sql, userId, sha1).length > 0;
  }

  #begin(id: number, kind: string): void {
    this.#batches.set(id, { kind, life: this.#lives, lastAtMs: this.#world.clock.elapsed() });
  }

  #join(id: number): void {
    const batch = this.#batches.get(id);
    if (batch) batch.lastAtMs = this.#world.clock.elapsed();
  }

  #close(id: number): void {
    const batch = this.#batches.get(id);
    this.#batches.delete(id);
    const waitedMs = this.#world.clock.elapsed() - (batch?.lastAtMs ?? 0);
    // Who died in between, or whose clock was set, may have taken down something else.
    const isKnown = batch?.kind === 'fresh' && batch.life === this.#lives && !this.#world.wasClockSet;
    if (isKnown && waitedMs < quietMs - 1_000) {
      const sentence = `batch ${id} was closed ${Math.round(waitedMs / 1000)} s after its last file`;
      this.#world.findings.push(found('told early', sentence));
    }
  }

  #hear({ kind, text, facts, teller }: News): void {
    if (teller === 'log') return;
    if (kind === 'batch safe') this.#checkBatch(text, facts as unknown as BatchFacts);
    if (kind === 'replaced before safe') this.#checkReplaced(String(facts.source) as Source, Number(facts.count));
    if (kind === 'lost before safe') this.#checkLost(String(facts.source) as Source, Number(facts.count));
  }

  #checkBatch(text: string, { batch, safe, stored, waiting, blocked }: BatchFacts): void {
    const { truth, findings } = this.#world;
    const rows = truth.rows().filter((row) => row.batchId === batch && row.role === 'main' && ['photo', 'video'].includes(row.kind));
    const count = (fits: (row: JournalRow) => boolean): number => rows.filter(fits).length;
    const isSafe = (row: JournalRow): boolean => row.state === 'proven' || row.state === 'safe';
    const isStored = (row: JournalRow): boolean => row.state === 'unproven' || row.state === 'kept';
    const true_ = {
      safe: { photos: count((row) => isSafe(row) && row.kind === 'photo'), videos: count((row) => isSafe(row) && row.kind === 'video') },
      stored: {
        photos: count((row) => isStored(row) && row.kind === 'photo'),
        videos: count((row) => isStored(row) && row.kind === 'video'),
      },
      waiting: count(({ state }) => ['noticed', 'settled', 'wanted', 'hashed', 'missing', 'joining', 'stored'].includes(state)),
      blocked: count(({ state }) => state === 'blocked'),
    };
    const said = { safe, stored, waiting, blocked };
    if (JSON.stringify(true_) !== JSON.stringify(said)) {
      findings.push(found('told wrongly', `"${text}" is told of a batch of which ${JSON.stringify(true_)} is true`));
    }
    const numbers = [...text.matchAll(/\d[\d,]*/g)].map(([number]) => Number(number.replaceAll(',', '')));
    const wanted = [safe.photos + stored.photos, safe.videos + stored.videos, waiting, blocked].filter((number) => number > 0);
    const missing = wanted.filter((number) => !numbers.includes(number));
    if (missing.length > 0) findings.push(found('told wrongly', `"${text}" does not say ${missing.join(' nor ')}`));
    for (const row of rows.filter(isSafe)) {
      if (this.#world.server.servedWhole.has(`${row.assetId} ${row.sha1}`)) continue;
      findings.push(found('false proof', `"${text}" counts ${row.path} as safe, and Immich never gave it back`));
    }
  }

  #checkReplaced(source: Source, count: number): void {
    const { truth, findings, server, replacedTold } = this.#world;
    replacedTold.set(source, (replacedTold.get(source) ?? 0) + count);
    const replaced = truth.ask<{ sha1: string | null }>(
      `SELECT lower(hex(sha1)) AS sha1 FROM earlier JOIN source ON source.id = earlier.source_id
       WHERE replaced_by IS NOT NULL AND is_sought = 0 AND source.name = ?`,
      source,
    );
    if (count !== replaced.length)
      findings.push(found('told wrongly', `${count} of ${source} are told as replaced, ${replaced.length} are`));
    const userId = server.userId(accountOf[source]);
    for (const { sha1 } of replaced) {
      if (sha1 && this.#isBelievedSafe(userId, sha1)) findings.push(found('told wrongly', `${sha1} is told as replaced, and is safe`));
    }
  }

  #checkLost(source: Source, count: number): void {
    const { truth, findings, server, records } = this.#world;
    const lost = truth.ask<{ path: string; sha1: string | null; state: string }>(
      `SELECT CAST(file.name AS TEXT) AS path, lower(hex(file.sha1)) AS sha1, file.state FROM mention JOIN file ON file.id = file_id
       JOIN source ON source.id = mention.source_id WHERE mention.kind = 'lost' AND source.name = ?`,
      source,
    );
    this.#world.lostTold.set(source, (this.#world.lostTold.get(source) ?? 0) + count);
    // Those that turned up again are taken away in the same transaction, which nobody else sees yet.
    if (count > lost.length) findings.push(found('told wrongly', `${count} files of ${source} are told as lost, and ${lost.length} are`));
    for (const { path, sha1 } of lost) {
      const userId = server.userId(accountOf[source]);
      const asset = sha1 ? truth.assetOf(userId, sha1) : undefined;
      // An alarm may have been about the way: whatever was proven before, it counted as safe no longer.
      const isDoubted = records.damageTold.has(`${userId} ${sha1}`);
      // What a life read back in the moment it died, it took along: nobody knows of that proof.
      const readMs = server.servedAtMs.get(`${userId} ${sha1}`) ?? 0;
      const isForgotten = readMs <= this.#diedAtMs && this.#diedAtMs - readMs < writtenWithinMs;
      const isSafe = asset && !asset.isTrashed && server.servedWhole.has(`${asset.id} ${sha1}`) && !isDoubted && !isForgotten;
      if (isSafe && lost.length === count) findings.push(found('told wrongly', `${show(Buffer.from(path))} is told as lost, and is safe`));
    }
  }
}

interface BatchFacts {
  readonly batch: number;
  readonly safe: { readonly photos: number; readonly videos: number };
  readonly stored: { readonly photos: number; readonly videos: number };
  readonly waiting: number;
  readonly blocked: number;
}
