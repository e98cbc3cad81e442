/** A whole household on virtual time: its disks, its Immich, its Homeroll, and what its people did. */
import type { VerifyConfig } from '../../src/config/index.ts';
import { isIgnoredPath, type PathBytes } from '../../src/files/index.ts';
import type { Log, Random } from '../../src/kernel/index.ts';
import type { Version } from '../../src/practice/index.ts';
import { isInBin } from './bins.ts';
import { pickByName, streamOf } from './chance.ts';
import { isDoneRow } from './check-files.ts';
import { findMovedAtHome } from './check-home.ts';
import { accountOf, beginMs, configOf, dayMs, verifyOf, type Wishes } from './config.ts';
import { type FileOnDisk, SimulatedDisk } from './disk.ts';
import { Ears } from './ears.ts';
import type { Finding } from './finding.ts';
import { hasHome, SimulatedHome } from './home.ts';
import { SimulatedServer } from './immich.ts';
import { Life } from './life.ts';
import type { FaultyPart } from './mutants/faulty-part.ts';
import { NewsWatch } from './news-watch.ts';
import { Receiver } from './receiver.ts';
import { Records, sha1Of } from './records.ts';
import { Truth } from './truth.ts';
import { VerifyWatch } from './verify-watch.ts';
import { VirtualClock } from './virtual-clock.ts';
import { rootOf, type Source, volumesOf } from './volumes.ts';

export interface Deed {
  readonly atMs: number;
  readonly what: string;
}

export interface WorldParts {
  readonly seed: number;
  readonly stateFolder: string;
  readonly version: Version;
  readonly sources: readonly Source[];
  readonly log?: Log | undefined;
  readonly faulty?: FaultyPart | undefined;
}

interface Appointment {
  readonly atMs: number;
  /** The end of a trouble: comes in any case. */
  readonly isEnd: boolean;
  readonly act: () => void;
}

export class World {
  readonly clock = new VirtualClock(beginMs);
  readonly disk: SimulatedDisk;
  readonly server: SimulatedServer;
  readonly receiver: Receiver;
  /** Left out in most: there is no Home Assistant. */
  readonly home: SimulatedHome | undefined;
  readonly records = new Records();
  readonly truth: Truth;
  readonly sources: readonly Source[];
  /** What happened, in the owner's words. */
  readonly deeds: Deed[] = [];
  /** What showed itself to be wrong at the moment it was done. */
  readonly findings: Finding[] = [];
  /** Undefined: nothing is looked at again by itself. */
  readonly verify: VerifyConfig | undefined;
  wishes: Wishes = { skipsGif: true, skipsWebp: false, shareProof: 'half' };
  areHintsLost = false;
  readonly ears = new Ears(() => this.clock.elapsed());
  /** Somebody set the wall clock: what is reckoned by it may be early or late. */
  wasClockSet = false;
  /** Folders were away below a source that was there, or in its place: what they held may well be called gone. */
  wereFilesHidden = false;
  /** How many files each source was said to have lost. */
  readonly lostTold = new Map<Source, number>();
  /** The same of files whose names others took. */
  readonly replacedTold = new Map<Source, number>();
  /** When the last trouble began or ended, by elapsed time. */
  troubledAtMs = 0;
  /** Files that were known when their volume went away: none of them may be called gone before it is back. */
  readonly away = new Map<Source, ReadonlySet<number>>();
  life: Life;
  readonly sourceOf = (path: PathBytes): Source => {
    const found = this.sources.find((source) => path.subarray(0, rootOf[source].length).equals(rootOf[source]));
    return found ?? 'Phone';
  };
  readonly keyOf = (path: PathBytes): string => this.server.key(accountOf[this.sourceOf(path)]);
  readonly userOf = (source: Source): string => this.server.userId(accountOf[source]);
  readonly #parts: WorldParts;
  readonly #news: NewsWatch;
  readonly #verifying: VerifyWatch;
  #lives = 0;
  #agenda: Appointment[] = [];
  #troubles = 0;

