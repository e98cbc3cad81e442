/** `verify`: looks again at what Immich has; here and now, or by way of the Homeroll that is at work. */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../../config/index.ts';
import { type ExitCode, exitCodeOf, verification } from '../../desk/index.ts';
import { parseShare, summariseVerified } from '../../domain/index.ts';
import { OwnerError } from '../../kernel/index.ts';
import type { RoundTold, Wish } from '../../pipeline/index.ts';
import type { LifeWish, OpenHomeroll } from '../app-port.ts';
import { type Door, does, examples, type GlobalOptions } from '../door.ts';
import { followVerify } from '../follow-verify.ts';
import { logOn } from '../log.ts';
import { readSettings, type Settings, sourcesMeant } from '../settings.ts';
import { plain, wrapped } from '../text.ts';
import { needsInWords, oldestProofInWords } from '../verification.ts';
import { give } from './orders.ts';

interface VerifyOptions extends GlobalOptions {
  readonly all?: boolean;
  readonly sample?: number;
  readonly source?: string;
}

export function verifyCommand(door: Door): Command {
  return new Command('verify')
    .description('read back once more what is due, and compare')
    .addOption(new Option('--all', 'everything, also what was only stored').conflicts(['sample', 'source']))
    .addOption(new Option('--sample <share>', 'a part of it, by chance').argParser(shareOf).conflicts('source'))
    .addOption(new Option('--source <name>', 'everything of this source'))
    .addHelpText(
      'after',
      examples('homeroll verify', 'homeroll verify --sample 2%', 'homeroll verify --source Scanner', 'homeroll verify --all --json'),
    )
    .action(does<VerifyOptions>(door, (options) => verify(door, options)));
}

async function verify(door: Door, options: VerifyOptions): Promise<ExitCode> {
  const { app, screen, stop } = door;
  const isJson = options.json ?? false;
  const settings = await readSettings(app, options.config);
  const { config } = settings;
  const wish = wishOf(options, settings);
  const log = logOn({ screen, clock: app.clock, level: config.logLevel, timeZone: config.timeZone, isJson });
  const work: LifeWish<ExitCode>['work'] = async ({ open }, signal) => {
    const told = await followVerify({ open, screen, clock: app.clock, isJson }, () => open.verify(wish, signal));
    return answer(door, { open, config, told, isJson });
  };
  try {
    return await app.live({ config, logFor: () => log, work }, stop.signal);
  } catch (error) {
    if (!(error instanceof OwnerError) || error.code !== 'journal held') throw error;
    // A Homeroll at work does it: it alone may write into its journal.
    return give(door, { settings, order: { kind: 'verify', subject: JSON.stringify(wish) }, isJson });
  }
}

interface Verified {
  readonly open: OpenHomeroll;
  readonly config: Config;
  readonly told: RoundTold;
  readonly isJson: boolean;
}

async function answer({ app, screen }: Door, { open, config, told, isJson }: Verified): Promise<ExitCode> {
  const known = verification(open.journal, config.sources, app.clock.now());
  const isSomethingUndone = told.problem !== undefined || told.done < told.total || known.damaged + known.askedAbout > 0;
  const code = exitCodeOf({ isAccountUnusable: open.troubles().length > 0, isSomethingUndone });
  if (isJson) await screen.answer(JSON.stringify({ verified: told, verification: known, exitCode: code }));
  else {
    const oldest = oldestProofInWords(known, app.clock.now());
    const lines = [...inWords(told), ...needsInWords(known), ...(oldest === undefined ? [] : [oldest])];
    await screen.answer(lines.map((line) => wrapped(plain(line), screen.columns)).join('\n'));
  }
  return code;
}

function inWords(told: RoundTold): readonly string[] {
  const summary = summariseVerified(told);
  return told.problem === undefined ? summary : [told.problem, ...(told.done > 0 || summary.length > 1 ? summary : [])];
}

function wishOf({ all, sample, source }: VerifyOptions, settings: Settings): Wish {
  if (all) return { kind: 'all' };
  if (sample !== undefined) return { kind: 'sample', share: sample };
  const [name] = source === undefined ? [] : sourcesMeant(settings, [source]);
  return name === undefined ? { kind: 'due' } : { kind: 'source', name };
}

function shareOf(text: string): number {
  const share = parseShare(text);
  if (share === undefined) throw new InvalidArgumentError('Write a percentage above 0, such as 2%.');
  return share;
}
