/** What a phone shows of news: which of them make one message, what it replaces, and which buttons it has. Pure. */
import { isProblem } from './news-topics.ts';
import { commandsIn, withoutCommands } from './plain-words.ts';
import { type NewsToTell, tagOf, toldTogether } from './told-together.ts';

export type Verb = 'why' | 'retry' | 'restore' | 'let-go';

export type PhoneNews = NewsToTell;

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

/** @param isDigest pictures of all sources make one */
export function phoneMessages<N extends PhoneNews>(news: readonly N[], isDigest: boolean): readonly PhoneMessage<N>[] {
  return toldTogether(news, isDigest).map((together) => {
    const buttons = buttonsOf(together.newest);
    const { sort, newest: _, text, ...shown } = together;
    return { ...shown, text: shown.isAboutPictures ? text : inReach(text, buttons), tag: tagOf(sort), buttons };
  });
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
