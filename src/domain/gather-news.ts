/** Makes one message of several: sums by source are better than a list. For phones, and for speakers in words that a voice reads well. Pure. */
import { counted, grouped, listed, pictures, sum, type Tally } from './counting.ts';
import type { Told } from './news-topics.ts';
import { sentencesOf, withoutCommands } from './plain-words.ts';

export interface ToldInWords extends Told {
  readonly text: string;
}

const mostSources = 3;
const mostOthers = 3;

/** `214 photos from Anna's phone and 12 photos from Scanner are safe.`, and what else there is. @param news in their order */
export function gather(news: readonly ToldInWords[]): string {
  const [first] = news;
  if (first && news.length === 1) return first.text;
  const others = newestOfEach(news.filter(({ kind }) => kind !== 'batch safe')).map(({ text }) => text);
  const rest = others.length > mostOthers ? [`And ${grouped(others.length - mostOthers)} more.`] : [];
  return [...sumsOf(news), ...others.slice(0, mostOthers), ...rest].join(' ');
}

/** The same to be said aloud. */
export function gatherSpoken(news: readonly ToldInWords[], longest: number): string {
  const others = newestOfEach(news.filter(({ kind }) => kind !== 'batch safe')).map(spoken);
  const said: string[] = [];
  // What may need a person is rather heard than what is well.
  const all = [...new Set([...sumsOf(news), ...others])].filter((sentence) => sentence !== '');
  for (const sentence of all) {
    if ([...said, sentence].join(' ').length > longest)
      return [...said, said.length === 0 ? 'There is news on your phone.' : 'And more on your phone.'].join(' ');
    said.push(sentence);
  }
  return said.join(' ');
}

interface Sums {
  readonly source: string;
  readonly safe: Tally;
  readonly stored: Tally;
  readonly waiting: number;
  readonly blocked: number;
}

function sumsOf(news: readonly ToldInWords[]): readonly string[] {
  const bySource = new Map<string, Sums>();
  for (const { kind, facts } of news) {
    if (kind !== 'batch safe') continue;
    const source = String(facts.source ?? '');
    const known = bySource.get(source);
    bySource.set(source, {
      source,
      safe: plus(known?.safe, facts.safe),
      stored: plus(known?.stored, facts.stored),
      // Those that waited when the first was told may be among the safe of the next.
      waiting: numberOf(facts.waiting),
      blocked: (known?.blocked ?? 0) + numberOf(facts.blocked),
    });
  }
  const all = [...bySource.values()];
  return [
    ...done(all, 'safe'),
    ...done(all, 'stored'),
    ...open(all, 'waiting', ['waits', 'wait']),
    ...open(all, 'blocked', ['needs you', 'need you']),
  ];
}

function done(all: readonly Sums[], place: 'safe' | 'stored'): readonly string[] {
  const some = all.filter((sums) => sum(sums[place]) > 0);
  if (some.length === 0) return [];
  const named = some.slice(0, some.length > mostSources + 1 ? mostSources : mostSources + 1);
  const unnamed = some.slice(named.length);
  const rest = unnamed.reduce<Tally>((total, sums) => plus(total, sums[place]), nothing);
  const shown = [
    ...named.map((sums) => `${pictures(sums[place])} from ${sums.source}`),
    ...(unnamed.length === 0 ? [] : [`${pictures(rest)} from ${counted(unnamed.length, 'more source')}`]),
  ];
  const total = some.reduce((count, sums) => count + sum(sums[place]), 0);
  return [`${listed(shown)} ${total === 1 ? 'is' : 'are'} ${place}.`];
}

function open(all: readonly Sums[], place: 'waiting' | 'blocked', [one, many]: readonly [string, string]): readonly string[] {
  const some = all.filter((sums) => sums[place] > 0);
  const total = some.reduce((count, sums) => count + sums[place], 0);
  const only = some.length === 1 ? some[0] : undefined;
  if (total === 0) return [];
  return [`${grouped(total)}${only ? ` from ${only.source}` : ''} ${total === 1 ? one : many}.`];
}

/** Of what goes on for days, and of what began and ended, only the newest word holds. */
function newestOfEach(news: readonly ToldInWords[]): readonly ToldInWords[] {
  const newest = new Map<string | ToldInWords, ToldInWords>();
  for (const one of news) {
    const key = lastingOf(one) ?? one;
    newest.delete(key);
    newest.set(key, one);
  }
  return [...newest.values()];
}

/** What the news say of something that lasts; undefined: it happened, and each time counts. */
export function lastingOf({ kind, facts }: Told): string | undefined {
  const source = String(facts.source ?? '');
  const account = String(facts.account ?? '');
  switch (kind) {
    case 'backlog found':
    case 'backlog progress':
      return `backlog ${source}`;
    case 'mark asked':
      return `mark ${source} ${String(facts.mark ?? '')}`;
    case 'source away':
    case 'source back':
      return `away ${source}`;
    case 'part away':
    case 'part back':
      return `part away ${source} ${String(facts.folder ?? '')}`;
    case 'missing at home':
    case 'back at home':
    case 'renamed at home':
      return `missing at home ${String(facts.entity ?? '')}`;
    case 'half missing':
    case 'many removed':
      return `${kind} ${source}`;
    case 'account hindered':
      return `hindered ${account} ${String(facts.cause ?? '')}`;
    case 'key refused':
    case 'nothing readable':
      return `${kind} ${account}`;
    default:
      return undefined;
  }
}

/** Paths, names of files and commands are not for the ear. */
function spoken(news: ToldInWords): string {
  const { kind, facts, text } = news;
  const source = String(facts.source ?? '');
  const count = numberOf(facts.count);
  switch (kind) {
    case 'source away':
      return `${source} is away. Nothing counts as deleted.`;
    case 'part away':
      return `A part of ${source} is away. Nothing counts as deleted.`;
    case 'part back':
      return `A part of ${source} is back.`;
    case 'proof failed':
      return `${counted(count, 'picture')} from ${source} ${count === 1 ? 'is' : 'are'} not safe: Immich did not give back the same bytes.`;
    case 'left alone':
      return `${counted(count, 'picture')} from ${source} that waited ${count === 1 ? 'is' : 'are'} no longer sent.`;
    case 'mark asked':
      return `${source} asks whether a folder of it is to be left alone. Nothing changes until you answer.`;
    case 'renamed at home':
      return 'Something that Homeroll needs is called otherwise in Home Assistant now. Homeroll follows.';
    case 'missing at home':
      return 'Something that Homeroll needs is missing in Home Assistant.';
    case 'back at home':
      return 'What was missing in Home Assistant is there again.';
    case 'account changed':
      return `The key of account ${String(facts.account ?? '')} belongs to another Immich user now.`;
    default:
      return (sentencesOf(withoutCommands(text))[0] ?? '').replaceAll('"', '');
  }
}

const nothing: Tally = { photos: 0, videos: 0 };

/** @param more what a journal's JSON holds */
function plus(tally: Tally = nothing, more: unknown): Tally {
  if (typeof more !== 'object' || more === null) return tally;
  const { photos, videos } = more as Partial<Record<keyof Tally, unknown>>;
  return { photos: tally.photos + numberOf(photos), videos: tally.videos + numberOf(videos) };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
