/** `run`: watches, sweeps and works until it is told to stop. */
import { Command } from 'commander';
import type { Config } from '../../config/index.ts';
import type { ExitCode } from '../../desk/index.ts';
import type { Log } from '../../kernel/index.ts';
import type { LifeWish } from '../app-port.ts';
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
  const logFor = ({ logLevel: level, timeZone }: Config): Log => logOn({ screen, clock: app.clock, level, timeZone, isJson });
  let isGreeted = false;
  const work: LifeWish<void>['work'] = ({ open, config: inForce, log }, signal) => {
    const sources = inForce.sources.map(({ name }) => name);
    if (!isGreeted) log.info(`Homeroll ${app.version} looks after ${sources.join(', ')}.`, { config: configFile });
    isGreeted = true;
    const working = (): Promise<void> => open.run(signal);
    // A log is read by machines: the numbers are for `status`.
    return isJson ? working() : followed({ open, sources, screen, clock: app.clock, isJson, tellsEndings: true }, working);
  };
  // A terminal that hangs up is gone; everybody else means the settings.
  const whenAsked = screen.isLive ? () => undefined : stop.takeHangUps;
  try {
    await app.live({ config, configFile, logFor, work, whenAsked }, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  logFor(config).info('Stopped.');
  return 0;
}
