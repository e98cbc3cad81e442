/** Which news make one message, whatever shows it: what is told at the same time and would replace one another. Pure. */
import { createHash } from 'node:crypto';
import { gather, lastingOf, type ToldInWords } from './gather-news.ts';
import { isProblem } from './news-topics.ts';

export interface NewsToTell extends ToldInWords {
  readonly id: string;
}

export interface Together<N extends NewsToTell = NewsToTell> {
  /** All that it tells, in their order. */
  readonly news: readonly N[];
  readonly newest: N;
  /** What it replaces: others of the same sort. */
  readonly sort: string;
  readonly title: string;
  readonly text: string;
  readonly isAboutPictures: boolean;
}

/** In the order of the news. @param isDigest pictures of all sources make one */
export function toldTogether<N extends NewsToTell>(news: readonly N[], isDigest: boolean): readonly Together<N>[] {
  const bySort = new Map<string, N[]>();
  for (const one of news) {
    const sort = isDigest && !isProblem(one) ? 'pictures' : sortOf(one);
    const known = bySort.get(sort);
    if (known) known.push(one);
    else bySort.set(sort, [one]);
  }
  return [...bySort].flatMap(([sort, some]) => {
    const newest = some.at(-1);
    return newest ? [together(sort, some, newest)] : [];
  });
}

function together<N extends NewsToTell>(sort: string, news: readonly N[], newest: N): Together<N> {
  const isAboutPictures = !isProblem(newest);
  const sources = new Set(news.map(({ facts }) => (typeof facts.source === 'string' ? facts.source : 'Homeroll')));
  const [only = 'Homeroll'] = sources;
  return {
    news,
    newest,
    sort,
    title: sources.size === 1 ? only : 'Homeroll',
    // Of a problem that lasts the newest word holds.
    text: isAboutPictures ? gather(news) : newest.text,
    isAboutPictures,
  };
}

/** What a message replaces: others of the same sort. */
export function sortOf(news: NewsToTell): string {
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
