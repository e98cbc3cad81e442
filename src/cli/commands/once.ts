/** `once`: looks through everything, works until nothing more can be done now, and says how it ended. */
import { Command, Option } from 'commander';
import type { Config } from '../../config/index.ts';
import {
  type ExitCode,
  exitCodeOf,
  hindranceOf,
  isAnythingUndone,
  questionsOf,
  reasonsUndone,
  status,
  verification,
} from '../../desk/index.ts';
import { summarise } from '../../domain/index.ts';
import type { LifeWish, OpenHomeroll } from '../app-port.ts';
import { type Door, does, durationMs, examples, type GlobalOptions, several } from '../door.ts';
import { followed } from '../follow.ts';
import { logOn } from '../log.ts';
import { readSettings, sourcesMeant } from '../settings.ts';
import { plain } from '../text.ts';

interface OnceOptions extends GlobalOptions {
  readonly source?: readonly string[];
  readonly patience: number;
}

export const usualPatienceMs = 60_000;

export function onceCommand(door: Door): Command {
  return new Command('once')
    .description('back up what is there now, say how it ended, and end')
    .option('--source <name>', 'only this source (may be given several times)', several)
    .addOption(
      new Option(
        '--patience <time>',
        'how long to wait for another try of what failed, or an answer of Immich, while no file comes further',
      )
        .argParser(durationMs)
        .default(usualPatienceMs, '60 s'),
    )
    .addHelpText('after', examples('homeroll once', 'homeroll once --source Scanner --patience 5m', 'homeroll once --json'))
    .action(does<OnceOptions>(door, (options) => once(door, options)));
}

export async function once(door: Door, options: OnceOptions): Promise<ExitCode> {
  const { app, screen, stop } = door;
  const { json: isJson = false } = options;
  const settings = await readSettings(app, options.config);
  const { config } = settings;
  const sources = sourcesMeant(settings, options.source);
  const log = logOn({ screen, clock: app.clock, level: config.logLevel, timeZone: config.timeZone, isJson });
  const work: LifeWish<ExitCode>['work'] = async ({ open }, signal) => {
    await followed({ open, sources, screen, clock: app.clock, isJson }, () => open.once({ sources, patienceMs: options.patience }, signal));
    const code = exitCodeOf({ isAccountUnusable: open.troubles().length > 0, isSomethingUndone: isAnythingUndone(open.journal, sources) });
    if (isJson) await screen.answer(JSON.stringify(await asJson(door, { open, config, sources, code })));
    else await screen.tell(inWords(open, sources).join('\n'));
    return code;
  };
  return app.live({ config, logFor: () => log, work }, stop.signal);
}

/** A line per source, what is in the way of it, and the line that counts. */
export function inWords(open: OpenHomeroll, sources: readonly string[]): readonly string[] {
  const { sources: each, files, paused } = status(open.journal, { sources, immich: { reachable: true, version: null } });
  const lines = summarise(
    each.map(({ name, files: numbers, lastSweptAt }) => ({ name: plain(name), numbers, isLookedThrough: lastSweptAt !== null })),
    files,
  );
  const hindrances = [...each.flatMap((source) => hindranceOf(source) ?? []), ...(paused ? ['Paused: `homeroll resume` goes on.'] : [])];
  const unreadable = each.flatMap(({ unreadable: sentences = [] }) => sentences.map(plain));
  const asked = each.flatMap((source) => questionsOf(source).map(plain));
  const troubles = open.troubles().map(({ sentence }) => plain(sentence));
  // An account's trouble may be the reason that its files wait, too.
  const reasons = reasonsUndone(open.journal, sources).map(plain);
  return [
    ...lines.slice(0, -1),
    ...new Set([...hindrances.map(plain), ...unreadable, ...asked, ...troubles, ...reasons]),
    ...lines.slice(-1),
  ];
}

async function asJson(
  { app, stop }: Door,
  { open, config, sources, code }: { open: OpenHomeroll; config: Config; sources: readonly string[]; code: ExitCode },
): Promise<Readonly<Record<string, unknown>>> {
  const immich = await app.askImmich(config, { withKeys: false }, stop.signal);
  const { uploads, filesOpened, proofs, uploadedBytes, provenBytes } = open.work;
  return {
    ...status(open.journal, { sources, immich }),
    verification: verification(open.journal, config.sources, app.clock.now()),
    work: { uploads, filesOpened, proofs, uploadedBytes, provenBytes },
    troubles: open.troubles().map(({ account, sentence }) => ({ account: account.name, sentence })),
    exitCode: code,
  };
}
