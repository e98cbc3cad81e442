/** What every command is handed: the app, the screen, and the ways to end. */
import { type Command, InvalidArgumentError } from 'commander';
import type { ExitCode } from '../desk/index.ts';
import { parseDuration } from '../domain/index.ts';
import type { App } from './app-port.ts';
import type { Screen } from './screen.ts';
import type { Stop } from './stop.ts';

export interface Door {
  readonly app: App;
  readonly screen: Screen;
  readonly stop: Stop;
  /** How the program will end. */
  end(code: ExitCode): void;
}

/** Options that every command takes. */
export interface GlobalOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** Makes a command's action out of a function of its own and the global options and its arguments. */
export function does<Options>(
  door: Door,
  action: (options: Options & GlobalOptions, ...words: readonly string[]) => Promise<ExitCode>,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    // commander hands over the arguments, the options and, last, the command.
    const command = given.at(-1) as Command;
    const words = given.slice(0, -2).filter((word) => typeof word === 'string');
    door.end(await action(command.optsWithGlobals<Options & GlobalOptions>(), ...words));
  };
}

export function several(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

export function durationMs(value: string): number {
  const ms = parseDuration(value);
  if (ms === undefined) throw new InvalidArgumentError('Write a span of time, such as 60s or 5 minutes.');
  return ms;
}

export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
