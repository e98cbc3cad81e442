/** `check-config` and `config-schema`: what the configuration says, and what it may say. */
import { Command } from 'commander';
import { problemText } from '../../config/index.ts';
import { type ExitCode, exitCodeOf } from '../../desk/index.ts';
import { counted } from '../../domain/index.ts';
import { type Door, does, examples, type GlobalOptions } from '../door.ts';
import { configFileOf } from '../settings.ts';

export function checkConfigCommand(door: Door): Command {
  return new Command('check-config')
    .description('read the configuration, and name every fault with its line and its cure')
    .addHelpText('after', examples('homeroll check-config', 'homeroll check-config --config new.yaml --json'))
    .action(does<GlobalOptions>(door, (options) => check(door, options)));
}

export function configSchemaCommand(door: Door): Command {
  return new Command('config-schema')
    .description('print the JSON schema of homeroll.yaml, for editors')
    .addHelpText('after', examples('homeroll config-schema > homeroll.schema.json'))
    .action(
      does<GlobalOptions>(door, async () => {
        await door.screen.answer(JSON.stringify(door.app.configSchema(), null, 2));
        return 0;
      }),
    );
}

async function check({ app, screen }: Door, { config: named, json }: GlobalOptions): Promise<ExitCode> {
  const file = await configFileOf(app, named);
  const loaded = await app.load(file);
  const problems = loaded.kind === 'refused' ? loaded.problems : [];
  const notes = loaded.kind === 'ok' ? loaded.notes : [];
  if (json) await screen.answer(JSON.stringify({ file, isValid: loaded.kind === 'ok', problems, notes }, null, 2));
  else if (loaded.kind === 'refused') await screen.tell(problems.map(problemText).join('\n'));
  else {
    const { sources, immich } = loaded.config;
    const fine = `${file} is fine: ${counted(sources.length, 'source')}, ${counted(immich.accounts.length, 'account')}.`;
    await screen.tell([...notes.map(problemText), fine].join('\n'));
  }
  return exitCodeOf({ isUsageWrong: problems.length > 0 });
}
