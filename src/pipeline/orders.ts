/** Carries out what people ask for: pause, resume, retry, keep, let go, sweep, verify, proof. */
import { type FileRecord, type SourceId, stateNames, stepOf } from '../domain/index.ts';
import type { Journal, Order, SourceRecord } from '../journal/index.ts';
import { decide } from './decisions.ts';
import { markAtPath } from './mark-answers.ts';
import { acceptMissing, forgetLostMounts, lostMounts } from './notice/index.ts';
import { noteProof } from './proof-order.ts';
import { sayWhoWaits } from './remembered.ts';
import { noteAnswer } from './strangers/index.ts';
import { applyEvent } from './transitions.ts';
import { noteWish } from './verify/index.ts';

export interface OrderParts {
  readonly journal: Journal;
  readonly nowMs: number;
  /** Looks through the folder as soon as it can. Left out: no Homeroll is at work that could. */
  readonly askForSweep?: (sourceId: SourceId) => void;
  /** Asks Home Assistant for the calendars once more. */
  readonly askCalendars?: () => void;
  /** It goes on: what came meanwhile is looked for where its folder is watched, and else waits for its time. */
  readonly onResumed?: (sourceId: SourceId) => void;
  /** Asks an Immich that is away or refuses something now, and not when its turn comes. */
  readonly tryNow?: () => void;
}

/** Takes every waiting order, the oldest first. @returns how many were taken */
export function takeOrders(parts: OrderParts): number {
  const { journal, nowMs } = parts;
  const orders = journal.orders.waiting();
  for (const order of orders) {
    const answered = order.kind === 'resume' ? inQuestion(order, journal) : [];
    const answer = journal.transaction(() => {
      const said = carryOut(order, parts);
      journal.orders.take(order.id, said, nowMs);
      return said;
    });
    if (order.kind === 'retry') parts.tryNow?.();
    if (order.kind === 'sweep') {
      for (const { id } of meant(order, journal)) parts.askForSweep?.(id);
      parts.askCalendars?.();
    }
    if (order.kind === 'resume') goOn(order, answered, parts);
    if (order.kind === 'keep' || order.kind === 'let go') askForSweepOfMark(order, parts);
    if (answer === '') throw new Error(`order ${order.id} was taken without a word`);
  }
  return orders.length;
}

/** True while the whole Homeroll is paused. */
export function isPaused(journal: Pick<Journal, 'facts'>): boolean {
  return journal.facts.get('paused') !== undefined;
}

function carryOut(order: Order, parts: OrderParts): string {
  switch (order.kind) {
    case 'pause':
      return pause(order, parts);
    case 'resume':
      return resume(order, parts);
    case 'retry':
      return sayRetried(retryAll(order, parts));
    case 'keep':
    case 'let go':
      return decide({ kind: order.kind, subject: order.subject ?? '' }, parts);
    case 'sweep':
      return look(order, parts);
    case 'verify':
      return noteWish(order.subject, parts);
    case 'proof':
      return noteProof(order.subject, parts);
    case 'strangers':
      return noteAnswer(order.subject, parts);
  }
}

function look({ subject }: Order, { journal, askForSweep }: OrderParts): string {
  if (!askForSweep) {
    const one = subject === undefined ? '' : ` --source "${subject}"`;
    return `No Homeroll is at work that could look: \`homeroll once${one}\` does, and ends.`;
  }
  if (subject !== undefined && journal.sources.all().every(({ name }) => name !== subject)) return unknownSource(subject);
  const what = subject === undefined ? 'Looks through all folders.' : `Looks through ${subject}.`;
  return [what, ...sayWhoWaits(journal, subject)].join(' ');
}

function pause({ subject }: Order, { journal, nowMs }: OrderParts): string {
  if (subject === undefined) {
    journal.facts.set('paused', String(nowMs));
    return 'Paused. `homeroll resume` goes on.';
  }
  const source = journal.sources.all().find(({ name }) => name === subject);
  if (!source) return unknownSource(subject);
  journal.sources.update(source.id, { state: 'paused', reason: 'paused by the owner' });
  return `${subject} is paused. \`homeroll resume --source "${subject}"\` goes on.`;
}

