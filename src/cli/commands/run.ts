/** `run`: watches, sweeps and works until it is told to stop. */
import { Command } from 'commander';
import type { ExitCode } from '../../desk/index.ts';
import { type Door, does, examples, type GlobalOptions } from '../door.ts';
import { followed } from '../follow.ts';
import { logOn } from '../log.ts';
import { readSettings } from '../settings.ts';

export function runCommand(door: Door): Command {
  return new Command('run')
    .description('watch the folders and keep everything safe, until stopped')
    .addHelpText('after', examples('homeroll run', 'homeroll run --config /config/homeroll.yaml'))
    .action(does<GlobalOptions>(door, (options) => run(door, options)));
}

export async function run(door: Door, { config: named, json = false }: GlobalOptions): Promise<ExitCode> {
  const { app, screen, stop } = door;
  const { config, configFile } = await readSettings(app, named);
  const isJson = json || !screen.isLive;
  const log = logOn({ screen, clock: app.clock, level: config.logLevel, timeZone: config.timeZone, isJson });
  await using open = await app.open(config, log);
  const sources = config.sources.map(({ name }) => name);
  log.info(`Homeroll ${app.version} looks after ${sources.join(', ')}.`, { config: configFile });
  const work = (): Promise<void> => open.run(stop.signal);
  try {
    // A log is read by machines: the numbers are for `status`.
    await (isJson ? work() : followed({ open, sources, screen, clock: app.clock, isJson, tellsEndings: true }, work));
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  log.info('Stopped.');
  return 0;
}
