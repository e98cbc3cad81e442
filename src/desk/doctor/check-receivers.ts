/** Are the receivers there that are told in their own form? They are asked as far as that makes nobody's phone ring. */
import type { Config } from '../../config/index.ts';
import { type Ask, type MailPort, tryOut } from '../../tell/index.ts';
import { type Finding, ok, problem } from './finding.ts';

export interface ReceiversParts {
  readonly config: Pick<Config, 'tell'>;
  readonly receivers: { readonly ask: Ask; readonly mail: MailPort };
}

export async function* checkReceivers({ config, receivers }: ReceiversParts, signal: AbortSignal): AsyncGenerator<Finding> {
  for (const teller of config.tell) {
    if (!('isPictureSent' in teller)) continue;
    const about = `${teller.kind} at ${teller.host}`;
    const { isWell, sentence, cure } = await tryOut(teller, receivers, signal);
    yield isWell ? ok(about, sentence) : problem(about, sentence, cure);
  }
}
