/** What the key may not do is left out until it may: a part of the work that the rest can do without. */
import { tellPermissionMissing } from '../../domain/index.ts';
import { ImmichError } from '../../immich/index.ts';
import { type Feature, type Hindrances, mendedByHandMs } from '../hindrances.ts';
import type { Outcome } from '../outcome.ts';
import type { SourceInUse } from '../step.ts';

export interface LeftOutParts {
  readonly source: SourceInUse;
  readonly hindrances: Hindrances;
}

/**
 * @param work asks Immich for something that the feature stands for
 * @returns what is to be said of the files that wait for it; undefined: it was done
 */
export async function unlessHindered(
  feature: Feature,
  work: () => Promise<unknown>,
  { source: { account }, hindrances }: LeftOutParts,
): Promise<Outcome | undefined> {
  const isOff = hindrances.stateOf(account, feature) === 'off';
  if (!isOff) {
    try {
      await work();
      hindrances.lift(account, feature);
      return undefined;
    } catch (error) {
      if (!(error instanceof ImmichError) || error.permission === undefined) throw error;
      const { permission: cause, message: sentence } = error;
      const news = tellPermissionMissing({ account: account.name, permission: cause });
      hindrances.note(account, feature, { cause, sentence, news, waitMs: mendedByHandMs });
    }
  }
  const why = hindrances.reasonOf(account, feature);
  return why && { kind: 'wait', ...why };
}
