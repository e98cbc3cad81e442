/** How Homeroll files the pictures of a folder: a whole household over it, with a practice Immich, as `homeroll once` goes. */
import { extname } from 'node:path';
import type { DateOrigin, FileId, FileRecord } from '../../src/domain/index.ts';
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
  readonly judgedMs: number;
  readonly sent: Sent;
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
  const judgedMs = new Map<FileId, number>();
  const hearings: Hearing[] = [];
  await using home = await TestHousehold.open({
    sources: [{ folder, proof: { kind: 'checksum' } }],
    // At the pace of the world: the readers' time limits are meant in it.
    clock: new LeapClock(1),
    around: (transport) => {
      const hearing = hearUploads(transport);
      hearings.push(hearing);
      return hearing.transport;
    },
    stepsOf: (parts) => stepsOf(parts).map((step) => (step.name === 'judge' ? timed(step, judgedMs, onJudged) : step)),
  });
  await home.once();
  const sent = new Map(hearings.flatMap((hearing) => [...hearing.sent]));
  return sortOut(pictures(home), { home, folder, sent, judgedMs });
}

interface Known {
  readonly home: TestHousehold;
  readonly folder: string;
  readonly sent: ReadonlyMap<string, Sent>;
  readonly judgedMs: ReadonlyMap<FileId, number>;
}

function sortOut(files: readonly FileRecord[], known: Known): Filing {
  const { home, folder, sent, judgedMs } = known;
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
      filed.push({ path, name, extension, isVideo, ...taken, modifiedAtMs, judgedMs: judgedMs.get(file.id) ?? 0, sent: said });
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

/** One file at a time, so that each has its own time. */
function timed(step: Step, judgedMs: Map<FileId, number>, onJudged: (files: number) => void): Step {
  return {
    ...step,
    atOnce: 1,
    run: async (files, source, signal) => {
      const startedAtMs = performance.now();
      const outcomes = await step.run(files, source, signal);
      for (const { file } of files) judgedMs.set(file.id, performance.now() - startedAtMs);
      onJudged(judgedMs.size);
      return outcomes;
    },
  };
}