/** Resuming a source that asks about missing files says: they are really gone. */
function resume({ subject }: Order, { journal }: OrderParts): string {
  if (subject === undefined) journal.facts.forget('paused');
  const sources = journal.sources.all().filter(({ name }) => name === subject);
  if (subject !== undefined && sources.length === 0) return unknownSource(subject);
  for (const source of sources) {
    if (source.state === 'asking') acceptMissing(journal, source.id);
    // It was not paused, so it is about the part that is away.
    if (source.state === 'present') forgetLostMounts(journal, source.id);
    if (source.state !== 'away') journal.sources.update(source.id, { state: 'present', reason: undefined });
  }
  const waiting = sayWhoWaits(journal, subject);
  const said = subject === undefined ? ['Goes on.', ...stillResting(journal)] : [sayResumed(subject, journal)];
  return [...said, ...waiting].join(' ');
}

const unknownSource = (name: string): string => `No source is called "${name}".`;

function sayResumed(name: string, journal: Journal): string {
  if (isPaused(journal)) return `${name} goes on with all the others, which are paused: \`homeroll resume\`.`;
  const away = journal.sources.all().find((source) => source.name === name && source.state === 'away');
  return away ? [`${name} goes on as soon as its folder is back.`, away.reason ?? ''].join(' ').trimEnd() : `${name} goes on.`;
}

/** Who resumes all may have forgotten that a source was paused, or asks, by itself. */
function stillResting(journal: Journal): readonly string[] {
  const resting = journal.sources.all().filter(({ state }) => state === 'paused' || state === 'asking');
  return resting.map(({ name }) => `${name} was paused by itself, and rests: \`homeroll resume --source "${name}"\`.`);
}

function sayRetried(count: number): string {
  if (count === 0) return 'Nothing is blocked, and nothing waits for another try.';
  return `Tries ${count.toLocaleString('en')} ${count === 1 ? 'file' : 'files'} again.`;
}

function retryAll({ subject }: Order, { journal, nowMs }: OrderParts): number {
  let count = 0;
  for (const source of journal.sources.all()) {
    if (subject !== undefined && source.name !== subject) continue;
    for (const state of stateNames.filter((one) => one === 'blocked' || stepOf(one) !== undefined)) {
      for (const page of journal.files.pages(source.id, state, 500)) {
        for (const file of page) if (retryOne(file, { journal, nowMs })) count += 1;
      }
    }
  }
  return count;
}

/** Blocked files are judged anew; files that wait for another try are tried now. */
function retryOne(file: FileRecord, { journal, nowMs }: Pick<OrderParts, 'journal' | 'nowMs'>): boolean {
  if (file.state === 'blocked') {
    applyEvent(journal, file, 'retryOrdered', { nowMs, reason: 'the owner said: try again' });
    return true;
  }
  // A file that settles waits for nobody but itself.
  if (file.dueAtMs === undefined || (file.tries === 0 && file.state === 'noticed')) return false;
  journal.files.update(file.id, { dueAtMs: nowMs });
  return true;
}

function meant({ subject }: Order, journal: Journal): readonly SourceRecord[] {
  return journal.sources.all().filter(({ name }) => subject === undefined || subject === name);
}

/** Sources that ask about files or parts that are missing: whoever resumes one says that they are really gone, and a look sees to that. */
function inQuestion(order: Order, journal: Journal): readonly SourceId[] {
  return meant(order, journal).flatMap((source) =>
    source.state === 'asking' || lostMounts(journal, source).length > 0 ? [source.id] : [],
  );
}

function goOn(order: Order, answered: readonly SourceId[], { journal, askForSweep, onResumed }: OrderParts): void {
  for (const { id } of meant(order, journal)) {
    if (answered.includes(id)) askForSweep?.(id);
    else onResumed?.(id);
  }
}

/** What a mark leaves alone from now on is seen to by a sweep. */
function askForSweepOfMark({ subject = '' }: Order, { journal, askForSweep }: OrderParts): void {
  const mark = markAtPath(Buffer.from(subject, 'base64'), journal);
  if (mark) askForSweep?.(mark.sourceId);
}
