/** Lets several lives be lived beside the work that they are for. */

export type Life = (signal: AbortSignal) => Promise<void>;

/** All of them until the work ends or one fails; then none goes on. A life that ends by itself ends nothing else. */
export async function alongside(lives: readonly Life[], work: Life, signal: AbortSignal): Promise<void> {
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  const living = lives.map((live) => live(both));
  const working = work(both);
  try {
    await Promise.race([working, ...living.map((one) => one.then(() => new Promise<never>(() => undefined)))]);
  } finally {
    ending.abort();
    await Promise.allSettled([...living, working]);
  }
}
