/** Check: does Immich have these bytes already? Asked for hundreds of files at once. */
import type { Sha1 } from '../../domain/index.ts';
import type { Presence } from '../../immich/index.ts';
import type { Journal } from '../../journal/index.ts';
import { happened, type Outcome } from '../outcome.ts';
import { standing, stored } from '../presence.ts';
import type { FileIn, SourceInUse, Step } from '../step.ts';

export function checkStep({ journal }: { readonly journal: Pick<Journal, 'contents' | 'sources'> }): Step {
  const judgeOne = async (
    sha1: Sha1,
    presence: Presence,
    { source, signal }: { source: SourceInUse; signal: AbortSignal },
  ): Promise<Outcome> => {
    const known = journal.contents.find(source.account.id, sha1);
    const verdict = standing({ sha1, presence, known, source, journal });
    if (verdict.kind === 'outcome') return verdict.outcome;
    // Nothing is erased here: first the file on disk is looked at.
    if (verdict.kind === 'replace') return happened('absent');
    await source.account.immich.restore([verdict.presence.assetId], signal);
    return stored(sha1, { presence: verdict.presence, known, source });
  };
  return {
    name: 'check',
    from: ['hashed'],
    lane: 'ask',
    gatherMs: 50,
    atOnce: 500,
    async run(files: readonly FileIn[], source, signal) {
      // The hash step never lets a file go on without one; a row without it is a row somebody reset.
      const sha1s = files.flatMap(({ file }) => file.sha1 ?? []);
      const presences = await source.account.immich.checkPresence(sha1s, signal);
      const presenceOf = new Map(sha1s.map((sha1, index) => [sha1, presences[index]]));
      const outcomes: Outcome[] = [];
      for (const { file } of files) {
        const presence = file.sha1 && presenceOf.get(file.sha1);
        outcomes.push(
          file.sha1 && presence
            ? await judgeOne(file.sha1, presence, { source, signal })
            : happened('changed', { reason: 'its SHA-1 was not known' }),
        );
      }
      return outcomes;
    },
  };
}
