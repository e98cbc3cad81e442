/** How Homeroll files the pictures of a folder: a whole household over it, with a practice Immich, as `homeroll once` goes. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { extname } from 'node:path';
import type { DateOrigin, FileId, FileRecord } from '../../src/domain/index.ts';
import { systemClock } from '../../src/kernel/index.ts';
import { ExiftoolReader } from '../../src/media/index.ts';
import { pathOf, type Step, stepsOf } from '../../src/pipeline/index.ts';
import { TestHousehold } from '../kit/household.ts';
import { LeapClock } from '../kit/leap-clock.ts';
import { type Hearing, hearUploads, type Sent } from './sent.ts';

export interface Filed {
  readonly path: Buffer;
  /** Below the folder, for people. */
  readonly name: string;
  /** As Immich was told, with its dot. */
  readonly extension: string;
  readonly isVideo: boolean;
  /** The wall clock that its albums go by: `2024-07-14T09:21:33`. */
  readonly local: string;
  readonly from: DateOrigin;
  /** When the file was last changed on disk. */
  readonly modifiedAtMs: number;
  readonly judging: Judging;
  readonly sent: Sent;
}

/** What it took to judge one file. */
export interface Judging {
  readonly ms: number;
  /** The quick reader left it to exiftool. */
  readonly isBySecondReader: boolean;
}

export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

export interface Filing {
  readonly filed: readonly Filed[];
  /** What cannot be compared: Immich shows no date of its own for it. */
  readonly leftOut: readonly LeftOut[];
}

/** @param folder absolute; is only read */
export async function fileAll(folder: string, onJudged: (files: number) => void): Promise<Filing> {
  const judgings = new Map<FileId, Judging>();
  const hearings: Hearing[] = [];
  await using exiftool = new ExiftoolReader({ clock: systemClock });
  // What is asked while a file is judged is asked of that file.
  const underWay = new AsyncLocalStorage<{ isAsked: boolean }>();
  await using home = await TestHousehold.open({
    sources: [{ folder, proof: { kind: 'checksum' } }],
    // At the pace of the world: the readers' time limits are meant in it.
    clock: new LeapClock(1),
    secondReader: {
      read: (reading, signal) => {
        const asking = underWay.getStore();
        if (asking) asking.isAsked = true;
        return exiftool.read(reading, signal);
      },
    },
    around: (transport) => {
      const hearing = hearUploads(transport);
      hearings.push(hearing);
      return hearing.transport;
    },
    stepsOf: (parts) => stepsOf(parts).map((step) => (step.name === 'judge' ? watched(step, { judgings, underWay, onJudged }) : step)),
  });
  await home.once();
  const sent = new Map(hearings.flatMap((hearing) => [...hearing.sent]));
  return sortOut(pictures(home), { home, folder, sent, judgings });
}

interface Known {
  readonly home: TestHousehold;
  readonly folder: string;
  readonly sent: ReadonlyMap<string, Sent>;
  readonly judgings: ReadonlyMap<FileId, Judging>;
}

function sortOut(files: readonly FileRecord[], known: Known): Filing {
  const { home, folder, sent, judgings } = known;
  const sentFiles = whichWereSent(files, sent);
  const [filed, leftOut]: [Filed[], LeftOut[]] = [[], []];
  for (const file of files) {
    const path = pathOf(file, home.journal);
    const name = path.toString().slice(folder.length + 1);
    const said = sent.get(file.sha1 ?? '');
    const { taken } = file.notes;
    if (file.role === 'motion') leftOut.push({ name, why: 'the moving half of a live photo: Immich shows its still' });
    else if (!said || !taken) leftOut.push({ name, why: file.reason ?? `it is ${file.state}` });
    else if (!sentFiles.has(file.id)) leftOut.push({ name, why: 'the same bytes as another file' });
    else {
      const extension = extname(said.fileName);
      const [isVideo, modifiedAtMs] = [file.kind === 'video', Number(file.stat.mtimeNs / 1_000_000n)];
      filed.push({
        path,
        name,
        extension,
        isVideo,
        ...taken,
        modifiedAtMs,
        judging: judgings.get(file.id) ?? { ms: 0, isBySecondReader: false },
        sent: said,
      });
    }
  }
  return { filed, leftOut };
}

/** Of several files with the same bytes, the one of the name that Immich was told. */
function whichWereSent(files: readonly FileRecord[], sent: ReadonlyMap<string, Sent>): ReadonlySet<FileId> {
  const chosen = new Map<string, FileRecord>();
  for (const file of files) {
    const sha1 = file.sha1 ?? '';
    if (!chosen.has(sha1) || file.name.toString() === sent.get(sha1)?.fileName) chosen.set(sha1, file);
  }
  return new Set([...chosen.values()].map(({ id }) => id));
}

/** Photos and videos, in the order of their names. */
function pictures(home: TestHousehold): readonly FileRecord[] {
  const all = home.journal.sources.all().flatMap(({ id }) => home.journal.files.page(id, undefined, { afterId: 0, limit: 100_000 }));
  return all
    .filter(({ kind }) => kind === 'photo' || kind === 'video')
    .toSorted((one, other) => Buffer.compare(pathOf(one, home.journal), pathOf(other, home.journal)));
}

interface Watch {
  readonly judgings: Map<FileId, Judging>;
  readonly underWay: AsyncLocalStorage<{ isAsked: boolean }>;
  readonly onJudged: (files: number) => void;
}

/** One file at a time, so that each has its own time. */
function watched(step: Step, { judgings, underWay, onJudged }: Watch): Step {
  return {
    ...step,
    atOnce: 1,
    run: async (files, source, signal) => {
      const asking = { isAsked: false };
      const startedAtMs = performance.now();
      const outcomes = await underWay.run(asking, () => step.run(files, source, signal));
      const judging = { ms: performance.now() - startedAtMs, isBySecondReader: asking.isAsked };
      for (const { file } of files) judgings.set(file.id, judging);
      onJudged(judgings.size);
      return outcomes;
    },
  };
}
