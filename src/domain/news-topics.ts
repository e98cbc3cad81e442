/** What each kind of news is about, and so who hears it: pictures, or problems. Pure. */

/** `problems` is all that may need a person; `pictures` the rest. */
export type Topic = 'pictures' | 'problems';

/** Whether a problem begins or ends with it makes no difference: who heard of the one wants to hear of the other. */
const topics = {
  'batch safe': ['pictures'],
  'backlog found': ['pictures'],
  'backlog progress': ['pictures'],
  'album deleted': ['pictures'],
  // The owner's own hand, told so that they see it was understood.
  'let go': ['pictures'],
  'shown again': ['pictures'],
  'half removed': ['pictures'],
  'half stays': ['pictures'],
  'lost before safe': ['problems'],
  'replaced before safe': ['problems'],
  'left alone': ['problems'],
  'mark asked': ['problems'],
  'proof failed': ['problems'],
  'source away': ['problems'],
  'source back': ['problems'],
  'part away': ['problems'],
  'part back': ['problems'],
  'half missing': ['problems'],
  'many removed': ['problems'],
  'strangers found': ['problems'],
  'account changed': ['problems'],
  'account hindered': ['problems'],
  'key refused': ['problems'],
  'nothing readable': ['problems'],
  'journal anew': ['problems'],
  'renamed at home': ['problems'],
  'missing at home': ['problems'],
  'back at home': ['problems'],
} as const satisfies Readonly<Record<string, readonly Topic[]>>;

/** All kinds of news there are. */
export type NewsKind = keyof typeof topics;

export const newsKinds = Object.keys(topics) as readonly NewsKind[];

/** News as far as it matters to whom they go. `kind` may be one of an older or a newer Homeroll's. */
export interface Told {
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export function topicsOf({ kind, facts }: Told): readonly Topic[] {
  if (!isKind(kind)) return ['pictures', 'problems'];
  const needsSomebody = typeof facts.blocked === 'number' && facts.blocked > 0;
  return needsSomebody && kind === 'batch safe' ? ['pictures', 'problems'] : topics[kind];
}

export function isProblem(news: Told): boolean {
  return topicsOf(news).includes('problems');
}

export interface Audience {
  /** Left out: all of them. */
  readonly sources?: readonly string[];
  readonly about: readonly Topic[];
}

/** What is about no source is for everybody. @param accountOf whose library a source fills: what befalls an account befalls its sources */
export function isMeantFor({ sources, about }: Audience, news: Told, accountOf: (source: string) => string | undefined): boolean {
  return topicsOf(news).some((topic) => about.includes(topic)) && (sources === undefined || isAboutAny(sources, news, accountOf));
}

/** Whether it concerns one of these sources, whatever the topic. */
export function isAboutAny(sources: readonly string[], { facts }: Told, accountOf: (source: string) => string | undefined): boolean {
  if (typeof facts.source === 'string') return sources.includes(facts.source);
  const { account } = facts;
  return typeof account !== 'string' || sources.some((source) => accountOf(source) === account);
}

function isKind(kind: string): kind is NewsKind {
  return Object.hasOwn(topics, kind);
}