  constructor(parts: WorldParts) {
    const { seed, stateFolder, version, sources } = parts;
    this.#parts = parts;
    this.sources = sources;
    this.disk = new SimulatedDisk(this.clock, streamOf(seed, 'disk'), volumesOf(sources));
    this.server = new SimulatedServer({ seed, version, clock: this.clock, folder: stateFolder });
    this.receiver = new Receiver(streamOf(seed, 'receiver'));
    this.home = hasHome(seed) ? new SimulatedHome(this.clock) : undefined;
    this.#news = new NewsWatch(this);
    this.verify = verifyOf(seed);
    this.#verifying = new VerifyWatch(this);
    this.life = this.#bear();
    this.truth = new Truth(stateFolder);
    this.disk.onChange = (path) => this.#changed(path);
    if (this.verify) {
      const { everyMs, quietHours } = this.verify;
      this.note(`all is proven anew every ${everyMs / dayMs} d, from ${quietHours.from} to ${quietHours.to}`);
    }
    this.life.start();
  }

  /** By elapsed time. */
  get isCalm(): boolean {
    return this.#troubles === 0;
  }

  // Time.

  /** Lets `durationMs` pass, with all that was put on the agenda. A life that died at a crash point is followed by another. */
  async pass(durationMs: number): Promise<void> {
    const untilMs = this.clock.elapsed() + durationMs;
    for (;;) {
      const next = this.#agenda.toSorted((one, other) => one.atMs - other.atMs)[0];
      const stopMs = Math.min(untilMs, next?.atMs ?? untilMs);
      await this.clock.run(stopMs, () => !this.life.isAlive || this.life.failure !== undefined);
      if (this.life.failure) throw this.life.failure;
      if (!this.life.isAlive) this.restart('after it died');
      else if (next && next.atMs <= untilMs) {
        this.#agenda = this.#agenda.filter((other) => other !== next);
        next.act();
      } else if (this.clock.elapsed() >= untilMs) return;
    }
  }

  later(delayMs: number, act: () => void, isEnd = false): void {
    this.#agenda.push({ atMs: this.clock.elapsed() + Math.ceil(delayMs), isEnd, act });
  }

  note(what: string): void {
    this.deeds.push({ atMs: this.clock.trueNow(), what });
  }

  /** Something goes wrong for a while. */
  trouble(what: string, durationMs: number, { begin, end }: { begin: () => void; end: () => void }): void {
    this.note(`${what}, for ${durationMs < 90_000 ? `${Math.round(durationMs / 1000)} s` : `${Math.round(durationMs / 60_000)} min`}`);
    this.#troubles += 1;
    this.troubledAtMs = this.clock.elapsed();
    begin();
    const isOver = (): void => {
      this.#troubles -= 1;
      this.troubledAtMs = this.clock.elapsed();
      end();
    };
    this.later(durationMs, isOver, true);
  }

  // The disks.

  /** All but what was thrown away. */
  get files(): readonly FileOnDisk[] {
    return this.#allFiles().filter(({ path }) => !isInBin(path));
  }

  /** What lies in bins. */
  get thrownAway(): readonly FileOnDisk[] {
    return this.#allFiles().filter(({ path }) => isInBin(path));
  }

  anyFile(random: Random, fits: (file: FileOnDisk) => boolean = () => true): FileOnDisk | undefined {
    return pickByName(random, this.files.filter(fits), ({ path }) => path.toString('latin1'));
  }

  /** Call before a file is removed or written over by hand: who was not safe yet must be told of. */
  noteLeaving({ path, bytes, mtimeMs }: FileOnDisk): void {
    // What another file still holds is not lost by this.
    if (this.files.some((other) => !other.path.equals(path) && other.bytes.equals(bytes))) return;
    this.#news.noteLeaving({ path, bytes, mtimeMs });
  }

  /** Call before other bytes take the name of a file: who was not safe yet must be told of. */
  noteReplacing(file: FileOnDisk): void {
    if (this.files.some((other) => !other.path.equals(file.path) && other.bytes.equals(file.bytes))) return;
    this.#news.noteReplacing(file);
  }

