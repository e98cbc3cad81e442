/** `doctor`: tests everything, and says what is not well, with the cure. */
import { Command } from 'commander';
import { type ExitCode, exitCodeOf, type Finding } from '../../desk/index.ts';
import { counted } from '../../domain/index.ts';
import { type Door, does, examples, type GlobalOptions } from '../door.ts';
import type { Paint } from '../paint.ts';
import { readSettings } from '../settings.ts';
import { plain, wrapped } from '../text.ts';

export function doctorCommand(door: Door): Command {
  return new Command('doctor')
    .description('test everything: folders, Immich, keys, clocks, limits')
    .addHelpText('after', examples('homeroll doctor', 'homeroll doctor --json'))
    .action(does<GlobalOptions>(door, (options) => examine(door, options)));
}

async function examine({ app, screen, stop }: Door, { config: named, json }: GlobalOptions): Promise<ExitCode> {
  const { config, configFile } = await readSettings(app, named);
  const findings: Finding[] = [];
  let about = '';
  for await (const finding of app.examine(config, configFile, stop.signal)) {
    findings.push(finding);
    if (json) continue;
    if (finding.about !== about) await screen.answer(`${about === '' ? '' : '\n'}${screen.paint.bold(plain(finding.about))}`);
    about = finding.about;
    await screen.answer(inWords(finding, screen.paint, screen.columns));
  }
  const problems = findings.filter(({ verdict }) => verdict === 'problem').length;
  const warnings = findings.filter(({ verdict }) => verdict === 'warning').length;
  const isWell = problems === 0;
  const notes = warnings === 0 ? '' : `, ${counted(warnings, 'thing')} worth a look`;
  if (json) await screen.answer(JSON.stringify({ isWell, findings }, null, 2));
  else await screen.answer(`\n${isWell ? `All is well${notes}.` : `${counted(problems, 'problem')}${notes}.`}`);
  return exitCodeOf({ isAccountUnusable: findings.some(({ isAccountUnusable }) => isAccountUnusable), isSomethingUndone: !isWell });
}

function inWords({ verdict, sentence, cure }: Finding, paint: Paint, columns: number): string {
  const mark = { ok: paint.green('✔'), note: paint.dim('·'), warning: paint.yellow('!'), problem: paint.red('✖') }[verdict];
  const lines = [wrapped(`  ${mark} ${plain(sentence)}`, columns, '    ')];
  if (cure !== undefined) lines.push(wrapped(`    → ${plain(cure)}`, columns, '      '));
  return lines.join('\n');
}
