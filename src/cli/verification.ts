/** The second look in words: for `status`, and for the end of `verify`. */
import type { Verification } from '../desk/index.ts';
import { formatDuration, grouped } from '../domain/index.ts';

/** How old the oldest proof is; undefined when there is none. */
export function oldestProofInWords({ oldestProofAt }: Verification, nowMs: number): string | undefined {
  if (oldestProofAt === null) return undefined;
  const ageMs = nowMs - Date.parse(oldestProofAt);
  return ageMs < 60_000 ? 'The oldest proof is of this minute.' : `The oldest proof is ${formatDuration(ageMs)} old.`;
}

/** What needs a person. */
export function needsInWords({ damaged, damagedOnNoDisk, askedAbout, askedAboutOnNoDisk, askedSources }: Verification): readonly string[] {
  const lost = (count: number): string => (count === 0 ? '' : `, ${grouped(count)} of them on no disk any more`);
  const [is, was] = [(count: number): string => (count === 1 ? 'is' : 'are'), (count: number): string => (count === 1 ? 'was' : 'were')];
  return [
    ...(damaged > 0
      ? [`${grouped(damaged)} ${is(damaged)} damaged in Immich${lost(damagedOnNoDisk)}: homeroll files --state blocked`]
      : []),
    ...(askedAbout > 0
      ? [
          `${grouped(askedAbout)} ${was(askedAbout)} gone from Immich all at once${lost(askedAboutOnNoDisk)}. ${askedSources
            .map((name) => `Sent again by homeroll keep --source "${name}", let go by homeroll let-go --source "${name}".`)
            .join(' ')}`,
        ]
      : []),
  ];
}

/** `Verifying: 120 of 3,400 read back, 2 damaged.` */
export function runningInWords({ running }: Verification): string | undefined {
  if (!running) return undefined;
  const damaged = running.damaged === 0 ? '' : `, ${grouped(running.damaged)} damaged`;
  return `Verifying: ${grouped(running.done)} of ${grouped(running.total)} read back${damaged}.`;
}
