/** The small picture that goes with a message to a receiver: of the photo that became safe last, from the library that has it. */
import { lastPicture } from '../desk/index.ts';
import { type Immich, ImmichError } from '../immich/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Log } from '../kernel/index.ts';
import type { ReceiverPorts } from '../tell/index.ts';

export interface PictureParts {
  readonly journal: Journal;
  readonly log: Log;
  /** Undefined: nobody has asked this account's Immich for anything. */
  readonly immichOf: (account: string) => Immich | undefined;
}

const mostBytes = 200 * 1024;
/** What was told of is among the newest of the history. */
const lookBack = 500;

export function pictureToSend({ journal, log, immichOf }: PictureParts): ReceiverPorts['pictureOf'] {
  let isToldOf = false;
  return async (sources, signal) => {
    const { picture } = lastPicture(journal, sources, Math.max(0, journal.history.lastId() - lookBack));
    if (!picture) return undefined;
    try {
      const small = await immichOf(picture.account)?.smallPicture(picture.assetId, mostBytes, signal);
      return small === undefined || small === 'none' ? undefined : small;
    } catch (error) {
      signal.throwIfAborted();
      // A message without a picture is better than none; that Immich is away is told elsewhere.
      if (!(error instanceof ImmichError)) throw error;
      if (error.kind === 'permission missing' && !isToldOf) {
        log.warn(`Messages go without a picture: ${error.message}`, { account: picture.account });
        isToldOf = true;
      }
      return undefined;
    }
  };
}
