/** The second look in words: for `status`, and for the end of `verify`. */
import type { Verification } from '../desk/index.ts';
import { counted, formatDuration, grouped, listed } from '../domain/index.ts';

/** How old the oldest proof is; undefined when there is none. */
export function oldestProofInWords({ oldestProofAt }: Verification, nowMs: number): string | undefined {
  if (oldestProofAt === null) return undefined;
  const ageMs = nowMs - Date.parse(oldestProofAt);
  return ageMs < 60_000 ? 'The oldest proof is less than a minute old.' : `The oldest proof is ${formatDuration(ageMs)} old.`;
}

/** What needs a person, and how it is answered. */
export function needsInWords({ damaged, damagedOnNoDisk, askedAbout, askedAboutOnNoDisk, askedSources }: Verification): readonly string[] {
  const onDisk = damaged - damagedOnNoDisk;
  const lost = askedAboutOnNoDisk === 0 ? '' : ` (on no disk any more: ${grouped(askedAboutOnNoDisk)})`;
  const answers = askedSources.map(
    (name) => `Sent again by homeroll keep --source "${name}", let go by homeroll let-go --source "${name}".`,
  );
  return [
    ...(onDisk > 0 ? [`${grouped(onDisk)} ${onDisk === 1 ? 'is' : 'are'} damaged in Immich: homeroll files --state blocked`] : []),
    ...(damagedOnNoDisk > 0
      ? [
          `${grouped(damagedOnNoDisk)} ${damagedOnNoDisk === 1 ? 'is' : 'are'} damaged in Immich and on no disk any more: homeroll files --state gone`,
        ]
      : []),
    ...(askedAbout > 0
      ? [`${grouped(askedAbout)} ${askedAbout === 1 ? 'is' : 'are'} gone from Immich, all at once${lost}. ${answers.join(' ')}`]
      : []),
  ];
}

/** So that nobody takes for looked after what is not. */
export function leftAloneInWords({ leftAlone: { count, sources } }: Verification): string | undefined {
  if (count === 0) return undefined;
  const are = count === 1 ? 'it is' : 'they are';
  return `${counted(count, 'original')} in Immich came from ${listed(sources)}, no longer among your sources: ${are} not counted here, nor looked at again.`;
}

/** `Verifying: 120 of 3,400 read back, 2 damaged.` */
export function runningInWords({ running }: Verification): string | undefined {
  if (!running) return undefined;
  const damaged = running.damaged === 0 ? '' : `, ${grouped(running.damaged)} damaged`;
  return `Verifying: ${grouped(running.done)} of ${grouped(running.total)} read back${damaged}.`;
}
