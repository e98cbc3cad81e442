/** Which problems stand on phones: kept in the journal, so that what is over goes from them, whatever it is called by then. */
import type { Journal } from '../journal/index.ts';

export interface HungOnPhone {
  /** Name of the phone's notify action. */
  readonly action: string;
  readonly tag: string;
  /** The newest that the message tells. */
  readonly newsId: string;
}

type Facts = Pick<Journal, 'facts'>;

const factName = 'problems on phones';
// Nobody looks for older ones on a phone.
const most = 100;

export function hungOnPhones(journal: Facts): readonly HungOnPhone[] {
  return JSON.parse(journal.facts.get(factName) ?? '[]') as readonly HungOnPhone[];
}

/** It takes the place of the one of its tag. */
export function hangOnPhone(journal: Facts, hung: HungOnPhone): void {
  keep(journal, [...others(journal, hung), hung].slice(-most));
}

/** Something else stands there now, or nothing. */
export function takeFromPhone(journal: Facts, hung: Pick<HungOnPhone, 'action' | 'tag'>): void {
  const left = others(journal, hung);
  if (left.length < hungOnPhones(journal).length) keep(journal, left);
}

function others(journal: Facts, { action, tag }: Pick<HungOnPhone, 'action' | 'tag'>): readonly HungOnPhone[] {
  return hungOnPhones(journal).filter((one) => one.action !== action || one.tag !== tag);
}

function keep(journal: Facts, all: readonly HungOnPhone[]): void {
  if (all.length === 0) journal.facts.forget(factName);
  else journal.facts.set(factName, JSON.stringify(all));
}
