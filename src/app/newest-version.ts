/** Asks the npm registry which Homeroll is the newest. */
import { type Clock, type Log, sentenceOf } from '../kernel/index.ts';

export const registryUrl = 'https://registry.npmjs.org/homeroll/latest';

export interface NewestWish {
  readonly url: string;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly log: Log;
}

const patienceMs = 30_000;
const longestLetters = 1_000_000;

/** Undefined, and a line for us, whenever there is no good answer: nobody is to be bothered with that. */
export async function newestVersion({ url, userAgent, clock, log }: NewestWish, signal: AbortSignal): Promise<string | undefined> {
  const over = new AbortController();
  const tooLong = new AbortController();
  clock.sleep(patienceMs, over.signal).then(
    () => tooLong.abort(),
    () => undefined,
  );
  try {
    const headers = { accept: 'application/json', 'user-agent': userAgent };
    const answer = await fetch(url, { headers, signal: AbortSignal.any([signal, tooLong.signal]) });
    const text = await answer.text();
    if (!answer.ok || text.length > longestLetters) throw new Error(`it answers with status ${answer.status}`);
    const { version } = JSON.parse(text) as { version?: unknown };
    if (typeof version !== 'string' || !/^\d+\.\d+\.\d+/.test(version)) throw new Error('it names no version');
    return version;
  } catch (error) {
    if (!signal.aborted) log.debug('whether there is a newer Homeroll is not known', { why: sentenceOf(error) });
    return undefined;
  } finally {
    over.abort();
  }
}