  /** Call before a file is moved into a bin: there it is lost, too, but what was safe stays in Immich. */
  noteThrowingAway(file: FileOnDisk): void {
    this.noteLeaving(file);
    const row = this.truth.rowAt(file.path.toString('latin1'));
    const content = `${this.userOf(this.sourceOf(file.path))} ${sha1Of(file.bytes)}`;
    if (row && isDoneRow(row) && content === `${this.userOf(row.source)} ${row.sha1}`) this.records.thrownAwaySafe.add(content);
  }

  noteAway(source: Source): void {
    const known = this.truth.rows().filter((row) => row.source === source && row.state !== 'gone');
    this.away.set(source, new Set(known.map(({ id }) => id)));
  }

  // Homeroll.

  restart(why: string): void {
    this.note(`Homeroll starts again (${why})`);
    this.troubledAtMs = this.clock.elapsed();
    this.life.crash();
    this.life.journal.close();
    this.#news.forget();
    this.ears.forget();
    this.life = this.#bear();
    this.life.start();
  }

  order(kind: 'pause' | 'resume' | 'retry' | 'keep' | 'let go' | 'sweep' | 'verify', subject?: string): number {
    // What rested goes on: it needs its time.
    this.troubledAtMs = this.clock.elapsed();
    return this.life.journal.orders.give(kind, subject, this.clock.now());
  }

  /** Faults end, and the owner answers what was asked. */
  calmDown(): void {
    for (const { isEnd, act } of this.#agenda) if (isEnd) act();
    this.#agenda = [];
    this.clock.setAside(0);
    this.life.crashAt(Number.POSITIVE_INFINITY);
    this.note('all faults end');
    this.order('resume');
    for (const source of this.sources) this.order('resume', source);
    this.order('retry');
    this.home?.calmDown((delayMs, act) => this.later(delayMs, act));
  }

  close(): void {
    this.life.crash();
    this.life.journal.close();
    this.server.close();
    this.truth.close();
  }

  #allFiles(): readonly FileOnDisk[] {
    return this.sources.flatMap((source) => this.disk.files(rootOf[source]));
  }

  #bear(): Life {
    const { seed, stateFolder, log, faulty } = this.#parts;
    this.#lives += 1;
    return new Life({
      seed,
      number: this.#lives,
      config: configOf({
        sources: this.sources,
        wishes: this.wishes,
        keys: [this.server.key(0), this.server.key(1)],
        verify: this.verify,
        hasHome: this.home !== undefined,
      }),
      stateFolder,
      disk: this.disk,
      server: this.server,
      receiver: this.receiver,
      clock: this.clock,
      onCall: (call, args, result) => {
        this.#news.hear(call, args, result);
        this.#verifying.hear(call, args);
        if (call === 'sources.update' && 'sweeps' in (args[1] as object)) this.#noteWalk(Number(args[0]));
      },
      onListen: (root) => this.ears.listen(Buffer.from(root), this.disk.folders(Buffer.from(root))),
      onStep: (step, source) => this.findings.push(...findMovedAtHome(this, step, source)),
      home: this.home?.assistant,
      faulty,
      ...(log && { log }),
    });
  }

  #changed(path: PathBytes): void {
    const isOfSource = this.sources.some((one) => path.subarray(0, rootOf[one].length).equals(rootOf[one]));
    if (!isOfSource) return;
    const source = this.sourceOf(path);
    const root = rootOf[source];
    for (const name of this.disk.namesOf(path)) {
      for (const file of this.disk.filesAt(name)) this.records.note(this.sourceOf(file.path), file, this.clock.elapsed());
    }
    this.records.stir(path, this.clock.elapsed());
    // A share tells nothing of what others change on it, nor does a volume that is away.
    const isUnheard =
      source === 'Share' || this.areHintsLost || !this.disk.isMounted(path) || !this.ears.hears(path, this.disk.folders(path).length > 0);
    const below = path.subarray(root.length + 1);
    if (!isUnheard && !isIgnoredPath(below)) this.life.hint(root.toString(), { kind: 'path', path: below });
  }

  #noteWalk(sourceId: number): void {
    const source = this.truth.ask<{ name: Source }>('SELECT name FROM source WHERE id = ?', sourceId)[0]?.name;
    if (source) this.findings.push(...this.ears.findDeaf(rootOf[source]));
  }
}
