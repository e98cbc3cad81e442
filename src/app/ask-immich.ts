/** Asks Immich in a few seconds whether it is there, and whether it takes the keys. */
import type { ImmichAnswer } from '../desk/index.ts';
import { sentenceOf } from '../kernel/index.ts';
import { type ReachParts, reachImmich } from './reach-immich.ts';

// Who asks for numbers does not want to wait for a server that is off.
const patienceMs = 5_000;

export interface ImmichQuestion extends ReachParts {
  readonly withKeys: boolean;
}

export async function askImmich(question: ImmichQuestion, signal: AbortSignal): Promise<ImmichAnswer> {
  const { config, clock, withKeys } = question;
  const [first] = config.immich.accounts;
  if (!first) return { reachable: false, version: null };
  await using reach = await reachImmich(question);
  const tooLong = new AbortController();
  const ended = new AbortController();
  clock.sleep(patienceMs, ended.signal).then(
    () => tooLong.abort(),
    () => undefined,
  );
  const patient = AbortSignal.any([signal, tooLong.signal]);
  let version: string | null = null;
  try {
    ({ version } = await reach.connect(first).serverVersion(patient));
    if (withKeys) await Promise.all(config.immich.accounts.map((account) => reach.connect(account).me(patient)));
    return { reachable: true, version };
  } catch (error) {
    signal.throwIfAborted();
    const problem = tooLong.signal.aborted
      ? `Immich is away (${config.immich.url.href.replace(/\/$/, '')} does not answer).`
      : sentenceOf(error);
    return { reachable: version !== null, version, problem };
  } finally {
    ended.abort();
  }
}
