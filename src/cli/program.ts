/** The command line as a whole: its commands, its help, and what its errors look like. */
import { Command, CommanderError } from 'commander';
import { causesOf, type ExitCode, exitCodeOf, exitCodes } from '../desk/index.ts';
import { OwnerError, sentenceOf } from '../kernel/index.ts';
import type { App } from './app-port.ts';
import { checkConfigCommand, configSchemaCommand } from './commands/config.ts';
import { doctorCommand } from './commands/doctor.ts';
import { filesCommand } from './commands/files.ts';
import { livePhotosCommand } from './commands/live-photos.ts';
import { onceCommand } from './commands/once.ts';
import { orderCommands } from './commands/orders.ts';
import { practiceCommand } from './commands/practice.ts';
import { practiceImmichCommand } from './commands/practice-immich.ts';
import { proofCommand } from './commands/proof.ts';
import { runCommand } from './commands/run.ts';
import { startCommand } from './commands/start.ts';
import { statusCommand } from './commands/status.ts';
import { verifyCommand } from './commands/verify.ts';
import { whyCommand } from './commands/why.ts';
import { type Door, examples } from './door.ts';
import { Screen, type ScreenParts, type Terminal } from './screen.ts';
import { type Signalled, stopOnSignals } from './stop.ts';

export interface CliWorld extends ScreenParts {
  readonly app: App;
  readonly program: Signalled;
  /** Without the program's own name. */
  readonly words: readonly string[];
}

/** @returns what the program is to end with, once all that was said has left */
export async function runCli(world: CliWorld): Promise<ExitCode> {
  const code = await answer(world);
  // An exit throws away what a socket has not taken yet: the end of a long list, without a word.
  await Promise.all([world.stdout, world.stderr].map(untilTaken));
  return code;
}

/** What nobody can read any more is not waited for. */
function untilTaken(stream: Terminal): Promise<void> {
  return stream.writableLength === 0 || !stream.writable ? Promise.resolve() : new Promise((resolve) => stream.write('', () => resolve()));
}

async function answer(world: CliWorld): Promise<ExitCode> {
  const { app, words } = world;
  const screen = new Screen(world);
  // Not an option of the program: `practice-immich` has a --version of its own.
  if (words.length === 1 && ['--version', '-V'].includes(words[0] ?? '')) {
    await screen.answer(app.version);
    return 0;
  }
  let code: ExitCode = 0;
  // Those that run until they are stopped are stopped well, even when something hangs.
  const codeWhenHanging = words.some((word) => ['run', 'start', 'practice'].includes(word)) && !words.includes('--once') ? 0 : 130;
  // `| head` has seen enough.
  world.stdout.on('error', (error: NodeJS.ErrnoException) => world.program.exit(error.code === 'EPIPE' ? 0 : 1));
  const stop = stopOnSignals(world.program, app.clock, () => codeWhenHanging);
  const door: Door = {
    app,
    screen,
    stop,
    end: (ended) => {
      code = ended;
    },
  };
  const program = programOf(door);
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    screen.show([]);
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      // Its help was the answer to no command at all.
      if (error.code !== 'commander.help') screen.complain(usageSentence(error.message));
      return exitCodeOf({ isUsageWrong: true });
    }
    if (stop.signal.aborted) return exitCodeOf({ isInterrupted: true });
    const causes = causesOf(error);
    screen.complain(error instanceof OwnerError ? error.message : bugSentence(error));
    return exitCodeOf(causes);
  }
}

function programOf(door: Door): Command {
  const program = new Command('homeroll')
    .description('Puts a household’s photos and videos into Immich, and proves that every byte arrived.')
    .option('-c, --config <file>', 'the configuration (default: ./homeroll.yaml, /config/homeroll.yaml, ~/.config/homeroll/homeroll.yaml)')
    .option('--json', 'answer in JSON')
    .helpOption('-h, --help', 'print help')
    .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(100, door.screen.columns) })
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText(
      'after',
      `${examples('homeroll practice          see it work, with sample pictures', 'homeroll once              back up what is there, and end', 'homeroll status            how many are safe', 'homeroll why IMG_1.jpg     what became of a file')}\n\nIt ends with:\n${Object.entries(
        exitCodes,
      )
        .map(([code, means]) => `  ${code.padStart(3)}  ${means}`)
        .join('\n')}`,
    );
  const commands = [
    runCommand(door),
    onceCommand(door),
    statusCommand(door),
    filesCommand(door),
    whyCommand(door),
    verifyCommand(door),
    ...orderCommands(door),
    proofCommand(door),
    livePhotosCommand(door),
    checkConfigCommand(door),
    configSchemaCommand(door),
    doctorCommand(door),
    practiceCommand(door),
    practiceImmichCommand(door),
    startCommand(door),
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  return program;
}

/** `error: unknown option '--jsn'\n(Did you mean --json?)` -> one sentence */
function usageSentence(message: string): string {
  const said = message
    .replace(/^error: /, '')
    .replace(
      /^command-argument value '(.*)' is invalid for argument '.*'\. Allowed choices are (.*)\.$/,
      '"$1" is not possible here. There is: $2.',
    )
    .replace(/\n\(Did you mean (.*)\?\)/s, '. Did you mean $1?');
  const sentence = said.charAt(0).toUpperCase() + said.slice(1);
  return `${sentence}${/[.?!]$/.test(sentence) ? '' : '.'} See homeroll --help.`;
}

function bugSentence(error: unknown): string {
  const where =
    error instanceof Error
      ? (/\/src\/(\S+?:\d+)/.exec(error.stack ?? '')?.[1] ?? /\/dist\/(\S+?:\d+)/.exec(error.stack ?? '')?.[1])
      : undefined;
  const place = where === undefined ? '' : `, at ${where}`;
  return `Homeroll itself failed: ${sentenceOf(error)}${place}. Nothing is lost; please report this with the command you gave.`;
}
