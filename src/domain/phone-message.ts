/** What a phone shows of news: which of them make one message, what it replaces, and which buttons it has. Pure. */
import { createHash } from 'node:crypto';
import { gather, lastingOf, type ToldInWords } from './gather-news.ts';
import { isProblem } from './news-topics.ts';
import { commandsIn, withoutCommands } from './plain-words.ts';

export type Verb = 'why' | 'retry' | 'restore' | 'let-go';

export interface PhoneNews extends ToldInWords {
  readonly id: string;
}

export interface PhoneMessage<N extends PhoneNews = PhoneNews> {
  /** All that it tells. */
  readonly news: readonly N[];
  readonly title: string;
  readonly text: string;
  /** A later message of the same tag takes its place on the phone. */
  readonly tag: string;
  readonly isAboutPictures: boolean;
  readonly buttons: readonly Verb[];
}

export const buttonTitles: Readonly<Record<Verb, string>> = { why: 'Why?', retry: 'Retry', restore: 'Restore', 'let-go': 'Let go' };

/** Which command of Homeroll's a button stands for. */
const commandOf: Readonly<Record<Verb, string>> = { why: 'why', retry: 'retry', restore: 'keep', 'let-go': 'let-go' };

/**
 * What is told at the same time, and would replace one another, is one message. In the order of the news.
 * @param isDigest pictures of all sources make one
 */
export function phoneMessages<N extends PhoneNews>(news: readonly N[], isDigest: boolean): readonly PhoneMessage<N>[] {
  const byTag = new Map<string, readonly N[]>();
  for (const one of news) {
    const tag = isDigest && !isProblem(one) ? 'pictures' : sortOf(one);
    byTag.set(tag, [...(byTag.get(tag) ?? []), one]);
  }
  return [...byTag].map(([sort, some]) => messageOf(sort, some));
}

function messageOf<N extends PhoneNews>(sort: string, news: readonly N[]): PhoneMessage<N> {
  const newest = news.at(-1);
  if (!newest) throw new Error('a message tells something');
  const buttons = buttonsOf(newest);
  const isAboutPictures = !isProblem(newest);
  const sources = new Set(news.map(({ facts }) => (typeof facts.source === 'string' ? facts.source : 'Homeroll')));
  const [only = 'Homeroll'] = sources;
  return {
    news,
    title: sources.size === 1 ? only : 'Homeroll',
    // Of a problem that lasts the newest word holds.
    text: isAboutPictures ? gather(news) : inReach(newest.text, buttons),
    tag: tagOf(sort),
    isAboutPictures,
    buttons,
  };
}

/** What a message replaces: others of the same sort. */
export function sortOf(news: PhoneNews): string {
  const { facts, id } = news;
  if (!isProblem(news)) return `pictures ${String(facts.source ?? '')}`;
  // Each has buttons of its own, for the files of its own.
  if (typeof facts.batch === 'number') return `batch ${facts.batch}`;
  return lastingOf(news) ?? id;
}

/** At most 64 of `A-Z a-z 0-9 _ -`, which all phones take. */
export function tagOf(sort: string): string {
  const slug = sort
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return `homeroll-${slug}-${createHash('sha256').update(sort).digest('hex').slice(0, 8)}`;
}

/** At most three: Android shows no more. */
export function buttonsOf(news: PhoneNews): readonly Verb[] {
  const { kind, facts } = news;
  if (!isProblem(news) || ['source back', 'part back', 'back at home', 'renamed at home', 'journal anew', 'account changed'].includes(kind))
    return [];
  if (kind === 'many removed' || Number(facts.trashed ?? 0) > 0) return ['why', 'restore', 'let-go'];
  return kind === 'batch safe' || kind === 'account hindered' || kind === 'key refused' ? ['why', 'retry'] : ['why'];
}

/** A command for which there is a button is not named. Where there is none it is all the owner has. */
function inReach(text: string, buttons: readonly Verb[]): string {
  const named = buttons.map((verb) => commandOf[verb]);
  return commandsIn(text).every((command) => named.includes(command)) ? withoutCommands(text) : text;
}

export interface PhoneContent {
  readonly title: string;
  readonly text: string;
  readonly tag: string;
  readonly buttons: readonly Verb[];
  /** Which news the buttons are about. */
  readonly newsId: string;
  /** Name of the notify action: comes back with the button. */
  readonly phone: string;
  readonly homeroll: string;
  /** A path within Home Assistant. */
  readonly image?: string | undefined;
}

/** What Home Assistant's notify action takes. */
export function phoneContent({
  title,
  text,
  tag,
  buttons,
  newsId,
  phone,
  homeroll,
  image,
}: PhoneContent): Readonly<Record<string, unknown>> {
  const actions = buttons.map((verb) => ({ action: actionId(homeroll, { newsId, verb }), title: buttonTitles[verb] }));
  return {
    title,
    message: text,
    data: {
      tag,
      group: 'homeroll',
      ...(image !== undefined && { image }),
      // iOS gives back nothing but this.
      ...(actions.length > 0 && { actions, action_data: { phone, news: newsId } }),
    },
  };
}

/** What takes a message from the phone. */
export function phoneClearing(tag: string): Readonly<Record<string, unknown>> {
  return { message: 'clear_notification', data: { tag } };
}

/** The name of a button when it is pressed: unique for each message. @param home tells two Homerolls of one household apart */
export function actionId(home: string, { newsId, verb }: Pressed): string {
  return `${home}:${newsId}:${verb}`;
}

export interface Pressed {
  readonly newsId: string;
  readonly verb: Verb;
}

/** Undefined: not one of ours. */
export function pressedOf(home: string, action: unknown): Pressed | undefined {
  if (typeof action !== 'string' || !action.startsWith(`${home}:`)) return undefined;
  const [newsId = '', verb = '', ...rest] = action.slice(home.length + 1).split(':');
  return newsId !== '' && isVerb(verb) && rest.length === 0 ? { newsId, verb } : undefined;
}

function isVerb(word: string): word is Verb {
  return Object.hasOwn(buttonTitles, word);
}
