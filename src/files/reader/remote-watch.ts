/** Listens to a folder by the process that reads its device: when that ends, the last hint says that nothing is heard any more. */
import { OwnerError, sentenceOf } from '../../kernel/index.ts';
import { NoAnswer } from '../disk-error.ts';
import type { Hint } from '../gather-hints.ts';
import type { IgnoreRules } from '../ignored.ts';
import type { Subscription } from '../watch.ts';
import { type Device, Silence } from './device.ts';
import { noAnswerFrom, type Speaking } from './remote-errors.ts';

export interface OutsideParts extends Speaking {
  readonly root: string;
  readonly onHint: (hint: Hint) => void;
  readonly device: Device;
  readonly rules?: IgnoreRules | undefined;
  readonly patienceMs?: number;
}

/** @throws OwnerError when the system refuses, or the device does not answer */
export async function watchOutside(parts: OutsideParts, signal: AbortSignal): Promise<Subscription> {
  const { root, onHint, device, rules, patienceMs = Number.POSITIVE_INFINITY } = parts;
  signal.throwIfAborted();
  const { answer: watch, by } = await device.askAny({ ask: 'watch', root, rules }, patienceMs).catch((error: unknown) => {
    throw watchError(error, parts);
  });
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    by.unhear(watch);
    // Not waited for: what it listens to may have fallen silent.
    device.askOf(by, { ask: 'unwatch', watch }, Number.POSITIVE_INFINITY).catch(() => undefined);
  };
  if (signal.aborted) await close();
  signal.throwIfAborted();
  by.hear(watch, (hint) => {
    if (!isClosed) onHint(hint);
  });
  signal.addEventListener('abort', () => void close(), { once: true });
  return { [Symbol.asyncDispose]: close };
}

export function watchError(error: unknown, { root, ...speaking }: Speaking & Pick<OutsideParts, 'root'>): OwnerError {
  const cause = error instanceof Silence ? noAnswerFrom(error, speaking) : error;
  // What the watcher said in the other process is a sentence already.
  const sentence = cause instanceof NoAnswer ? `${root} cannot be listened to now. ${cause.message}` : sentenceOf(cause);
  return new OwnerError('watch-refused', sentence, { cause });
}
