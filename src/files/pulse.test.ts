import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pulse, whyUnsure } from './pulse.ts';

describe('a process that stood still', () => {
  for (const { name, tookMs, workedMs, why } of [
    { name: 'is one whose beat is late though it did nothing', tookMs: 1_700, workedMs: 3, why: 'Homeroll stood still for 1.5 s' },
    { name: 'is none whose beat is a little late', tookMs: 480, workedMs: 0, why: undefined },
    { name: 'is none that worked meanwhile', tookMs: 1_700, workedMs: 1_650, why: undefined },
  ])
    it(name, () => assert.equal(whyUnsure({ tookMs, workedMs }), why));

  it('is told to whoever asks, for as long as they do', async () => {
    let elapsedMs = 0;
    let beat = (): void => undefined;
    const sleep = (_: number, signal: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        beat = resolve;
      });
    const pulse = new Pulse({ now: () => elapsedMs, elapsed: () => elapsedMs, sleep }, () => 0);
    const told: string[] = [];
    const toldSince = (first: number): readonly string[] => told.slice(first);
    const beatAfter = async (ms: number): Promise<void> => {
      elapsedMs += ms;
      beat();
      await new Promise(setImmediate);
    };
    const [one, other] = [new AbortController(), new AbortController()];
    pulse.onStill((why) => void told.push(`one: ${why}`), one.signal);
    pulse.onStill((why) => void told.push(`other: ${why}`), other.signal);
    await beatAfter(200);
    assert.deepEqual(toldSince(0), []);
    one.abort();
    await beatAfter(2_200);
    assert.deepEqual(toldSince(0), ['other: Homeroll stood still for 2.0 s']);
    other.abort();
    await beatAfter(9_000);
    pulse.onStill((why) => void told.push(`anew: ${why}`), new AbortController().signal);
    await beatAfter(1_200);
    assert.deepEqual(toldSince(1), ['anew: Homeroll stood still for 1.0 s']);
  });
});
