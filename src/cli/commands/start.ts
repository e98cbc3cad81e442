/** `start`, what `npm start` runs: your own household where a homeroll.yaml is, the practice household where none is. */
import { Command } from 'commander';
import { type Door, does, examples, type GlobalOptions } from '../door.ts';
import { once, usualPatienceMs } from './once.ts';
import { type PracticeOptions, practice } from './practice.ts';
import { run } from './run.ts';

export function startCommand(door: Door): Command {
  return new Command('start')
    .description('run with the homeroll.yaml that lies here, or practise where there is none')
    .option('--once', 'end when everything is done')
    .option('--folder <folder>', 'where the practice household lives (default: .practice)')
    .addHelpText('after', examples('npm start', 'npm start -- --once'))
    .action(
      does<PracticeOptions & GlobalOptions>(door, async (options) => {
        const isOwn = options.config !== undefined || (await door.app.surroundings.exists('homeroll.yaml').catch(() => true));
        if (!isOwn) return practice(door, options);
        const named = { ...options, config: options.config ?? 'homeroll.yaml' };
        return options.once ? once(door, { ...named, patience: usualPatienceMs }) : run(door, named);
      }),
    );
}
