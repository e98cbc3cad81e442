/** What needs a person now, all of it read from the journal: each problem once, in the sentence that every door shows. */
import type { SourceConfig } from '../config/index.ts';
import { grouped } from '../domain/index.ts';
import { showPath } from '../files/index.ts';
import type { Journal, SourceRecord } from '../journal/index.ts';
import { lostMounts, marksInQuestion, missingAtHome, restsNow, whyHomeRefuses, whyKeyRefused } from '../pipeline/index.ts';
import { sentence } from './reasons.ts';
import { hindranceOf } from './status.ts';
import { strangersAsked } from './strangers.ts';
import { unreadableIn } from './unreadable.ts';

export interface Problem {
  /** The same as long as the problem lasts, whatever its numbers. */
  readonly key: string;
  /** For the owner: what it is, and what to do. */
  readonly sentence: string;
  /** Name of the source that it is about; left out: it is about more than one. */
  readonly source?: string;
}

export interface ProblemQuestion {
  /** The configured ones, in the owner's order. */
  readonly sources: readonly Pick<SourceConfig, 'name' | 'account'>[];
}

/** Of what is wrong between Homeroll and Home Assistant. */
export const keyOfHome = 'home assistant';

// A reason may name its file, and then there are as many as files.
const mostReasons = 5;

/** @param journal undefined: nothing ever ran here */
export function problemsNow(journal: Journal | undefined, { sources }: ProblemQuestion): readonly Problem[] {
  if (!journal) return [];
  const records = journal.sources.all();
  const accounts = [...new Set(sources.map(({ account }) => account))];
  const refusal = whyHomeRefuses(journal);
  return [
    ...(refusal === undefined ? [] : [{ key: keyOfHome, sentence: refusal }]),
    ...missingAtHome(journal).map(({ id, sentence: said }) => ({ key: `missing at home: ${id}`, sentence: said })),
    ...accounts.flatMap((account) => accountProblems(journal, account)),
    ...sources.flatMap(({ name }) => {
      const record = records.find((one) => one.name === name);
      return record ? sourceProblems(journal, record).map((problem) => ({ ...problem, source: name })) : [];
    }),
  ];
}

function accountProblems(journal: Journal, account: string): readonly Problem[] {
  const refused = whyKeyRefused(journal, account);
  return [
    ...(refused === undefined ? [] : [{ key: `key refused: ${account}`, sentence: refused }]),
    ...restsNow(journal, account).map(({ cause, sentence: said }) => ({ key: `rests: ${account}: ${cause}`, sentence: said })),
  ];
}

function sourceProblems(journal: Journal, record: SourceRecord): readonly Problem[] {
  const { id, name, state } = record;
  // What its owner paused is as they want it.
  const hindrance = state === 'paused' ? undefined : hindranceOf(record);
  const unreadable = unreadableIn(journal, id);
  const onNoDisk = journal.verified.damagedOnNoDisk(id);
  const asked = strangersAsked(journal, record);
  return [
    ...(hindrance === undefined ? [] : [{ key: `${state}: ${name}`, sentence: sentence(hindrance) }]),
    ...lostMounts(journal, record).map((said) => ({ key: `part away: ${name}: ${said}`, sentence: said })),
    ...marksInQuestion(journal, id).map(({ path, sentence: said }) => ({ key: `mark: ${name}: ${showPath(path)}`, sentence: said })),
    ...(unreadable.length === 0 ? [] : [{ key: `unreadable: ${name}`, sentence: unreadable.map(sentence).join(' ') }]),
    ...blockedProblems(journal, record),
    ...(asked === undefined ? [] : [{ key: `strangers: ${name}`, sentence: asked }]),
    ...(onNoDisk === 0 ? [] : [{ key: `damaged: ${name}`, sentence: damagedOnNoDisk(name, onNoDisk) }]),
  ];
}

function blockedProblems(journal: Journal, { id, name }: SourceRecord): readonly Problem[] {
  const needs = journal.files.needs(id);
  const rest = needs.slice(mostReasons).reduce((total, { count }) => total + count, 0);
  return [
    ...needs.slice(0, mostReasons).map(({ reason, count }) => ({
      key: `blocked: ${name}: ${reason}`,
      sentence: sentence(`${needYou(count, '', name)}: ${reason || 'it is blocked'}`),
    })),
    ...(rest === 0
      ? []
      : [{ key: `blocked: ${name}`, sentence: `${needYou(rest, 'more ', name)} for other reasons: homeroll files --state blocked` }]),
  ];
}

/** `2 more files from Scanner need you` */
function needYou(count: number, more: string, source: string): string {
  return `${grouped(count)} ${more}${count === 1 ? 'file' : 'files'} from ${source} ${count === 1 ? 'needs' : 'need'} you`;
}

function damagedOnNoDisk(source: string, count: number): string {
  const are = count === 1 ? 'is' : 'are';
  return `${grouped(count)} from ${source} ${are} damaged in Immich and on no disk any more: homeroll files --state gone`;
}
