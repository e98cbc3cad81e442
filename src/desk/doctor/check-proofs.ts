/** Is everything proven anew as often as the owner wants it? */
import type { Config } from '../../config/index.ts';
import { formatDuration } from '../../domain/index.ts';
import type { Journal } from '../../journal/index.ts';
import type { Clock } from '../../kernel/index.ts';
import { verification } from '../verification.ts';
import { type Finding, ok, warning } from './finding.ts';

export interface ProofParts {
  readonly config: Config;
  readonly journal: Journal | undefined;
  readonly clock: Clock;
}

const about = 'what is safe';

export function checkProofs({ config, journal, clock }: ProofParts): readonly Finding[] {
  const { oldestProofAt } = verification(journal, config.sources, clock.now());
  if (oldestProofAt === null) return [];
  const ageMs = clock.now() - Date.parse(oldestProofAt);
  const sentence = `The oldest proof is ${formatDuration(ageMs)} old`;
  if (!config.verify || ageMs <= 2 * config.verify.everyMs) return [ok(about, `${sentence}.`)];
  const { from, to } = config.verify.quietHours;
  return [
    warning(
      about,
      `${sentence}, and everything was to be proven anew within ${formatDuration(config.verify.everyMs)}.`,
      `Let Homeroll run in its quiet hours (${from} to ${to}), or say: homeroll verify`,
    ),
  ];
}
