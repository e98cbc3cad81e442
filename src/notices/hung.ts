/** Which notices hang in Home Assistant, as far as Homeroll knows: kept in the journal, so that the next life takes down what this one hung. */
import { createHash } from 'node:crypto';
import type { Journal } from '../journal/index.ts';

export interface HungNotice {
  /** Of the problem. */
  readonly key: string;
  readonly id: string;
  readonly sentence: string;
  /** Somebody took it down: it stays down until there is something new to say. */
  readonly isDismissed: boolean;
  /** Home Assistant was asked to hang it, and has not answered yet. */
  readonly isUnanswered?: boolean;
}

const factName = 'notices that hang';

export function hungNotices(journal: Pick<Journal, 'facts'>): readonly HungNotice[] {
  return JSON.parse(journal.facts.get(factName) ?? '[]') as readonly HungNotice[];
}

export function rememberHung(journal: Pick<Journal, 'facts'>, hung: readonly HungNotice[]): void {
  journal.facts.set(factName, JSON.stringify(hung));
}

/** @param homeroll tells two Homerolls of one household apart */
export function noticeId(homeroll: string, key: string): string {
  const slug = key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, 40);
  return `${homeroll}_${slug}_${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
}
