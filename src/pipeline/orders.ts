/** Carries out what people ask for: pause, resume, retry, keep, let go, sweep. */
import { type FileRecord, type SourceId, stateNames, stepOf } from '../domain/index.ts';
import { joinPath, type PathBytes } from '../files/index.ts';
import type { Journal, Order } from '../journal/index.ts';
import { acceptMissing, forgetLostMounts } from './notice/index.ts';
import { applyEvent } from './transitions.ts';

export interface OrderParts {
  readonly journal: Journal;
  readonly nowMs: number;
  readonly askForSweep?: (sourceId: SourceId) => void;
  /** Asks an Immich that is away or refuses something now, and not when its turn comes. */
  readonly tryNow?: () => void;
}

/** Takes every waiting order, the oldest first. @returns how many were taken */
export function takeOrders(parts: OrderParts): number {
  const { journal, nowMs } = parts;
  const orders = journal.orders.waiting();
  for (const order of orders) {
    const answer = journal.transaction(() => {
      const said = carryOut(order, parts);
      journal.orders.take(order.id, said, nowMs);
      return said;
    });
    if (order.kind === 'retry') parts.tryNow?.();
    if (order.kind === 'sweep' || order.kind === 'resume') askForSweeps(order, parts);
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
      return decide(order, parts);
    case 'sweep':
      return 'Looks through the folder.';
  }
}

function pause({ subject }: Order, { journal, nowMs }: OrderParts): string {
  if (subject === undefined) {
    journal.facts.set('paused', String(nowMs));
    return 'Paused. `homeroll resume` goes on.';
  }
  const source = journal.sources.all().find(({ name }) => name === subject);
  if (!source) return `No source is called "${subject}".`;
  journal.sources.update(source.id, { state: 'paused', reason: 'paused by the owner' });
  return `${subject} is paused. \`homeroll resume --source "${subject}"\` goes on.`;
}

/** Resuming a source that asks about missing files says: they are really gone. */
function resume({ subject }: Order, { journal }: OrderParts): string {
  if (subject === undefined) journal.facts.forget('paused');
  const sources = journal.sources.all().filter(({ name }) => name === subject);
  if (subject !== undefined && sources.length === 0) return `No source is called "${subject}".`;
  for (const source of sources) {
    if (source.state === 'asking') acceptMissing(journal, source.id);
    // It was not paused, so it is about the part that is away.
    if (source.state === 'present') forgetLostMounts(journal, source.id);
    if (source.state !== 'away') journal.sources.update(source.id, { state: 'present', reason: undefined });
  }
  return subject === undefined ? ['Goes on.', ...stillResting(journal)].join(' ') : `${subject} goes on.`;
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

function decide({ kind, subject = '' }: Order, parts: OrderParts): string {
  const { journal, nowMs } = parts;
  const file = findByPath(Buffer.from(subject, 'base64'), journal);
  if (!file) return 'No file of that path is known.';
  if (file.state !== 'blocked' && file.state !== 'letGo' && !(kind === 'let go' && file.sha1)) {
    return kind === 'keep'
      ? 'It is neither blocked nor let go: there is nothing to keep it from.'
      : 'Its bytes are not known yet, so it cannot be let go.';
  }
  const { accountId } = journal.sources.byId(file.sourceId);
  if (kind === 'keep') {
    if (file.sha1 && accountId !== undefined) journal.contents.markKeepAsked(accountId, file.sha1);
    applyEvent(journal, file, 'keepOrdered', { nowMs, reason: 'the owner said: keep it' });
    return 'It is kept: brought back from the trash, or sent again.';
  }
  if (file.sha1 && accountId !== undefined) journal.contents.markLetGo(accountId, file.sha1, nowMs);
  applyEvent(journal, file, 'letGo', { nowMs, reason: 'the owner said: let it go' });
  return 'It is let go, and will not be uploaded again.';
}

/**
 * A path may be known twice: a source that the owner replaced by one further up or down is still remembered. The one swept last counts.
 * @param path absolute
 */
export function findByPath(path: PathBytes, journal: Journal): FileRecord | undefined {
  for (const source of journal.sources.all().toSorted((one, other) => (other.sweptAtMs ?? 0) - (one.sweptAtMs ?? 0))) {
    const root = source.root;
    if (path.length <= root.length || !path.subarray(0, root.length).equals(root) || path[root.length] !== 0x2f) continue;
    const relative = path.subarray(root.length + 1);
    const cut = relative.lastIndexOf(0x2f);
    const folderId = journal.sources.findFolder(source.id, relative.subarray(0, Math.max(0, cut)));
    const file = folderId === undefined ? undefined : journal.files.byName(folderId, relative.subarray(cut + 1));
    if (file) return file;
  }
  return undefined;
}

/** The absolute path of a file. */
export function pathOf(file: Pick<FileRecord, 'sourceId' | 'folderId' | 'name'>, journal: Journal): PathBytes {
  return joinPath(journal.sources.byId(file.sourceId).root, joinPath(journal.sources.folderPath(file.folderId), file.name));
}

function askForSweeps({ subject }: Order, { journal, askForSweep }: OrderParts): void {
  for (const { id, name } of journal.sources.all()) if (subject === undefined || subject === name) askForSweep?.(id);
}
