/** What is remembered of circumstances: what counted last, so that a restart neither forgets nor repeats it, and so that others can say it. */
import type { SourceConfig } from '../config/index.ts';
import type { Circumstance, SourceId, Use } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';

interface Remembered {
  /** Which circumstance it is about: the owner may have written another since. */
  readonly of: string;
  readonly said: string;
  /** Null: it was never known. */
  readonly isSo: boolean | null;
}

type Facts = Pick<Journal, 'facts'>;
type SourceName = Pick<SourceConfig, 'name'>;

const uses: readonly Use[] = ['trigger', 'limit'];
const factName = (use: Use, id: SourceId): string => `${use}: ${id}`;
const awayFact = 'home assistant away since';
const refusalFact = 'home assistant refuses';

/** Undefined: nothing is remembered of this circumstance. */
export function recall(journal: Facts, { use, id }: { readonly use: Use; readonly id: SourceId }, of: Circumstance): boolean | undefined {
  const remembered = read(journal, use, id);
  return remembered?.of === nameOf(of) ? (remembered.isSo ?? undefined) : undefined;
}

export function remember(
  journal: Facts,
  { use, id }: { readonly use: Use; readonly id: SourceId },
  { of, isSo }: { readonly of: Circumstance; readonly isSo: boolean | undefined },
): void {
  const remembered: Remembered = { of: nameOf(of), said: of.said, isSo: isSo ?? null };
  journal.facts.set(factName(use, id), JSON.stringify(remembered));
}

/** What the owner wrote by now: what is remembered of anything else is forgotten. Writes nothing when nothing is new. */
export function noteCircumstances(
  journal: Pick<Journal, 'facts' | 'sources' | 'transaction'>,
  inUse: readonly { readonly id: SourceId; readonly config: Pick<SourceConfig, 'when' | 'onlyWhile'> }[],
): void {
  const writes: (() => void)[] = [];
  for (const { id } of journal.sources.all()) {
    const config = inUse.find((source) => source.id === id)?.config;
    const written = { trigger: config?.when.kind === 'circumstance' ? config.when.circumstance : undefined, limit: config?.onlyWhile };
    for (const use of uses) {
      const [of, known] = [written[use], read(journal, use, id)];
      if (of && known?.of !== nameOf(of)) writes.push(() => remember(journal, { use, id }, { of, isSo: undefined }));
      if (!of && known) writes.push(() => journal.facts.forget(factName(use, id)));
    }
  }
  const isAnyWritten = inUse.some(({ config }) => config.onlyWhile ?? config.when.kind === 'circumstance');
  if (!isAnyWritten && homeAwaySinceMs(journal) !== undefined) writes.push(() => journal.facts.forget(awayFact));
  if (writes.length === 0) return;
  journal.transaction(() => {
    for (const write of writes) write();
  });
}

/** The owner wrote the new name of what was renamed: what is remembered of it is remembered of that. */
export function adoptEntity(
  journal: Pick<Journal, 'facts' | 'sources'>,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  for (const { id } of journal.sources.all()) {
    for (const use of uses) {
      const known = read(journal, use, id);
      if (!known?.of.startsWith(`${from} `)) continue;
      const renamed: Remembered = { ...known, of: known.of.replace(from, to), said: known.said.replace(from, to) };
      journal.facts.set(factName(use, id), JSON.stringify(renamed));
    }
  }
}

/** What must come to be so before files of a source move, `everybody is away`; undefined: nothing. */
export function whatItWaitsFor(journal: Facts, id: SourceId): string | undefined {
  const limit = read(journal, 'limit', id);
  return limit && limit.isSo !== true ? limit.said : undefined;
}

/** For those who set sources going: of those that they mean, which rest all the same. @param name left out: all of them */
export function sayWhoWaits(journal: Pick<Journal, 'facts' | 'sources'>, name?: SourceName['name']): readonly string[] {
  return journal.sources.all().flatMap((source) => {
    const said = name === undefined || name === source.name ? whatItWaitsFor(journal, source.id) : undefined;
    return said === undefined ? [] : [`The files of ${source.name} go on when ${said}.`];
  });
}

export function noteHomeAway(journal: Facts, nowMs: number): void {
  if (homeAwaySinceMs(journal) === undefined) journal.facts.set(awayFact, String(nowMs));
}

export function noteHomeBack(journal: Facts): void {
  if (homeAwaySinceMs(journal) !== undefined) journal.facts.forget(awayFact);
}

/** Unix ms; undefined: it is there, or nothing is asked of it. */
export function homeAwaySinceMs(journal: Facts): number | undefined {
  const sinceMs = journal.facts.get(awayFact);
  return sinceMs === undefined ? undefined : Number(sinceMs);
}

/** @param sentence why nobody is told by it and nothing heard of it until a person does something; undefined: all is well */
export function noteHomeRefusal(journal: Facts, sentence: string | undefined): void {
  if (sentence === whyHomeRefuses(journal)) return;
  if (sentence === undefined) journal.facts.forget(refusalFact);
  else journal.facts.set(refusalFact, sentence);
}

export function whyHomeRefuses(journal: Facts): string | undefined {
  return journal.facts.get(refusalFact);
}

function read(journal: Facts, use: Use, id: SourceId): Remembered | undefined {
  const text = journal.facts.get(factName(use, id));
  return text === undefined ? undefined : (JSON.parse(text) as Remembered);
}

function nameOf({ entity, state, isOpposite }: Circumstance): string {
  return `${entity} ${isOpposite ? 'not' : 'is'} ${state}`;
}
