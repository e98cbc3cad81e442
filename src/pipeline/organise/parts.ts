/** What the work on one source's albums and tags is done with. */
import type { Journal } from '../../journal/index.ts';
import type { Clock } from '../../kernel/index.ts';
import type { Hindrances } from '../hindrances.ts';
import type { NewsDesk } from '../news.ts';
import type { SourceInUse } from '../step.ts';

export interface OrganisingParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly news: NewsDesk;
  readonly hindrances: Hindrances;
  readonly source: SourceInUse;
  readonly signal: AbortSignal;
}
