/** Videos that were sent hidden, and whose own files left the disk before a still came to show them: nothing else comes by them again. */
import { ImmichError } from '../../immich/index.ts';
import type { Journal } from '../../journal/index.ts';
import { showIfHidden } from '../library.ts';
import type { AccountInUse } from '../step.ts';

export async function showForgotten(
  account: AccountInUse,
  { journal, whenFree }: { readonly journal: Pick<Journal, 'verified' | 'contents'>; readonly whenFree: () => Promise<void> },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const page = journal.verified.hiddenOnNoDisk(account.id);
    if (page.length === 0) return;
    for (const { sha1, assetId } of page) {
      await whenFree();
      try {
        await showIfHidden(assetId, { account, signal });
      } catch (error) {
        // What the key may not do waits for another night; the household is told by files that need the same.
        if (error instanceof ImmichError && error.permission !== undefined) return;
        throw error;
      }
      journal.contents.markShown(account.id, sha1, undefined);
    }
  }
}
