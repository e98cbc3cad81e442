/** Looks at a verification while it goes on and shows it: in place on a terminal, else a line now and then. */
import { verification } from '../desk/index.ts';
import { formatSize, grouped } from '../domain/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { OpenHomeroll } from './app-port.ts';
import type { Screen } from './screen.ts';
import { shortened } from './text.ts';

export interface VerifyFollowing {
  readonly open: Pick<OpenHomeroll, 'journal' | 'work'>;
  readonly screen: Screen;
  readonly clock: Clock;
  /** Lines of JSON instead. */
  readonly isJson: boolean;
}

const lookEveryMs = 200;
const lineEveryMs = 5_000;
const barColumns = 24;

/** Follows `work` for as long as it takes; leaves nothing on the screen but what was said. */
export async function followVerify<T>(following: VerifyFollowing, work: () => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const watching = follow(following, ended.signal);
  try {
    return await work();
  } finally {
    ended.abort();
    await watching;
  }
}

async function follow({ open, screen, clock, isJson }: VerifyFollowing, signal: AbortSignal): Promise<void> {
  const startMs = clock.elapsed();
  let toldAtMs = startMs;
  try {
    while (!signal.aborted) {
      await clock.sleep(lookEveryMs, signal);
      const { running } = verification(open.journal, [], clock.now());
      if (!running || running.total === 0) continue;
      const seconds = (clock.elapsed() - startMs) / 1_000;
      const head = `${grouped(running.done)} of ${grouped(running.total)} read back · ${formatSize(open.work.provenBytes / seconds)}/s`;
      const damaged = running.damaged === 0 ? '' : ` · ${grouped(running.damaged)} damaged`;
      if (screen.isLive && !isJson) {
        const filled = Math.floor((running.done / running.total) * barColumns);
        const { asidePaint: paint } = screen;
        const bar = paint.green('━'.repeat(filled)) + paint.dim('━'.repeat(barColumns - filled));
        screen.show([`${bar} ${paint.bold(shortened(`${head}${damaged}`, screen.asideColumns - barColumns - 1))}`]);
      } else if (clock.elapsed() - toldAtMs >= lineEveryMs) {
        toldAtMs = clock.elapsed();
        screen.say(isJson ? JSON.stringify({ progress: running }) : `${head}${damaged}`);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    screen.show([]);
  }
}
