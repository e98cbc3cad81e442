/** The photo that became safe last, to be shown. A few rows of the history are looked at, however many files move. */
import { type AssetId, countedAs } from '../domain/index.ts';
import type { Journal } from '../journal/index.ts';

export interface SafePicture {
  readonly assetId: AssetId;
  /** Name of the account that has it. */
  readonly account: string;
}

export interface LastPicture {
  /** Undefined: none became safe. */
  readonly picture: SafePicture | undefined;
  /** Number of the last entry looked at: ask on from there. */
  readonly lastId: number;
}

// What happens within a moment to many; the next look sees the next.
const mostEntries = 500;

/** @param sources names of those that count @param afterId an entry of the history: only what came later is looked at */
export function lastPicture(journal: Journal, sources: readonly string[], afterId: number): LastPicture {
  const entries = journal.history.newest(afterId, mostEntries);
  const lastId = entries[0]?.id ?? afterId;
  for (const { fileId, to } of entries) {
    if (to !== 'proven') continue;
    const file = journal.files.byId(fileId);
    if (file?.kind !== 'photo' || file.role !== 'main' || countedAs(file.state) !== 'safe' || !file.assetId) continue;
    const { name, accountId } = journal.sources.byId(file.sourceId);
    const account = accountId === undefined ? undefined : journal.sources.account(accountId);
    if (account && sources.includes(name)) return { picture: { assetId: file.assetId, account: account.name }, lastId };
  }
  return { picture: undefined, lastId };
}
