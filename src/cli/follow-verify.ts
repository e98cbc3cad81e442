/** Looks at a verification while it goes on and shows it: how much is read back, how fast, and what is damaged. */
import { verification } from '../desk/index.ts';
import { formatSize, grouped } from '../domain/index.ts';
import type { OpenHomeroll } from './app-port.ts';
import { type Look, type LookingOn, lookingOn } from './looking-on.ts';
import { progressBar } from './progress.ts';
import { shortened } from './text.ts';

export interface VerifyFollowing extends LookingOn {
  readonly open: Pick<OpenHomeroll, 'journal' | 'work'>;
}

const barColumns = 24;

/** Follows `work` for as long as it takes. */
export function followVerify<T>(following: VerifyFollowing, work: () => Promise<T>): Promise<T> {
  const { open, screen, clock, isJson } = following;
  const startMs = clock.elapsed();
  const look = (): Look | undefined => {
    const { running } = verification(open.journal, [], clock.now());
    if (!running || running.total === 0) return undefined;
    const seconds = (clock.elapsed() - startMs) / 1_000;
    const damaged = running.damaged === 0 ? '' : ` · ${grouped(running.damaged)} damaged`;
    const sentence = `${grouped(running.done)} of ${grouped(running.total)} read back · ${formatSize(open.work.provenBytes / seconds)}/s${damaged}`;
    const { asidePaint: paint, asideColumns } = screen;
    return {
      block: () => [
        `${progressBar(running.done / running.total, barColumns, paint)} ${paint.bold(shortened(sentence, asideColumns - barColumns - 1))}`,
      ],
      line: () => (isJson ? JSON.stringify({ progress: running }) : sentence),
    };
  };
  return lookingOn(following, look, work);
}
