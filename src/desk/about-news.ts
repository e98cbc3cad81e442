/** What somebody may ask and order about news that reached them: why it is so, and what a button under it means. */
import {
  damagedInImmich,
  type FileRecord,
  named,
  states,
  type Told,
  unreadableInImmich,
  type Verb,
  withoutCommands,
} from '../domain/index.ts';
import { showPath } from '../files/index.ts';
import type { Journal, SourceRecord } from '../journal/index.ts';
import { aboutBatch, aboutSource, lostMounts, marksInQuestion, missingAtHome, pathOf, restsNow, whyKeyRefused } from '../pipeline/index.ts';
import type { Order } from './orders.ts';
import type { ProblemQuestion } from './problems.ts';
import { sentence } from './reasons.ts';
import { hindranceOf } from './status.ts';
import { strangersAsked } from './strangers.ts';
import { whyFile } from './why.ts';

export interface NewsAsked extends Told {
  readonly text: string;
}

interface AskingParts {
  readonly journal: Journal;
  readonly nowMs: number;
}

const mostSentences = 5;
// Reasons are shared by many: enough to meet them all, and as quick for a batch of thousands.
const mostFiles = 50;

/** Whether what they tell is still to be decided about, by this button. */
export function isOpen(news: NewsAsked, verb: Verb, parts: AskingParts): boolean {
  const isAboutTrash = (verb === 'restore' || verb === 'let-go') && typeof news.facts.batch === 'number';
  return isAboutTrash ? parts.journal.files.inTrashOf(Number(news.facts.batch)).length > 0 : whyNews(news, parts).length > 0;
}

/** What they tell lasted until now, and does no more. What merely happened is never over. */
export function isProblemOver(news: Told, { journal, sources }: ProblemQuestion & { readonly journal: Journal }): boolean {
  const { kind, facts } = news;
  if (kind === 'batch safe') return journal.files.ofBatch(Number(facts.batch), 'blocked', 1).length === 0;
  if (!lasting.includes(kind)) return false;
  // A source that is renamed or taken out has no problems any more under that name, and neither has an account.
  if (typeof facts.source === 'string' && !sources.some(({ name }) => name === facts.source)) return true;
  if (typeof facts.account === 'string' && !sources.some(({ account }) => account === facts.account)) return true;
  return whyNews({ ...news, text: '' }, { journal, nowMs: 0 }).length === 0;
}

/** Kinds of problems of which the journal tells whether they are still so. */
const lasting: readonly string[] = [
  ...['source away', 'part away', 'half missing', 'mark asked', 'many removed', 'strangers found'],
  ...['key refused', 'account hindered', 'missing at home'],
];

/** What is true of it now, a few sentences for somebody without a keyboard. Empty: it is settled. */
export function whyNews(news: NewsAsked, parts: AskingParts): readonly string[] {
  return standing(news, parts)
    .slice(0, mostSentences)
    .map((one) => withoutCommands(one) || one);
}

/** @param verb another than `why` @returns undefined: it says nothing of what they tell */
export function orderAbout({ facts }: NewsAsked, verb: Verb): Order | undefined {
  const source = typeof facts.source === 'string' ? facts.source : undefined;
  if (verb === 'why') return undefined;
  if (verb === 'retry') return { kind: 'retry', ...(source !== undefined && { subject: source }) };
  const kind = verb === 'restore' ? 'keep' : 'let go';
  if (typeof facts.batch === 'number') return { kind, subject: aboutBatch(facts.batch) };
  return source === undefined ? undefined : { kind, subject: aboutSource(source) };
}

function standing({ kind, facts, text }: NewsAsked, parts: AskingParts): readonly string[] {
  const { journal } = parts;
  const source = journal.sources.all().find(({ name }) => name === facts.source);
  const account = String(facts.account ?? '');
  switch (kind) {
    case 'batch safe':
      return linesOf(journal.files.ofBatch(Number(facts.batch), 'blocked', mostFiles), parts);
    case 'key refused':
      return some(whyKeyRefused(journal, account));
    case 'account hindered':
      return restsNow(journal, account).flatMap((one) => (one.cause === facts.cause ? [sentence(one.sentence)] : []));
    case 'source away':
    case 'half missing':
      return source ? some(hindranceOf(source)) : [];
    case 'part away':
      return source ? lostMounts(journal, source).filter((said) => said.includes(String(facts.folder))) : [];
    case 'missing at home':
      return missingAtHome(journal).flatMap(({ id, sentence: said }) => (id === facts.entity ? [said] : []));
    case 'mark asked':
      return source ? marksInQuestion(journal, source.id).map((mark) => mark.sentence) : [];
    case 'many removed':
      return source ? removed(source, journal) : [];
    case 'strangers found':
      return source ? some(strangersAsked(journal, source)) : [];
    case 'proof failed':
      // What is on no disk any more has nothing to say for itself.
      return source ? [...damaged(source, parts), text] : [text];
    case 'lost before safe':
      return [text, 'Look where it may have been moved to, or in a trash: back in its folder it is looked after as any other.'];
    case 'replaced before safe':
      return [text, 'If it is still where it came from, on the phone or the card, copy it once more, under another name.'];
    default:
      return [text];
  }
}

const some = (one: string | undefined): readonly string[] => (one === undefined ? [] : [sentence(one)]);

function removed({ id, name }: SourceRecord, journal: Journal): readonly string[] {
  const count = journal.verified.missingCount(id, true);
  if (count === 0) return [];
  const [are, wait] = count === 1 ? ['picture is', 'waits'] : ['pictures are', 'wait'];
  return [
    `${count.toLocaleString('en')} ${are} no longer in Immich, though Homeroll had brought ${count === 1 ? 'it' : 'them'} there from ${name}, and ${wait} for your word.`,
    'Restore if it was a mishap, such as an older backup of Immich. Let go if somebody cleared up.',
  ];
}

function damaged({ id }: SourceRecord, parts: AskingParts): readonly string[] {
  const blocked = parts.journal.files.page(id, 'blocked', { afterId: 0, limit: 500 });
  const isDamaged = ({ reason }: FileRecord): boolean => reason === damagedInImmich || reason === unreadableInImmich;
  return linesOf(blocked.filter(isDamaged).slice(0, mostFiles), parts);
}

/** `"a.jpg" and 3 more: the same bytes lie in Immich's trash.` */
function linesOf(files: readonly FileRecord[], { journal, nowMs }: AskingParts): readonly string[] {
  const bySentences = new Map<string, string[]>();
  // Where both halves of a live photo wait, the picture is named once, by its still.
  for (const file of files.filter(({ role }) => role === 'main' || files.every((one) => one.role !== 'main'))) {
    const now = whyFile(pathOf(file, journal), journal, nowMs)?.now ?? [];
    const words = now.filter((one) => one !== sentence(states.blocked.means)).join(' ');
    bySentences.set(words, [...(bySentences.get(words) ?? []), showPath(file.name)]);
  }
  return [...bySentences].map(([words, names]) => `${named(names)}: ${words}`);
}
