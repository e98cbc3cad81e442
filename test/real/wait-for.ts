/** Waiting for what others do: looks again and again, and says what never came. */
import { setTimeout as sleep } from 'node:timers/promises';

// A real Home Assistant on a busy machine takes its time; what works is there in a second or two.
const patienceMs = 60_000;
const lookEveryMs = 100;

/**
 * @param what   is waited for, to stand after "waited in vain: "
 * @param look   undefined or false: not yet
 * @param instead what is there instead, for the message
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  instead?: () => unknown,
): Promise<T> {
  const giveUpMs = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > giveUpMs) {
      const seen = instead ? `; instead: ${JSON.stringify(await instead())}` : '';
      throw new Error(`waited in vain: ${what}${seen}`);
    }
    await sleep(lookEveryMs);
  }
}
